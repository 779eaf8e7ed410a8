"""Whether it is good is asked in the customer's medium, and nobody is left unasked for want of an e-mail."""

from datetime import date, timedelta
from typing import Any

import pytest

from amends.cases import actions
from amends.cases.models import Clock, Complaint, Event, Message
from amends.cases.today import on_my_desk, without_handler
from amends.correspondence.asking import follow_up
from amends.correspondence.letters.of_case import letter_data, letter_of
from amends.kit.clock import set_to
from amends.kit.jobs import work_off
from amends.rules.capabilities import SYSTEM
from amends.rules.lifecycle import Reason
from tests.conftest import MONDAY, House

DAY = timedelta(days=1)
ADDRESS = "12 Mill Lane\n111 20 Stockholm"


def known_by(house: House, **changes: str) -> None:
    for name, value in ({"email": "", "address": "", "phone": ""} | changes).items():
        setattr(house.customer, name, value)
    house.customer.save()


def to_ask(house: House, channel: str) -> Complaint:
    case = house.complaint(channel=channel)
    by = house.actor(house.handler)
    case = actions.assign(case, by=by, at=MONDAY, handler=house.handler)
    return actions.resolve_at_once(case, by=by, at=MONDAY, done="A new lid was handed over.", channel="phone")


def asked(case: Complaint) -> list[Message]:
    return list(case.messages.filter(purpose="follow_up").order_by("pk"))


def posted(letter: Message, house: House) -> None:
    by, day = house.actor(house.handler), letter.at.date()
    actions.dispatch(letter, by=by, at=letter.at, kind="ordinary", on=day)


@pytest.mark.parametrize(
    ("channel", "known", "medium"),
    [
        ("email", {"email": "c@example.org", "address": ADDRESS, "phone": "08 123"}, "email"),
        ("phone", {"email": "c@example.org", "phone": "08 123"}, "email"),
        ("letter", {"address": ADDRESS, "phone": "08 123"}, "letter"),
        ("form", {"address": ADDRESS}, "letter"),
        ("phone", {"address": ADDRESS}, "letter"),
        ("phone", {"address": ADDRESS, "phone": "08 123"}, ""),
        ("in_person", {"phone": "08 123"}, ""),
        ("letter", {}, ""),
    ],
)
def test_each_is_asked_over_what_reaches_them(
    house: House, channel: str, known: dict[str, str], medium: str
) -> None:
    known_by(house, **known)
    case = to_ask(house, channel)
    assert follow_up(MONDAY + 7 * DAY) == 1
    assert [m.channel for m in asked(case)] == ([medium] if medium else [])
    if not medium:  # a task, and late: on the handler's desk
        late = on_my_desk(house.handler).get()
        assert late == case
        assert late.due_at == MONDAY + 7 * DAY
        assert Event.objects.filter(complaint=case, name="clock.breached").count() == 1


def test_who_must_be_called_stands_on_somebodys_desk_even_without_a_handler(house: House) -> None:
    known_by(house, phone="08 123")
    case = house.complaint(channel="phone")
    by = house.actor(house.handler)
    actions.resolve_at_once(case, by=by, at=MONDAY, done="A new lid.", channel="phone")
    assert without_handler(house.lead, MONDAY).get() == case
    assert follow_up(MONDAY + 7 * DAY) == 1
    assert without_handler(house.lead, MONDAY + 8 * DAY).get().due_at == MONDAY + 7 * DAY


def test_a_letter_has_time_to_go_and_come_back_and_a_slip_to_answer_on(house: House) -> None:
    known_by(house, address=ADDRESS)
    case = to_ask(house, "letter")
    follow_up(MONDAY + 7 * DAY)
    (letter,) = asked(case)
    assert letter.status == "to_print"
    assert "by 23 March 2026" in letter.body
    clock = Clock.objects.get(complaint=case, kind="follow_up", stopped_at__isnull=True)
    assert clock.due_at == MONDAY + 21 * DAY
    slip = letter_of(letter)["slip"]
    assert slip["title"] == f"My answer on complaint {case.reference}"
    assert slip["answers"] == ["Yes, I am content", "Only partly", "No"]
    other: dict[str, Any] = {"subject": "Hello", "text": "Hello.", "sender": "", "day": date(2026, 3, 9)}
    assert letter_data(case, **other, purpose="follow_up")["slip"] == slip
    assert letter_data(case, **other)["slip"] is None


def test_a_letter_that_nobody_posted_has_asked_nobody(house: House) -> None:
    """It is neither followed by a second one nor taken for silence; the case is late."""
    known_by(house, address=ADDRESS)
    case = to_ask(house, "form")
    follow_up(MONDAY + 7 * DAY)
    assert follow_up(MONDAY + 21 * DAY) == 1
    assert len(asked(case)) == 1
    by = house.actor(house.handler)
    actions.ask_if_good(case, by=by, at=MONDAY + 22 * DAY, text="Is it good?", channel="phone")
    with pytest.raises(actions.Refused) as refused:
        actions.close_as_silent(case, by=by, at=MONDAY + 40 * DAY)
    assert refused.value.reasons == (Reason.NOT_ASKED_ENOUGH,)
    posted(asked(case)[0], house)
    case = actions.close_as_silent(case, by=by, at=MONDAY + 40 * DAY)
    assert case.outcome == "silent"


def test_letters_that_were_posted_are_followed_by_a_second_one_and_then_by_silence(house: House) -> None:
    known_by(house, address=ADDRESS)
    case = to_ask(house, "form")
    for days in (7, 21):
        assert follow_up(MONDAY + days * DAY) == 1
        posted(asked(case)[-1], house)
    assert follow_up(MONDAY + 35 * DAY) == 1
    case.refresh_from_db()
    assert (case.stage, case.outcome, len(asked(case))) == ("closed", "silent", 2)
    assert follow_up(MONDAY + 65 * DAY) == 1  # once more, much later, and by letter again
    assert [m.channel for m in asked(case)] == ["letter"] * 3


def _by_mail(case: Complaint, house: House) -> None:
    actions.confirm(case, by=SYSTEM, at=MONDAY + DAY, words="Fine", channel="email")


def _at_the_desk(case: Complaint, house: House) -> None:
    actions.confirm(case, by=house.actor(house.handler), at=MONDAY + DAY, channel="phone")


def _after_silence(case: Complaint, house: House) -> None:
    by = house.actor(house.handler)
    for days in (1, 2):
        actions.ask_if_good(case, by=by, at=MONDAY + days * DAY, text="Is it good?", channel="phone")
    actions.close_as_silent(case, by=by, at=MONDAY + 30 * DAY)
    actions.confirm(case, by=by, at=MONDAY + 31 * DAY, channel="phone")


@pytest.mark.follows
@pytest.mark.parametrize("road", [_by_mail, _at_the_desk, _after_silence])
@pytest.mark.parametrize(
    ("known", "media"),
    [({"email": "c@example.org"}, ["email"]), ({"address": ADDRESS, "phone": "08 1"}, ["letter"]),
     ({"phone": "08 1"}, [])],
)  # fmt: skip
def test_every_road_to_satisfied_is_thanked_once(
    house: House, road: Any, known: dict[str, str], media: list[str]
) -> None:
    known_by(house, **known)
    case = to_ask(house, "phone")
    before = case.messages.filter(purpose="closing").count()  # what was said when it was solved
    with set_to(MONDAY + 40 * DAY):
        road(case, house)
        while work_off():
            pass
    thanks = case.messages.filter(purpose="closing").order_by("pk")[before:]
    assert [m.channel for m in thanks] == media
    event = Event.objects.get(complaint=case, name="complaint.satisfied")
    from amends.correspondence.jobs import thank_for_staying

    thank_for_staying.func(event.pk)
    assert case.messages.filter(purpose="closing").count() == before + len(media)
