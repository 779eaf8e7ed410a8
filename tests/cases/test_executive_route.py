"""A letter to the chief executive: watched at the top, acknowledged anew, and a second one raises it (A2)."""

from datetime import timedelta
from typing import Any

import pytest

from amends.cases import actions
from amends.cases.actions import Refused
from amends.cases.from_above import long_ones, written_to_the_top
from amends.cases.models import Clock, Complaint
from amends.people.actors import SYSTEM
from tests.conftest import MONDAY, House


def owed(case: Complaint) -> list[Clock]:
    """The acknowledgements that are owed."""
    return list(Clock.objects.filter(complaint=case, kind="acknowledgement", stopped_at__isnull=True))


def acknowledged(house: House) -> Complaint:
    case = house.complaint(country="SE")
    case = actions.assign(case, by=house.actor(house.lead), at=MONDAY, handler=house.handler)
    return actions.acknowledge(case, by=house.actor(house.handler), at=MONDAY, text="We know.")


def test_a_letter_to_the_top_is_seen_there_from_the_first_day(house: House) -> None:
    boss = house.staff("Inga Executive", "executive", house.care)
    case = house.complaint(channel="letter", to_executive=True)
    assert (case.watch_level, case.level) == (3, 0)  # whoever handles complaints may handle it
    assert list(written_to_the_top(boss)) == [case]
    assert list(written_to_the_top(house.lead)) == []  # she has somebody above her


def test_without_a_chief_executive_the_most_senior_sees_it(house: House) -> None:
    case = house.complaint(channel="letter", to_executive=True)
    assert list(written_to_the_top(house.lead)) == [case]
    hidden = house.complaint(to_executive=True, complained_about=[house.lead])
    assert hidden not in written_to_the_top(house.lead)


def test_a_letter_on_a_case_that_runs_is_acknowledged_anew(house: House) -> None:
    case = acknowledged(house)
    assert owed(case) == []
    later = MONDAY + timedelta(days=2)
    case = actions.reach_executive(case, by=house.actor(house.handler), at=later)
    assert (case.to_executive, case.watch_level, case.handler) == (True, 3, house.handler)
    (clock,) = owed(case)
    assert clock.due_at == later + timedelta(days=1)
    actions.write(case, by=SYSTEM, at=later, text="This mail writes itself.")
    assert owed(case) == [clock]
    actions.write(case, by=house.actor(house.handler), at=later, text="Your letter is here.")
    assert owed(case) == []


def test_a_second_letter_raises_it_and_makes_nothing_due_later(house: House) -> None:
    case = house.complaint(to_executive=True)
    (first,) = owed(case)
    rows: Any = written_to_the_top(house.lead)
    assert [row.again for row in rows] == [False]
    case = actions.reach_executive(case, by=house.actor(house.handler), at=MONDAY + timedelta(hours=20))
    assert owed(case) == [first]
    rows = written_to_the_top(house.lead)
    assert [row.again for row in rows] == [True]
    event = case.events.get(name="complaint.reached_executive")
    assert event.data == {"again": True}


def test_the_first_word_has_its_own_step(house: House) -> None:
    """Words before the acknowledgement, of the program or of a person, do not stand for it."""
    case = house.complaint()
    actions.write(case, by=house.actor(house.handler), at=MONDAY, text="One question.")
    assert len(owed(case)) == 1


def test_sorting_a_case_to_the_top_is_the_same_step(house: House) -> None:
    case = acknowledged(house)
    sorted_in: dict[str, Any] = {
        "title": "The kettle", "category": "product", "severity": 2, "language": "en", "formal": True,
        "risk_public": False,
    }  # fmt: skip
    case = actions.sort(
        case, by=house.actor(house.handler), at=MONDAY, to_executive=True, **sorted_in
    )  # fmt: skip
    assert (case.to_executive, case.watch_level, len(owed(case))) == (True, 3, 1)
    actions.sort(case, by=house.actor(house.handler), at=MONDAY, to_executive=True, **sorted_in)
    assert case.events.filter(name="complaint.reached_executive").count() == 1


def test_what_has_ended_goes_to_nobody(house: House) -> None:
    case = acknowledged(house)
    actions.withdraw(case, by=house.actor(house.handler), at=MONDAY)
    with pytest.raises(Refused):
        actions.reach_executive(case, by=house.actor(house.handler), at=MONDAY)
    case.refresh_from_db()
    assert (case.to_executive, case.watch_level) == (False, 0)


def test_long_cases_come_up_on_their_rhythm(house: House) -> None:
    case = acknowledged(house)
    at = MONDAY + timedelta(days=30)
    assert list(long_ones(house.lead, at - timedelta(seconds=1))) == []
    assert [clock.complaint for clock in long_ones(house.lead, at)] == [case]
    actions.review(case, by=house.actor(house.lead), at=at, text="The repairer has not answered.")
    assert list(long_ones(house.lead, at)) == []
    assert [clock.complaint for clock in long_ones(house.lead, at + timedelta(days=30))] == [case]
