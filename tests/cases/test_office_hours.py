"""Office hours: the house’s rules count in them, warnings come in them, no running clock moves by them."""

from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, transaction

from amends.cases import house_rules, proposals
from amends.cases.models import Clock, Complaint, Office
from amends.cases.reckoning import OfficeNow, Reckoning
from amends.rules.working_days import OfficeHours
from tests.conftest import MONDAY, House

STOCKHOLM = ZoneInfo("Europe/Stockholm")
NINE_TO_FIVE: dict[str, Any] = {"opens": time(9), "closes": time(17)}


def ours(house: House, length: int = 10, unit: str = "office hours") -> None:
    house_rules.set_rule(
        by=house.lead, at=MONDAY, name="ours", clock="answer", trigger="received", length=length,
        unit=unit, meets="dispatch", consequence="none", sectors=[],
    )  # fmt: skip


def running(case: Complaint, kind: str) -> Clock:
    return Clock.objects.get(complaint=case, kind=kind, stopped_at__isnull=True)


def here(*moment: int) -> datetime:
    return datetime(*moment, tzinfo=STOCKHOLM)  # type: ignore[arg-type, misc]


def test_a_rule_in_office_hours_goes_by_the_hours_of_the_house(house: House) -> None:
    ours(house)
    whole_days = running(house.complaint(country="SE"), "answer")
    assert (whole_days.rule, whole_days.due_at) == ("ours", MONDAY + timedelta(hours=10))
    house_rules.change_office(**NINE_TO_FIVE)
    clock = running(house.complaint(country="SE"), "answer")
    assert (clock.rule, clock.due_at) == ("ours", here(2026, 3, 3, 12))  # seven on Monday, three on Tuesday
    house_rules.change_office(closed_days=["2026-03-03"])
    assert running(house.complaint(country="SE"), "answer").due_at == here(2026, 3, 4, 12)


def test_other_hours_are_proposed_and_move_nothing(house: House) -> None:
    ours(house)
    before = house_rules.change_office(**NINE_TO_FIVE).version
    case = house.complaint(country="SE")
    assert proposals.propose() == 0
    assert house_rules.change_office(opens=time(8), closes=time(18)).version == before + 1
    assert proposals.propose() == 1
    clock = running(case, "answer")
    assert clock.due_at == here(2026, 3, 3, 12)
    assert (clock.proposed_due_at, clock.proposed_rule) == (here(2026, 3, 3, 10), "ours")
    house_rules.change_office(**NINE_TO_FIVE)
    assert proposals.propose() == 0
    clock.refresh_from_db()
    assert (clock.due_at, clock.proposed_due_at) == (here(2026, 3, 3, 12), None)


@pytest.mark.parametrize(("length", "unit"), [(10, "hours"), (1, "office hours")])
def test_a_moment_of_the_hour_that_is_shown_twice_is_not_proposed_to_itself(
    house: House, length: int, unit: str
) -> None:
    """On 25 October 2026 three o'clock is two o'clock again. That is a Sunday, and worked in Kelantan."""
    house_rules.change_office(country="MY", region="11", opens=time(2, 30), closes=time(23))
    ours(house, length, unit)
    clock = running(house.complaint(country="MY", at=datetime(2026, 10, 24, 15, 30, tzinfo=UTC)), "answer")
    assert (clock.rule, clock.due_at) == ("ours", datetime(2026, 10, 25, 1, 30, tzinfo=UTC))
    assert proposals.propose() == 0
    clock.refresh_from_db()
    assert clock.proposed_due_at is None


def test_a_warning_comes_while_somebody_is_there(house: House) -> None:
    night = here(2026, 3, 12, 22)  # a quarter of fourteen days before Monday 16 March, ten o'clock
    assert running(house.complaint(country="SE"), "answer").warn_at == night
    house_rules.change_office(**NINE_TO_FIVE)
    case = house.complaint(country="SE")
    assert running(case, "answer").warn_at == here(2026, 3, 12, 16, 59)
    assert running(case, "acknowledgement").warn_at == here(2026, 3, 2, 16, 59)  # and not at four on Tuesday
    house_rules.change_office(closed_days=["2026-03-12"])
    assert running(house.complaint(country="SE"), "answer").warn_at == here(2026, 3, 11, 16, 59)


def test_a_warning_stays_where_the_house_was_not_open_since_the_clock_started(house: House) -> None:
    house_rules.change_office(**NINE_TO_FIVE)
    friday = here(2026, 3, 6, 20)
    clock = running(house.complaint(country="SE", at=friday), "acknowledgement")
    assert clock.due_at == friday + timedelta(days=1)
    assert clock.warn_at == friday + timedelta(hours=18)


def test_whether_somebody_is_there_the_calendar_of_the_house_says() -> None:
    """The eleventh of November is free in Poland, where the customer lives, and not in Sweden."""
    started, due = here(2026, 11, 10, 12), here(2026, 11, 11, 16)
    polish = Complaint(country="PL", received_at=started)
    hours = OfficeHours(time(9), time(17))
    warned = here(2026, 11, 11, 9)
    assert Reckoning(polish, OfficeNow(country="SE", hours=hours)).warn_at(started, due) == warned
    assert Reckoning(polish, OfficeNow(hours=hours)).warn_at(started, due) == here(2026, 11, 10, 16, 59)
    assert Reckoning(polish, OfficeNow(hours=hours)).warn_at(due, due) is None


@pytest.mark.parametrize(
    "hours",
    [
        {"opens": time(9)},
        {"closes": time(17)},
        {"opens": time(17), "closes": time(9)},
        {"opens": time(9), "closes": time(9)},
    ],
)
def test_the_database_keeps_both_hours_or_none_and_their_order(db: None, hours: dict[str, time]) -> None:
    with pytest.raises(IntegrityError, match="opens_before_it_closes"), transaction.atomic():
        Office.objects.create(**hours)
    assert not Office.objects.exists()
    assert Office.objects.create(opens=time(9), closes=time(9, 1)).pk
