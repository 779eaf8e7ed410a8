"""Letters are marked as posted once, found again, and may come back."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from amends.cases import actions
from amends.cases.models import Event
from amends.correspondence.letters.of_case import letter_of
from amends.correspondence.letters.setting import set_pdf
from amends.correspondence.models import PrintedLetter, PrintRun
from amends.kit import clock
from tests.conftest import MONDAY, House
from tests.desk.letters_out import attach, ready, texts_of
from tests.desk.post_office import marked, page, printed, status
from tests.together import at_the_same_time


@pytest.fixture
def desk(house: House, client: Client) -> Client:
    """The handler, who may register and so may see to the post."""
    client.force_login(house.handler)
    return client


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
