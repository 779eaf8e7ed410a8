"""Counting again what the clocks and the events say, slowly and by another way than the program goes."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db import connection

from amends.cases.rhythm import silent_cases

PROMISES = ("acknowledgement", "update", "answer", "approval", "duty", "body", "review")


@dataclass(frozen=True)
class Recount:
    """What must be nought, and how much was looked at."""

    clocks: int
    breaches: int
    unnoticed: int
    twice: int
    too_early: int
    silent: int

    @property
    def holds(self) -> bool:
        """Whether every promise was kept."""
        return not (self.unnoticed or self.twice or self.too_early or self.silent)


def recount(ticked_at: datetime) -> Recount:
    """Every clock, one by one: whether it ran out before it stopped, waited, or the last tick came."""
    told: Counter[tuple[int, str, datetime]] = Counter()
    early = 0
    for complaint, at, kind, due in _reported():
        told[complaint, kind, due] += 1
        early += at < due
    clocks = unnoticed = 0
    for complaint, kind, due, stopped, paused in _clocks():
        clocks += 1
        ends = [moment for moment in (stopped, paused, ticked_at) if moment is not None]
        ran_out = kind in PROMISES and due < min(ends)
        unnoticed += ran_out and not told[complaint, kind, due]
    twice = sum(1 for count in told.values() if count > 1)
    return Recount(clocks, len(told), unnoticed, twice, early, silent_cases(ticked_at).count())


def _reported() -> Iterator[tuple[int, datetime, str, datetime]]:
    from amends.cases.models import Event

    rows = Event.objects.filter(name="clock.breached").values_list("complaint_id", "at", "data")
    for complaint, at, data in rows.iterator(chunk_size=5000):
        yield complaint, at, data["clock"], datetime.fromisoformat(data["due"])


def _clocks() -> Iterator[tuple[int, str, datetime, datetime | None, datetime | None]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT complaint_id, kind, due_at, stopped_at, paused_at FROM cases_clock")
        while rows := cursor.fetchmany(5000):
            for complaint, kind, due, stopped, paused in rows:
                first = _moment(due)
                assert first is not None
                yield complaint, kind, first, _moment(stopped), _moment(paused)


def _moment(stored: Any) -> datetime | None:
    """A time as the database itself gives it: text on SQLite, aware elsewhere."""
    if stored is None:
        return None
    moment = datetime.fromisoformat(stored) if isinstance(stored, str) else stored
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
