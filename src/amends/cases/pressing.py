"""Why a row stands where it stands: the clock that presses most."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from amends.cases.models import Clock, Complaint
from amends.rules.urgency import pressing


def say_what_presses(complaints: Sequence[Complaint]) -> None:
    """Put on each complaint, in one query, the clock that presses most (``presses``) and whether one runs out
    soon (``runs_out_soon``).
    """
    rows = Clock.objects.filter(
        complaint__in=complaints, stopped_at__isnull=True, paused_at__isnull=True
    ).order_by("due_at")
    clocks: dict[int, list[Clock]] = defaultdict(list)
    for clock in rows:
        clocks[clock.complaint_id].append(clock)
    for complaint in complaints:
        own = clocks[complaint.pk]
        complaint.presses = min(own, key=presses_at, default=None)  # type: ignore[attr-defined]
        late = any(clock.breached_at for clock in own)
        complaint.runs_out_soon = not late and any(clock.warned_at for clock in own)  # type: ignore[attr-defined]


def presses_at(clock: Clock) -> datetime:
    """By what a clock is ordered among others, as on the complaint's row."""
    return min(clock.due_at, pressing(clock.law_due_at or clock.due_at, clock.consequence))
