"""Asking on the phone: the words to say, and the answer noted in the same breath."""

import pytest

from amends.cases.models import Complaint
from tests.conftest import House
from tests.desk.clicking import Desk
from tests.portal.way import brought_to


@pytest.fixture
def to_call(house: House) -> Complaint:
    way = brought_to("following_up", house, channel="phone")
    house.customer.email, house.customer.phone = "", "08 123 45"
    house.customer.save()
    return way.fresh()


def test_the_form_opens_with_what_to_say(house: House, to_call: Complaint) -> None:
    form = Desk(house.handler, to_call).form("follow-up")
    assert form["channel"] == "phone"
    assert "I am calling because we want to be sure" in form["text"]
    assert "http" not in form["text"]


def test_who_has_a_postal_address_alone_is_written_to(house: House, to_call: Complaint) -> None:
    Complaint.objects.filter(pk=to_call.pk).update(channel="form")
    house.customer.phone, house.customer.address = "", "12 Mill Lane"
    house.customer.save()
    form = Desk(house.handler, to_call).form("follow-up")
    assert form["channel"] == "letter"
    assert "by 16 March 2026" not in form["text"]  # two weeks from today, not from Monday


@pytest.mark.parametrize(
    ("answer", "words", "then"),
    [
        ("yes", "All fine.", ("closed", "satisfied")),
        ("yes", "", ("closed", "satisfied")),
        ("partly", "The lid still leaks.", ("investigating", "")),
        ("no", "Nothing came.", ("investigating", "")),
        ("", "", ("following_up", "")),
    ],
)
def test_the_answer_is_noted_with_the_call(
    house: House, to_call: Complaint, answer: str, words: str, then: tuple[str, str]
) -> None:
    Desk(house.handler, to_call).take("follow-up", answer=answer, words=words)
    to_call.refresh_from_db()
    assert (to_call.stage, to_call.outcome) == then
    asked = to_call.follow_ups.get()
    assert (asked.times_asked, asked.answer, asked.words) == (2, answer, words)
    heard = to_call.messages.filter(direction="in", channel="phone").values_list("body", flat=True)
    assert list(heard) == ([words] if words else [])


@pytest.mark.parametrize(
    "typed",
    [
        {"answer": "partly", "words": " "},
        {"answer": "no"},
        {"answer": "", "words": "It leaks."},
        {"answer": "yes", "channel": "letter"},
    ],
)
def test_what_does_not_fit_is_asked_for_and_nothing_is_done(
    house: House, to_call: Complaint, typed: dict[str, str]
) -> None:
    before = to_call.events_count
    response = Desk(house.handler, to_call).post("follow-up", **typed)
    assert response.status_code == 422
    to_call.refresh_from_db()
    assert (to_call.stage, to_call.events_count) == ("following_up", before)


def test_what_is_still_missing_stands_before_whoever_takes_it_up(house: House, to_call: Complaint) -> None:
    Desk(house.handler, to_call).take("follow-up", answer="partly", words="The lid still leaks.")
    page = Desk(house.lead, to_call).get().content.decode()
    assert "The customer says it is only partly good. Still missing:" in page
    assert "The lid still leaks." in page


def test_nobody_says_for_the_customer_that_it_is_good_without_their_words(house: House) -> None:
    case = brought_to("following_up", house).fresh()
    desk = Desk(house.handler, case)
    assert desk.post("satisfaction", words="", channel="phone").status_code == 422
    assert Complaint.objects.get(pk=case.pk).stage == "following_up"
    desk.take("satisfaction", words="Thank you, it works.", channel="phone")
    assert Complaint.objects.get(pk=case.pk).outcome == "satisfied"
