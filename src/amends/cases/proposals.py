"""New days for clocks that run, after the rules have changed: proposed, and moved by a person alone.

Confirmed with ``actions.move_clock``; a clock whose proposal nobody confirms keeps its day.
"""

from __future__ import annotations  # Django's own Task is generic to the type checker only

from collections.abc import Iterable
from datetime import datetime

from django.db.models import QuerySet
from django.tasks import task

from amends.cases.models import Clock, Duty
from amends.cases.moments import Moments, moments_by_clock
from amends.cases.reckoning import AGREEMENT, Reckoned, Reckoning, laws_of, office, promise_of
from amends.people.models import StaffMember
from amends.rules.deadlines import ClockKind

BY_LAW = (
    ClockKind.ACKNOWLEDGEMENT,
    ClockKind.UPDATE,
    ClockKind.ANSWER,
    ClockKind.DUTY,
    ClockKind.BODY,
)
AT_ONCE = 500  # clocks a job looks at, so that nothing waits long for it


@task
def look_for_new_days(after: int) -> None:
    """Reckon the running clocks behind ``after`` (an id) anew, some at a time, and go on with the rest."""
    rows = list(running().filter(pk__gt=after)[:AT_ONCE])
    propose(rows)
    if len(rows) == AT_ONCE:
        look_for_new_days.enqueue(rows[-1].pk)


def propose_days(at: datetime) -> None:
    """Once a day, since a pack's rule may also begin or end with the day, or come with a new version."""
    look_for_new_days.enqueue(0)


def running() -> QuerySet[Clock]:
    """The clocks that a rule of the law or of the house can set, in the order of their ids."""
    rows = Clock.objects.filter(
        stopped_at__isnull=True, paused_at__isnull=True, extended=0, kind__in=BY_LAW, complaint__is_open=True
    )
    return rows.select_related("complaint").order_by("pk")


def proposed(staff: StaffMember | None = None) -> QuerySet[Clock]:
    """The running clocks for which another day is proposed; for ``staff`` those that they may see."""
    rows = Clock.objects.filter(stopped_at__isnull=True, proposed_due_at__isnull=False)
    rows = rows.filter(complaint__is_open=True).select_related("complaint__customer", "complaint__handler")
    if staff is not None:
        rows = rows.exclude(complaint__complained_about=staff)
    return rows.order_by("pk")


def propose(clocks: Iterable[Clock] | None = None) -> int:
    """Reckon running clocks anew, and propose the day where it is another one; how many now have a proposal.

    A proposal that no longer differs is taken back. Clocks that wait, were extended or go by an offer or an
    agreement keep their day.
    """
    rows = list(clocks if clocks is not None else running())
    moments = moments_by_clock(rows)
    house = office()
    return sum(_propose(clock, Reckoning(clock.complaint, house), moments[clock.pk]) for clock in rows)


def _propose(clock: Clock, reckoning: Reckoning, moments: Moments) -> bool:
    found = reckon_anew(clock, reckoning, moments)
    if found is None or found.due_at == clock.due_at:
        if clock.proposed_due_at is not None:
            _note(clock, None, "")
        return False
    if (found.due_at, found.rule) != (clock.proposed_due_at, clock.proposed_rule):
        _note(clock, found.due_at, found.rule)
    return True


def _note(clock: Clock, day: datetime | None, rule: str) -> None:
    still = Clock.objects.filter(pk=clock.pk, stopped_at__isnull=True)
    still.update(proposed_due_at=day, proposed_rule=rule)


def reckon_anew(clock: Clock, reckoning: Reckoning, moments: Moments) -> Reckoned | None:
    """What this clock would go by if it started today as it did; None where no rule sets it."""
    if not clock.rule.startswith("house:") and clock.rule != clock.law:
        return None  # an offer or an agreement said so
    laws = laws_of(clock.kind, reckoning.by_law(moments))
    return min([*laws, _own(clock)], key=lambda one: one.due_at)


def _own(clock: Clock) -> Reckoned:
    """What the house itself promised: by its rhythm, or with the duties of an agreement."""
    if clock.kind == ClockKind.DUTY:
        last = Duty.objects.filter(complaint=clock.complaint_id).order_by("-due_at")
        if due := last.values_list("due_at", flat=True).first():
            return Reckoned(AGREEMENT, due)
    return promise_of(ClockKind(clock.kind), clock.started_at)
