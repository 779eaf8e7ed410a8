"""The pile as one PDF: a cover sheet, each letter as it was set, and what is enclosed."""

from io import BytesIO

import pytest
from django.test import Client
from pypdf import PdfReader

from amends.cases.documents import path_of
from amends.correspondence.models import PrintRun
from tests.conftest import House
from tests.desk.letters_out import SMALL_PNG, attach, blank_pdf, ready, texts_of
from tests.desk.post_office import page, printed


@pytest.fixture
def desk(house: House, client: Client) -> Client:
    """The handler, who may register and so may see to the post."""
    client.force_login(house.handler)
    return client


def test_the_pile_is_a_cover_sheet_and_the_letters_as_they_were_set(house: House, desk: Client) -> None:
    one, two = ready(house, "First words."), ready(house, "Second words.", name="Bo Berg", address="Lund")
    run = printed(desk, one, two)
    response = desk.get(f"/post/runs/{run.key}/letters.pdf")
    assert response["Content-Type"] == "application/pdf"
    cover, *letters = texts_of(response.content)
    assert len(letters) == 2
    assert "First words." in letters[0]
    assert "Second words." in letters[1]
    rows = [row for row in cover.split("\n") if "2026-0" in row]
    assert rows == [
        f"1 {one.complaint.reference} Anna Whitfield, Cheltenham, GL50 1AA 1",
        f"2 {two.complaint.reference} Bo Berg, Lund 1",
    ]
    for fact in ("Printed 2 March 2026, 11:00", "By Hanna Handler", "Count 2 letters, 2 pages", "Our house"):
        assert fact in cover
    for kind in ("Ordinary post", "Registered post", "Courier", "Handed over"):
        assert kind in cover


def test_the_cover_speaks_the_language_of_who_prints(house: House, desk: Client) -> None:
    run = printed(desk, ready(house))
    house.handler.language = "sv"
    house.handler.save()
    cover = texts_of(desk.get(f"/post/runs/{run.key}/letters.pdf").content)[0]
    assert "2 mars 2026" in cover.replace("\xa0", " ")


def test_enclosures_lie_behind_their_letter_and_the_rest_is_added_by_hand(house: House, desk: Client) -> None:
    one, two = ready(house, "First."), ready(house, "Second.")
    attach(one, "photo.png", SMALL_PNG, house=house)
    attach(one, "form.pdf", blank_pdf(3), house=house)
    attach(one, "plan.docx", b"words", house=house)
    attach(one, "locked.pdf", blank_pdf(1, password="secret"), house=house)
    attach(one, "broken.pdf", b"%PDF-1.7\nnothing", house=house)
    attach(one, "broken.png", SMALL_PNG[:40], house=house)
    run = printed(desk, one, two)
    pdf = desk.get(f"/post/runs/{run.key}/letters.pdf").content
    pages = texts_of(pdf)
    assert ["First." in text for text in pages] == [False, True, False, False, False, False, False]
    assert "Second." in pages[6]
    assert len(PdfReader(BytesIO(pdf)).pages[2].images) == 1
    assert "Add by hand: plan.docx, locked.pdf, broken.pdf, broken.png" in " ".join(pages[0].split())
    assert "2 letters, 6 pages" in pages[0]


def test_a_letter_whose_file_is_gone_is_named_and_not_passed_over(house: House, desk: Client) -> None:
    one, two = ready(house, "First."), ready(house, "Second.")
    run = printed(desk, one, two)
    path_of(one.documents.get().sha256).unlink()
    cover, letter = texts_of(desk.get(f"/post/runs/{run.key}/letters.pdf").content)
    assert "Add by hand: the letter itself" in cover
    assert "Second." in letter
    queued = ready(house, "Third.")
    path_of(queued.documents.get().sha256).write_bytes(b"no PDF any more")
    assert "being set" in page(desk)


def test_on_two_sides_each_letter_and_enclosure_begins_on_its_own_sheet(house: House, desk: Client) -> None:
    one, two = ready(house, "First."), ready(house, "Second.\n\n" + "A long letter. " * 250)
    attach(one, "form.pdf", blank_pdf(1), house=house)
    run = printed(desk, one, two, two_sided="on")
    pages = texts_of(desk.get(f"/post/runs/{run.key}/letters.pdf").content)
    assert [bool(text) for text in pages] == [True, False, True, False, False, False, True, True]
    assert ("First." in pages[2], "Second." in pages[6]) == (True, True)


def test_a_reprint_is_the_same_file_and_needs_no_new_pile(house: House, desk: Client) -> None:
    run = printed(desk, ready(house))
    first, second = (texts_of(desk.get(f"/post/runs/{run.key}/letters.pdf").content) for _ in range(2))
    assert first == second
    assert PrintRun.objects.count() == 1
