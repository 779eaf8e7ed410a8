"""A small simulated year: whoever forgets, is ill or says nothing, no breach and no customer is lost."""

from datetime import UTC, datetime

import pytest

from amends.cases.models import Clock, Complaint, Event
from amends.cases.verify import verify
from amends.project.schedule import tick
from bench.year.life import Year
from bench.year.recount import recount

START = datetime(2026, 1, 1, tzinfo=UTC)


def ticks(at: datetime) -> None:
    tick(at)


@pytest.fixture(autouse=True)
def without_the_coach(monkeypatch: pytest.MonkeyPatch) -> None:
    """It reads each text for some milliseconds, and is tested by itself."""
    monkeypatch.setattr("amends.cases.actions.wording.Wording._missing", lambda self: ())


def test_nothing_is_lost_in_ninety_days(db: None) -> None:
    year = Year(complaints=60, days=90, seed=7, start=START)
    checks = []
    last = year.live(ticks, lambda at: checks.append(recount(at)))
    checks.append(recount(last))
    assert len(checks) == 4
    for check in checks:
        assert (check.unnoticed, check.twice, check.too_early, check.silent) == (0, 0, 0, 0)
    # It was not an idle quarter.
    assert Complaint.objects.count() == 60
    assert checks[-1].breaches > 20
    assert {"resolve at once", "acknowledge", "assign", "confirm", "mail sent", "mail not delivered"} <= set(
        year.done
    )
    assert list(verify(Complaint.objects.iterator())) == []


def test_the_recount_sees_what_was_not_noticed_and_what_was_told_twice(db: None) -> None:
    year = Year(complaints=20, days=30, seed=2, start=START)
    last = year.live(ticks, lambda at: None)
    assert recount(last).holds
    event = Event.objects.filter(name="clock.breached").order_by("pk").first()
    assert event is not None
    Event.objects.create(
        complaint=event.complaint, number=9000, name=event.name, at=event.at, actor_kind="system",
        data=event.data, previous="", digest="",
    )  # fmt: skip
    assert recount(last).twice == 1
    late = Clock.objects.filter(
        kind="acknowledgement", breached_at__isnull=True, stopped_at__isnull=False
    ).first()
    assert late is not None
    Clock.objects.filter(pk=late.pk).update(due_at=late.started_at)
    assert recount(last).unnoticed == 1
    Clock.objects.filter(kind="update", stopped_at__isnull=True).delete()
    assert recount(last).silent > 0
    assert not recount(last).holds
