"""Several workers over the same due clocks: each clock is one worker's, and comes back when that one dies."""

from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from amends.cases import actions, clocks
from amends.cases.actions.door import Case, take
from amends.cases.clocks import CLAIM, claim, report_breaches, report_warnings
from amends.cases.models import Clock, Event, Office
from amends.cases.reckoning import LADDER_DAYS
from amends.rules.capabilities import SYSTEM
from tests.conftest import MONDAY, House
from tests.together import at_the_same_time

DAY = timedelta(days=1)
LATE = MONDAY + DAY + timedelta(hours=1)
SECOND = timedelta(seconds=1)


def due() -> list[int]:
    return sorted(Clock.objects.filter(due_at__lt=LATE, stopped_at__isnull=True).values_list("pk", flat=True))


def taken(most: int = 100) -> list[int]:
    return [clock.pk for clock in claim(clocks._ran_out(LATE).order_by("due_at", "pk"), LATE, most=most)]


def test_what_one_worker_claimed_another_leaves(house: House) -> None:
    for _ in range(3):
        house.complaint()
    first, second, third = taken(2), taken(2), taken(2)
    assert (sorted(first + second), third) == (due(), [])


def test_the_claims_of_a_dead_worker_come_back(house: House) -> None:
    house.complaint()
    assert taken() == due()  # and then it dies
    assert report_breaches(LATE + CLAIM) == 0
    assert report_breaches(LATE + CLAIM + SECOND) == 1
    assert report_breaches(LATE + 3 * CLAIM) == 0
    assert Event.objects.filter(name="clock.breached").count() == 1
    assert Clock.objects.get(pk=due()[0]).claimed_until is None


def test_a_claim_from_a_clock_that_stood_wrong_holds_nothing(house: House) -> None:
    house.complaint()
    Clock.objects.update(claimed_until=LATE + timedelta(days=3650))
    assert report_breaches(LATE) == 1


def test_what_cannot_be_put_on_file_is_left_alone_for_a_while(
    house: House, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    house.complaint()

    def broken(clock: Clock, **more: object) -> bool:
        raise RuntimeError("the disk is full")

    with monkeypatch.context() as patched:
        patched.setattr(actions, "report_breach", broken)
        assert report_breaches(LATE) == 0
        assert report_breaches(LATE + SECOND) == 0
    assert caplog.text.count("could not see to") == 1
    assert report_breaches(LATE + CLAIM + SECOND) == 1


def test_two_at_the_same_time_share_the_work(committed: None) -> None:
    house = House()
    for _ in range(12):
        house.complaint()
    one, other = at_the_same_time(2, lambda _: taken(6))
    assert sorted(one + other) == due()
    assert len(one) == len(other) == 6


def test_two_at_the_same_time_report_each_breach_once(committed: None) -> None:
    house = House()
    for _ in range(12):
        house.complaint()
    assert sum(at_the_same_time(2, lambda _: report_breaches(LATE))) == 12
    cases = Event.objects.filter(name="clock.breached").values_list("complaint", flat=True)
    assert len(cases) == len(set(cases)) == 12


def test_a_step_and_the_tick_at_the_same_time_report_it_once(committed: None) -> None:
    house = House()
    cases = [house.complaint() for _ in range(6)]

    def do(number: int) -> None:
        if number:
            report_breaches(LATE)
        else:
            for case in cases:
                actions.acknowledge(case, by=SYSTEM, at=LATE, text="We are on it.")

    at_the_same_time(2, do)
    reported = Event.objects.filter(name="clock.breached", data__clock="acknowledgement")
    assert reported.count() == 6
    assert reported.values("complaint").distinct().count() == 6


def test_a_look_that_finds_nothing_writes_nothing(
    house: House, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    house.complaint()
    with django_assert_num_queries(1):
        assert report_breaches(MONDAY) == 0
    with django_assert_num_queries(1):
        assert report_warnings(MONDAY) == 0


def test_a_breach_costs_few_queries(house: House, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    house.complaint()
    (clock,) = claim(clocks._ran_out(LATE), LATE)
    with django_assert_num_queries(6):  # savepoint, lock, clock, event, row, release
        actions.report_breach(clock, by=SYSTEM, at=LATE)


def test_a_ladder_longer_than_the_house_has_levels_ends_at_the_top(house: House) -> None:
    Office.objects.create(version=1, ladder_days=[1, 2, 3, 4, 5])
    case = house.complaint()
    for day in range(1, 30):
        clocks.climb(MONDAY + day * DAY)
    case.refresh_from_db()
    assert (case.watch_level, len(LADDER_DAYS)) == (3, 3)
    assert not Clock.objects.filter(rise_at__isnull=False, kind="acknowledgement").exists()


def test_of_two_clocks_of_a_case_at_two_workers_one_takes_it_higher(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second worker takes it up between the first one's look and its lock."""
    case, at = house.complaint(), MONDAY + 7 * DAY + timedelta(hours=1)
    first, second = Clock.objects.filter(complaint=case, rise_at__lte=at).order_by("rise_at")
    assert first.rise_at is not None
    waiting = [second]

    def after_the_other(*args: Any, **kwargs: Any) -> AbstractContextManager[Case]:
        if waiting:
            assert actions.climb(waiting.pop(), by=SYSTEM, at=at)
        return take(*args, **kwargs)

    monkeypatch.setattr("amends.cases.actions.clockwork.take", after_the_other)
    with pytest.raises(actions.ClockStopped):
        actions.climb(first, by=SYSTEM, at=at)
    case.refresh_from_db()
    assert case.watch_level == 1
    assert Event.objects.filter(name="complaint.climbed").count() == 1
    assert clocks.climb(at + CLAIM + SECOND) == 0  # the first one's clock waits for its own next rung
    rung = Clock.objects.get(pk=first.pk).rise_at
    assert rung == at + DAY
