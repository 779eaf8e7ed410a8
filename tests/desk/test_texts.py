"""A house changes its standard texts: checked when saved, kept when refused, never over somebody else's."""

import re
from typing import Any

import pytest
from django.test import Client

from amends.cases.choices import Purpose
from amends.correspondence.models import HouseText
from amends.correspondence.phrasebook import letter_needs, pack_text
from amends.correspondence.texts import draft_message
from amends.people.models import StaffMember
from tests.conftest import House

PAGE = "/texts/en/progress"
WORDS = "News about $reference\n\nDear friend of “$title”.\n\n$next\n\nYou hear from us by $word_by."


@pytest.fixture
def ada(house: House) -> StaffMember:
    return house.staff("Ada Admin", "administrator", house.care)


@pytest.fixture
def admin(ada: StaffMember, client: Client) -> Client:
    client.force_login(ada)
    return client


def key_of(response: Any) -> str:
    found = re.search(r'name="once" value="(\w+)"', response.content.decode())
    assert found
    return found.group(1)


def typed(**changes: object) -> dict[str, object]:
    return {"text": WORDS, "says": "new", "why": "warmer", "seen": 0} | changes


def test_the_list_says_where_every_text_stands(admin: Client) -> None:
    page = admin.get("/texts").content.decode()
    assert page.count("As it came") == 5 * len(letter_needs())
    assert admin.post(PAGE, typed()).status_code == 303
    page = admin.get("/texts").content.decode()
    assert page.count("Our own") == 1
    assert page.count("Fallen behind") == 4
    assert "In 1 text a language has fallen behind" in page
    assert "English says something new (today, Ada Admin)." in page
    only = admin.get("/texts", {"show": "behind"}).content.decode()
    assert (only.count("As it came"), only.count("Our own")) == (4, 1)


def test_the_list_does_not_grow_in_queries(
    admin: Client, ada: StaffMember, django_assert_max_num_queries: object
) -> None:
    for version in range(1, 9):
        HouseText.objects.create(
            language="sv", name="offer", version=version, text="Nytt", by=ada, at="2026-11-02T09:00:00Z"
        )
    with django_assert_max_num_queries(4):  # type: ignore[operator]
        assert "version 8" in admin.get("/texts").content.decode()


def test_a_text_that_was_saved_is_what_customers_get(house: House, admin: Client) -> None:
    page = admin.get(PAGE)
    assert "We do not want to leave you without word" in page.content.decode()
    response = admin.post(PAGE, typed(once=key_of(page)))
    assert (response.status_code, response["Location"]) == (303, PAGE)
    row = HouseText.objects.get()
    assert (row.language, row.name, row.version, row.text) == ("en", "progress", 1, WORDS)
    assert (row.why, row.by and row.by.name, row.new_meaning) == ("warmer", "Ada Admin", True)
    assert draft_message(Purpose.PROGRESS, house.complaint()).text.startswith(
        "Dear friend of “The kettle leaks”."
    )
    shown = admin.get(PAGE).content.decode()
    assert "Version 1</strong>," in shown
    assert "<del>" in shown
    assert "<ins>" in shown


def test_the_same_form_twice_is_saved_once(admin: Client) -> None:
    key = key_of(admin.get(PAGE))
    assert admin.post(PAGE, typed(once=key)).status_code == 303
    assert admin.post(PAGE, typed(once=key)).status_code == 303
    assert HouseText.objects.count() == 1


def test_what_is_wrong_is_said_at_once_and_nothing_is_lost(admin: Client) -> None:
    wrong = WORDS.replace("$title", "$titel").replace("$next", "5 $$ 🙂")
    response = admin.post(PAGE, typed(text=wrong))
    assert response.status_code == 422
    page = response.content.decode()
    assert "Nothing fills the blank $titel in this text. Is $title meant?" in page
    assert "$next is missing: this text must say it." in page
    assert "no picture for 🙂 (U+1F642)" in page
    assert "Dear friend of “$titel”." in page
    assert not HouseText.objects.exists()


def test_two_at_once_see_both_texts(house: House, ada: StaffMember, admin: Client) -> None:
    other = Client()
    other.force_login(house.staff("Bo Boss", "administrator"))
    assert other.post(PAGE, typed(text=WORDS.replace("friend", "customer"))).status_code == 303
    response = admin.post(PAGE, typed())
    assert response.status_code == 409
    page = response.content.decode()
    assert "Bo Boss saved version 1" in page
    assert "Dear customer of “$title”." in page
    assert "Dear friend of “$title”." in page
    assert HouseText.objects.count() == 1
    again = typed(seen=1, once=key_of(response))
    assert 'name="seen" value="1"' in page
    assert admin.post(PAGE, again).status_code == 303
    assert list(HouseText.objects.values_list("version", "by__name")) == [(2, "Ada Admin"), (1, "Bo Boss")]


def test_the_words_that_hold_already_are_not_saved_again(admin: Client) -> None:
    response = admin.post(PAGE, typed(text=pack_text("en", "progress")))
    assert response.status_code == 422
    assert "These are the words that hold already." in response.content.decode()
    assert not HouseText.objects.exists()


def test_a_language_that_fell_behind_is_still_right(admin: Client) -> None:
    admin.post(PAGE, typed())
    swedish = admin.get("/texts/sv/progress").content.decode()
    assert "Change this text to follow, or say why it needs no change." in swedish
    for noun in ("", "/page", "/confirmation"):
        assert f'"/texts/sv/progress{noun}"' in swedish
    assert re.search(r'name="says" value="same"[^>]*checked', swedish)
    without = admin.post("/texts/sv/progress/confirmation", {"seen": 0, "why": ""})
    assert without.status_code == 422
    response = admin.post("/texts/sv/progress/confirmation", {"seen": 0, "why": "Sade det redan"})
    assert response.status_code == 303
    row = HouseText.objects.get(language="sv")
    assert (row.version, row.text, row.why, row.new_meaning) == (1, "", "Sade det redan", False)
    assert "Change this text to follow" not in admin.get("/texts/sv/progress").content.decode()
    assert admin.get("/texts").content.decode().count("Fallen behind") == 3
    late = admin.post("/texts/sv/progress/confirmation", {"seen": 0, "why": "Också"})
    assert late.status_code == 409
    assert HouseText.objects.filter(language="sv").count() == 1


def test_the_program_s_words_again_and_an_earlier_version_back_in_the_field(admin: Client) -> None:
    admin.post(PAGE, typed())
    response = admin.post(f"{PAGE}/pack-words", {"seen": 1, "says": "same", "why": "tried"})
    assert response.status_code == 303
    newest = HouseText.objects.get(version=2)
    assert (newest.text, newest.new_meaning) == ("", False)
    page = admin.get(PAGE).content.decode()
    assert "Your house uses it as it came." in page
    earlier = admin.get(PAGE, {"from": 1}).content.decode()
    assert "Dear friend of “$title”." in earlier
    assert 'name="seen" value="2"' in earlier


def test_a_text_is_seen_as_mail_and_page_before_it_holds(house: House, admin: Client) -> None:
    response = admin.post(f"{PAGE}/page", typed(), headers={"HX-Request": "true"})
    page = response.content.decode()
    assert response.status_code == 200
    assert "<html" not in page
    assert "Dear friend of “the coffee maker that stopped working”." in page
    assert "data:image/png;base64,iVBOR" in page
    complaint = house.complaint()
    real = admin.post(f"{PAGE}/page", typed(shown_with=complaint.reference)).content.decode()
    assert "Dear friend of “The kettle leaks”." in real
    assert "Dear friend of “$title”." in real
    assert not HouseText.objects.exists()


def test_what_cannot_be_shown_says_why(house: House, admin: Client) -> None:
    wrong = admin.post(f"{PAGE}/page", typed(text="News"), headers={"HX-Request": "true"})
    assert "there is no text" in wrong.content.decode()
    nobody = admin.post(f"{PAGE}/page", typed(shown_with="2020-1"))
    assert nobody.status_code == 422
    assert "No complaint has this number." in nobody.content.decode()
    swedish = admin.post("/texts/sv/progress/page", typed(shown_with=house.complaint().reference))
    assert "This complaint is in English" in swedish.content.decode()


def test_who_hears_about_it_only_when_they_may(house: House, client: Client) -> None:
    """A case about the administrator is none of theirs, here as elsewhere."""
    ada = house.staff("Ada Admin", "administrator", house.care)
    complaint = house.complaint(complained_about=[ada])
    client.force_login(ada)
    response = client.post(f"{PAGE}/page", typed(shown_with=complaint.reference))
    assert "No complaint has this number." in response.content.decode()


def test_facts_that_no_letter_can_show_are_named(house: House, admin: Client) -> None:
    complaint = house.complaint(title="The kettle 🙂")
    page = admin.post(f"{PAGE}/page", typed(shown_with=complaint.reference)).content.decode()
    assert "no picture for 🙂" in page
    assert "Dear friend of “The kettle 🙂”." in page
    assert "data:image/png" not in page


def test_a_text_that_no_longer_fits_still_has_its_page(admin: Client, ada: StaffMember) -> None:
    old = {"language": "en", "name": "progress", "version": 1, "by": ada, "at": "2026-11-02T09:00:00Z"}
    HouseText.objects.create(text="News for $gone\n\n$title $next $word_by", **old)
    page = admin.get(PAGE)
    assert page.status_code == 200
    assert "Nothing fills the blank $gone in this text." in page.content.decode()


@pytest.mark.parametrize("name", ["acknowledgement-phone", "code", "agreement", "other"])
@pytest.mark.parametrize("code", ["en", "sv", "pl", "ms", "zh-hans"])
def test_every_kind_of_text_has_a_page(admin: Client, code: str, name: str) -> None:
    page = admin.get(f"/texts/{code}/{name}").content.decode()
    assert ("data:image/png" in page) is not name.endswith("-phone")


def test_saving_costs_few_queries(admin: Client, django_assert_max_num_queries: object) -> None:
    with django_assert_max_num_queries(14):  # type: ignore[operator]
        assert admin.post(PAGE, typed()).status_code == 303


@pytest.mark.parametrize("path", ["/texts/xx/progress", "/texts/en/nothing", "/texts/en/nothing/page"])
def test_a_text_that_is_not_there(admin: Client, path: str) -> None:
    assert admin.post(path, typed()).status_code == 404


def test_who_writes_may_read_the_list_and_who_administers_may_change(house: House, client: Client) -> None:
    assert client.get("/texts").status_code == 302
    client.force_login(house.handler)
    page = client.get("/texts")
    assert (page.status_code, "/texts/en/" in page.content.decode()) == (200, False)
    for path in (PAGE, f"{PAGE}/page", f"{PAGE}/confirmation", f"{PAGE}/pack-words"):
        assert client.post(path, typed()).status_code == 403
    client.force_login(house.packer)
    assert client.get("/texts").status_code == 403
    assert not HouseText.objects.exists()
