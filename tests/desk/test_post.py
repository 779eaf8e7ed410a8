"""The post: what waits is printed in one pile, marked as posted once, found again, and may come back."""

from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pypdf import PdfReader

from amends.cases import actions
from amends.cases.documents import path_of
from amends.cases.models import Event, Message
from amends.correspondence.letters.of_case import letter_of
from amends.correspondence.letters.setting import set_pdf
from amends.correspondence.models import PrintedLetter, PrintRun
from amends.correspondence.post import queue
from amends.correspondence.post.pile import TakenMeanwhile, take_out
from amends.kit import clock
from tests.conftest import MONDAY, House
from tests.desk.letters_out import SMALL_PNG, attach, blank_pdf, ready, texts_of, written
from tests.together import at_the_same_time


@pytest.fixture
def desk(house: House, client: Client) -> Client:
    """The handler, who may register and so may see to the post."""
    client.force_login(house.handler)
    return client


def printed(desk: Client, *letters: Message, **more: str) -> PrintRun:
    """These letters, printed an hour after Monday morning."""
    with clock.set_to(MONDAY + timedelta(hours=1)):
        response = desk.post("/post/runs", {"letters": [letter.key for letter in letters]} | more)
    assert response.status_code == 303, response.content.decode()
    run = PrintRun.objects.latest("pk")
    assert response["Location"] == f"/post/runs/{run.key}"
    return run


def marked(desk: Client, run: PrintRun, *letters: Message, **more: str) -> HttpResponse:
    """The form of the pile, sent for these letters."""
    fields: dict[str, Any] = {"on": "2026-03-02", "kind": "ordinary"}
    fields |= {"letters": [letter.key for letter in letters]} | more
    with clock.set_to(MONDAY + timedelta(hours=2)):
        return desk.post(f"/post/runs/{run.key}/dispatch", fields)  # type: ignore[return-value]


def status(letter: Message) -> str:
    return Message.objects.get(pk=letter.pk).status


def page(desk: Client, path: str = "/post") -> str:
    response = desk.get(path)
    assert response.status_code == 200
    return response.content.decode()


def test_the_queue_shows_the_oldest_first_with_what_it_is(house: House, desk: Client) -> None:
    second = ready(house, name="Bo Berg", address="Storgatan 1\n123 45 Ystad")
    first = ready(house, "Older.\n\n" + "A long letter. " * 250, at=MONDAY - timedelta(days=1))
    queued = page(desk)
    assert queued.index(first.key) < queued.index(second.key)
    assert "2 letters wait." in queued
    assert "Cheltenham, GL50 1AA" in queued
    assert "123 45 Ystad" in queued
    assert first.complaint.reference in queued
    assert (queued.count("1 page<"), queued.count("2 pages<")) == (1, 1)


def test_a_letter_that_is_not_set_yet_cannot_be_chosen(house: House, desk: Client) -> None:
    letter = written(house)
    queued = page(desk)
    assert "being set" in queued
    assert f'value="{letter.key}" id="letter-{letter.key}" aria-label' in queued
    assert "disabled" in queued
    response = desk.post("/post/runs", {"letters": [letter.key]})
    assert response.status_code == 409
    assert (
        f"still being set. Try again in a moment: {letter.complaint.reference}" in response.content.decode()
    )
    assert not PrintRun.objects.exists()


def test_without_an_address_it_is_said(house: House, desk: Client) -> None:
    ready(house, address="")
    assert "No postal address" in page(desk)


def test_only_who_registers_sees_the_post(house: House, client: Client) -> None:
    letter = ready(house)
    client.force_login(house.packer)
    assert client.get("/post").status_code == 403
    assert client.post("/post/runs", {"letters": [letter.key]}).status_code == 403
    assert not PrintRun.objects.exists()


def test_nobody_sees_letters_of_a_case_about_themselves(house: House, desk: Client) -> None:
    mine, other = ready(house, name="Mine"), ready(house, name="Other")
    run = printed(desk, mine, other)
    mine.complaint.complained_about.add(house.handler)
    assert mine.complaint.reference not in page(desk, f"/post/runs/{run.key}")
    words = "".join(texts_of(desk.get(f"/post/runs/{run.key}/letters.pdf").content))
    assert (mine.complaint.reference in words, other.complaint.reference in words) == (False, True)
    other.complaint.complained_about.add(house.handler)
    assert desk.get(f"/post/runs/{run.key}").status_code == 404
    assert desk.get(f"/post/runs/{run.key}/letters.pdf").status_code == 404
    third = ready(house, name="Third")
    third.complaint.complained_about.add(house.handler)
    assert third.key not in page(desk)
    assert desk.post("/post/runs", {"letters": [third.key]}).status_code == 422
    assert marked(desk, run, mine).status_code == 404
    assert status(mine) == "to_print"


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


def test_the_same_form_twice_is_one_pile(house: House, desk: Client) -> None:
    letters = {"letters": [ready(house).key], "once": "a-form"}
    first, second = desk.post("/post/runs", letters), desk.post("/post/runs", letters)
    assert (first.status_code, second.status_code) == (303, 303)
    assert first["Location"] == second["Location"]
    assert PrintRun.objects.count() == 1
    other = desk.post("/post/runs", letters | {"letters": [ready(house).key]})
    assert other.status_code == 409


def test_all_single_letters_at_once_and_none_is_said(house: House, desk: Client) -> None:
    letters = [ready(house), ready(house)]
    run = printed(desk, all="1")
    assert list(run.letters.order_by("printed__place")) == letters
    response = desk.post("/post/runs", {"all": "1"})
    assert response.status_code == 422
    assert "Tick the letters to print." in response.content.decode()


def test_all_means_all_that_are_set_and_the_others_stay_in_the_queue(house: House, desk: Client) -> None:
    unset = written(house)
    response = desk.post("/post/runs", {"all": "1"})
    assert response.status_code == 409
    assert "still being set" in response.content.decode()
    letter = ready(house)
    assert list(printed(desk, all="1").letters.all()) == [letter]
    assert f'value="{unset.key}"' in page(desk)


def test_what_a_colleague_has_printed_is_not_printed_again(house: House, desk: Client) -> None:
    letter = ready(house)
    run = printed(desk, letter)
    other = Client()
    other.force_login(house.colleague)
    queued = page(other)
    assert "Printed by Hanna Handler" in queued
    assert "1 letter not marked yet" in queued
    assert f'value="{letter.key}"' not in queued
    response = other.post("/post/runs", {"letters": [letter.key]})
    assert response.status_code == 409
    assert (
        f"Hanna Handler has printed these meanwhile: {letter.complaint.reference}"
        in response.content.decode()
    )
    assert PrintRun.objects.get() == run


def test_letters_are_marked_with_day_kind_and_number(house: House, desk: Client) -> None:
    one, two = ready(house), ready(house)
    run = printed(desk, one, two)
    response = marked(desk, run, one, kind="registered", **{f"number-{one.key}": " RR 1 SE "})
    assert (response.status_code, response["Location"]) == (303, f"/post/runs/{run.key}")
    one.refresh_from_db()
    assert (one.status, one.dispatched_on, one.dispatch_kind, one.dispatch_number) == (
        "dispatched", date(2026, 3, 2), "registered", "RR 1 SE",
    )  # fmt: skip
    assert one.sent_at == MONDAY + timedelta(hours=2)
    assert status(two) == "to_print"
    event = Event.objects.filter(complaint=one.complaint).latest("number")
    assert (event.name, event.data["kind"], event.actor_id) == (
        "letter.dispatched", "registered", house.handler.pk,
    )  # fmt: skip
    assert "Posted 2 March: Registered post" in page(desk, f"/complaints/{one.complaint.key}")
    last = marked(desk, run, two)
    assert (last.status_code, last["Location"]) == (303, "/post")
    assert "All of them are marked as posted." in page(desk, f"/post/runs/{run.key}")
    assert "Printed by" not in page(desk)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"letters": []}, "Tick the letters that are in the post."),
        ({"on": "2999-01-01"}, "This lies in the future."),
        ({"on": ""}, "This field is required."),
        ({"kind": "pigeon"}, "Select a valid choice."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_marked(
    house: House, desk: Client, changes: dict[str, Any], sentence: str
) -> None:
    letter = ready(house)
    run = printed(desk, letter)
    response = marked(desk, run, letter, **{f"number-{letter.key}": "RR 9"}, **changes)
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert 'value="RR 9"' in response.content.decode()
    assert status(letter) == "to_print"


def test_a_number_that_is_too_long_is_refused_and_not_cut(house: House, desk: Client) -> None:
    letter = ready(house)
    run = printed(desk, letter)
    response = marked(desk, run, letter, **{f"number-{letter.key}": "9" * 61})
    assert response.status_code == 422
    assert "up to 60 characters fit" in response.content.decode()
    assert status(letter) == "to_print"


def test_where_some_cannot_be_marked_it_says_which_and_the_others_are(house: House, desk: Client) -> None:
    one, two = ready(house), ready(house)
    run = printed(desk, one, two)
    actions.dispatch(one, by=house.actor(house.colleague), at=MONDAY + timedelta(hours=2), kind="courier",
                     on=date(2026, 3, 2))  # fmt: skip
    response = marked(desk, run, one, two)
    said = response.content.decode()
    assert response.status_code == 409
    refused = said[
        said.index("These could not be marked:") : said.index("</ul>", said.index("These could not"))
    ]
    assert one.complaint.reference in refused
    assert two.complaint.reference not in refused
    assert "1 letter is marked as posted." in refused
    one.refresh_from_db()
    assert (status(two), one.dispatch_kind) == ("dispatched", "courier")


def test_the_same_marking_twice_is_done_once(house: House, desk: Client) -> None:
    letter = ready(house)
    run = printed(desk, letter)
    first, second = (marked(desk, run, letter, once="a-form") for _ in range(2))
    assert (first.status_code, second.status_code) == (303, 303)
    assert Event.objects.filter(name="letter.dispatched").count() == 1


def test_all_of_a_large_pile_are_marked_without_ticking(house: House, desk: Client) -> None:
    letters = [ready(house) for _ in range(3)]
    run = printed(desk, *letters)
    assert marked(desk, run, all="on").status_code == 303
    assert {status(letter) for letter in letters} == {"dispatched"}


def test_today_says_how_many_wait_and_since_when(house: House, desk: Client) -> None:
    assert "Letters to print" not in page(desk, "/")
    ready(house, at=MONDAY - timedelta(days=3))
    letter = ready(house)
    with clock.set_to(MONDAY):
        today = page(desk, "/")
    assert "2 letters wait to be printed" in today
    assert 'the oldest since <time datetime="2026-02-27T10:00:00+01:00"' in today
    letter.complaint.complained_about.add(house.handler)
    assert "1 letter waits to be printed" in page(desk, "/")
    printed(desk, all="1")
    assert "Letters to print" not in page(desk, "/")
    packer = Client()
    packer.force_login(house.packer)
    assert "Letters to print" not in page(packer, "/")


def test_posted_letters_are_listed_the_last_first_and_found_by_reference_or_number(
    house: House, desk: Client
) -> None:
    letters = [ready(house, name=f"Person {n}") for n in range(27)]
    for n, letter in enumerate(letters):
        at = MONDAY + timedelta(hours=n)
        by = house.actor(house.handler)
        actions.dispatch(letter, by=by, at=at, kind="registered", on=date(2026, 3, 2), number=f"RR{n}")
    first = page(desk, "/post/posted")
    names = [f">Person {n}<" for n in range(26, 1, -1)]
    assert [name for name in names if name in first] == names
    assert first.index(names[0]) < first.index(names[1])
    after = first[first.index("after=") :].split('"')[0]
    second = page(desk, f"/post/posted?{after}")
    assert [name in second for name in (">Person 1<", ">Person 0<", ">Person 2<")] == [True, True, False]
    by_number = page(desk, "/post/posted?find=RR7")
    assert (">Person 7<" in by_number, ">Person 8<" in by_number) == (True, False)
    by_reference = page(desk, f"/post/posted?find={letters[3].complaint.reference}")
    assert (">Person 3<" in by_reference, ">Person 4<" in by_reference) == (True, False)
    assert "Nothing found for" in page(desk, "/post/posted?find=nothing")
    assert desk.get("/post/posted?after=nonsense").status_code == 400
    letters[7].complaint.complained_about.add(house.handler)
    assert ">Person 7<" not in page(desk, "/post/posted?find=RR7")


def test_it_came_back_and_the_handler_sees_the_ways_on(house: House, desk: Client) -> None:
    letter = ready(house, phone="070 1")
    by = house.actor(house.handler)
    actions.assign(letter.complaint, by=by, at=MONDAY, handler=house.handler)
    run = printed(desk, letter)
    marked(desk, run, letter)
    case = f"/complaints/{letter.complaint.key}"
    assert f'href="{case}/messages/{letter.key}/return"' in page(desk, "/post/posted")
    response = desk.post(f"{case}/messages/{letter.key}/return", {"on": "2026-03-02", "why": "Moved away"})
    assert response.status_code == 303
    today = page(desk, "/")
    resending = f"{case}/messages/{letter.key}/resending"
    for words in ("Moved away", "Returned by the post", f"{case}/contact", resending, "070 1"):
        assert words in today
    assert "Returned by the post" in page(desk, f"/post/posted?find={letter.complaint.reference}")
    assert "It came back" not in page(desk, "/post/posted")


def test_a_letter_that_came_back_goes_out_again_to_the_new_address(house: House, desk: Client) -> None:
    letter = ready(house)
    run = printed(desk, letter)
    marked(desk, run, letter)
    by, at = house.actor(house.handler), MONDAY + timedelta(days=3)
    actions.report_return(letter, by=by, at=at, on=date(2026, 3, 5), why="Moved")
    customer = letter.complaint.customer
    customer.address = "New Street 2\n456 78 Lund"
    customer.save()
    actions.resend(letter, by=by, at=at)
    letter.refresh_from_db()
    assert letter.to == "New Street 2, 456 78 Lund"
    assert "being set" in page(desk)  # what was set before holds the old address
    attach(letter, "letter.pdf", set_pdf([letter_of(letter)]))
    assert f'value="{letter.key}"' in page(desk)
    assert "being set" not in page(desk)
    assert "Printed by" not in page(desk)
    with clock.set_to(at + timedelta(hours=1)):
        assert desk.post("/post/runs", {"letters": [letter.key]}).status_code == 303
    assert PrintedLetter.objects.filter(message=letter).count() == 2
    assert page(desk).count("Printed by") == 1
    again = PrintRun.objects.latest("pk")
    words = texts_of(desk.get(f"/post/runs/{again.key}/letters.pdf").content)[1]
    assert ("New Street 2" in words, "7 Elm Road" in words) == (True, False)


def test_the_number_of_queries_does_not_grow(house: House, desk: Client) -> None:
    def count(path: str) -> int:
        with CaptureQueriesContext(
            connection,
        ) as seen:
            assert desk.get(path).status_code == 200
        return len(seen)

    letters = [ready(house) for _ in range(2)]
    run = printed(desk, letters[0])
    paths = ("/post", f"/post/runs/{run.key}", f"/post/runs/{run.key}/letters.pdf")
    few = [count(path) for path in paths]
    more = [ready(house) for _ in range(6)]
    run = printed(desk, *more[:5])
    assert [
        count(path) for path in ("/post", f"/post/runs/{run.key}", f"/post/runs/{run.key}/letters.pdf")
    ] == few
    assert few[0] <= 14


@pytest.mark.skipif(connection.vendor != "sqlite", reason="the plans are SQLite’s")
def test_the_few_letters_on_their_way_are_found_by_their_own_indexes(house: House) -> None:
    latest = Message.objects.filter(status=queue.DISPATCHED).order_by("-sent_at", "-pk")
    numbered = queue.NUMBERED.filter(dispatch_number="RR1")
    of_case = Message.objects.filter(complaint__reference="2026-00001", channel="letter")
    for rows, index in (
        (queue.unposted(house.handler), "letters_to_print"),
        (queue.to_print(house.handler), "letters_to_print"),
        (latest, "letters_posted"),
        (numbered, "letters_by_number"),
        (of_case, "messages_of_a_case"),
    ):
        assert index in rows.explain()


def test_two_people_mark_the_same_letter_and_one_of_them_does(committed: None) -> None:
    house = House()
    letter = ready(house)
    people = (house.handler, house.colleague)

    def mark(number: int) -> str:
        try:
            actions.dispatch(letter, by=house.actor(people[number]), at=MONDAY, kind="ordinary",
                             on=date(2026, 3, 2), number=str(number))  # fmt: skip
        except actions.Refused:
            return "refused"
        return str(number)

    outcome = at_the_same_time(2, mark)
    assert sorted(outcome)[1] == "refused"
    letter.refresh_from_db()
    assert letter.dispatch_number == min(outcome)
    assert Event.objects.filter(name="letter.dispatched").count() == 1


def test_two_people_print_the_same_letters_and_one_pile_comes_of_it(committed: None) -> None:
    house = House()
    letters = [ready(house), ready(house)]
    people = (house.handler, house.colleague)

    def take(number: int) -> str:
        try:
            take_out(letters, staff=people[number], at=MONDAY, two_sided=False)
        except TakenMeanwhile as taken:
            return f"too late for {len(taken.messages)}"
        return "printed"

    assert sorted(at_the_same_time(2, take)) == ["printed", "too late for 2"]
    assert PrintRun.objects.count() == 1
    assert not queue.to_print(house.handler).exists()
