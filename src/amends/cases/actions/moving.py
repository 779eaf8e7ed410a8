"""A clock that runs gets another day, goes on, or is late; and what a complaint's row repeats of them."""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import F

from amends.cases.events import append
from amends.cases.models import Clock, Complaint, Duty
from amends.cases.reckoning import Reckoning
from amends.kit.prepared import Prepared
from amends.rules.capabilities import SYSTEM
from amends.rules.deadlines import THE_CUSTOMERS_TIME, ClockKind
from amends.rules.lifecycle import STEPS
from amends.rules.urgency import pressing

if TYPE_CHECKING:
    from amends.cases.actions.door import Case

_running = Prepared(lambda key: Clock.objects.filter(complaint=key, stopped_at__isnull=True))


def note_breach(case: "Case", clock: Clock) -> None:
    """Put on file, as part of a step, that a clock ran out of which nobody took notice yet."""
    kept = clock.due_at >= case.at or clock.breached_at or clock.paused_at
    if not kept and clock.kind not in THE_CUSTOMERS_TIME:
        Clock.objects.filter(pk=clock.pk).update(breached_at=case.at, warn_at=None)
        data = {"clock": clock.kind, "due": clock.due_at.isoformat(), "rule": clock.rule}
        append(case.complaint, STEPS["report_breach"].event, by=SYSTEM, at=case.at, data=data)


def move(case: "Case", clock: Clock, to: datetime) -> dict[str, str]:
    """A later or earlier day, with all that hangs on it; a breach of the old one stays as an event.

    Answers what the event says; the complaint's row is for the caller (``repeat_on_row``).
    """
    reckoning = Reckoning(case.complaint)
    Clock.objects.filter(pk=clock.pk).update(
        due_at=to,
        warn_at=reckoning.warn_at(case.at, to),
        warned_at=None,
        breached_at=None if to > case.at else clock.breached_at,
        rise_at=reckoning.rises_at(clock.kind, to, case.complaint.watched_by),
    )
    data = {"clock": clock.kind, "due": clock.due_at.isoformat(), "rule": clock.rule}
    return data | {"new_due": to.isoformat()}


def go_on(case: "Case", clock: Clock) -> dict[str, str]:
    """Let a clock that waited run again, later by as long as it stood; answers likewise."""
    stood = case.at - (clock.paused_at or case.at)
    law = clock.law_due_at and clock.law_due_at + stood
    if clock.kind == ClockKind.DUTY:  # what departments do for the agreement waited too
        waited = Duty.objects.filter(complaint=case.complaint, done_at__isnull=True)
        waited.update(due_at=F("due_at") + stood)
    Clock.objects.filter(pk=clock.pk).update(paused_at=None, why_paused="", law_due_at=law)
    return move(case, clock, clock.due_at + stood)


def let_go_on(case: "Case") -> bool:
    """What waited for the customer goes on as soon as they write, each clock with its event."""
    waiting = Clock.objects.filter(complaint=case.complaint, stopped_at__isnull=True, paused_at__isnull=False)
    return all_go_on(case, [clock for clock in waiting if clock.kind not in case.step.stops])


def all_go_on(case: "Case", waiting: Iterable[Clock]) -> bool:
    """Let these clocks run again by themselves, each with its event; whether there are any."""
    rows = list(waiting)
    for clock in rows:
        append(case.complaint, STEPS["resume_clock"].event, by=SYSTEM, at=case.at, data=go_on(case, clock))
    return bool(rows)


def repeat_on_row(complaint: Complaint) -> None:
    """Keep on the complaint's row what lists need of its running clocks; the caller saves it."""
    repeat(complaint, running_of(complaint))


def running_of(complaint: Complaint) -> list[Clock]:
    """The clocks of the complaint that run or wait."""
    return _running(complaint.pk)


def repeat(complaint: Complaint, running: list[Clock]) -> None:
    """The same, of clocks that are known."""
    rows = [clock for clock in running if clock.paused_at is None] if complaint.is_open else []
    first = min(rows, key=lambda clock: clock.due_at, default=None)
    complaint.due_kind, complaint.due_at = (first.kind, first.due_at) if first else ("", None)
    ordered = [min(one.due_at, pressing(one.law_due_at or one.due_at, one.consequence)) for one in rows]
    complaint.pressing_at = min(ordered, default=None)
