"""Changing the house's own rules and calendar. Running clocks do not move by it: new days are proposed.

Rules and calendar are no part of a complaint, so no step and no event stands for them; each change is a row
with who and when. What they mean for a running clock is: somebody confirms it (``actions.move_clock``).
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F

from amends.cases.models import Agreement, Clock, Complaint, Event, HouseRule, Office
from amends.cases.reckoning import Reckoned, Reckoning, laws_of, promise_of
from amends.people.models import StaffMember
from amends.rules.deadlines import ClockKind
from amends.rules.statutes import Trigger

BY_LAW = (ClockKind.ACKNOWLEDGEMENT, ClockKind.UPDATE, ClockKind.ANSWER, ClockKind.DUTY)
AT_ONCE = 500

# The events after which some rules count, beside the first word and the signature.
_EVENTS = {
    "complaint.acknowledged": Trigger.ACKNOWLEDGED,
    "complaint.not_satisfied": Trigger.ESCALATED,
    "complaint.escalated": Trigger.ESCALATED,
}


def current_office() -> Office:
    """The house's one row, not saved yet where it has said nothing."""
    return Office.objects.first() or Office()


@transaction.atomic
def change_office(**fields: Any) -> Office:
    """Say anew where the house works and when. The next clock that starts goes by it."""
    office = current_office()
    for name, value in fields.items():
        setattr(office, name, value)
    office.version += 1
    office.save()
    return office


@transaction.atomic
def set_rule(*, by: StaffMember, at: datetime, name: str, **fields: Any) -> HouseRule:
    """A rule of the house's own, or in the place of a pack's of this name; the one before is kept."""
    HouseRule.objects.filter(name=name, replaced=False).update(replaced=True)
    rule = HouseRule.objects.create(name=name, at=at, by=by, **fields)
    _changed()
    return rule


@transaction.atomic
def drop_rule(name: str) -> None:
    """The house has no say of its own any more under this name: a pack's rule holds again."""
    HouseRule.objects.filter(name=name, replaced=False).update(replaced=True)
    _changed()


def _changed() -> None:
    if not Office.objects.update(version=F("version") + 1):
        Office.objects.create(version=1)


def propose_days(at: datetime) -> int:
    """Once a day, since a pack's rule may also begin or end with the day, or come with a new version."""
    return propose()


def propose(clocks: Iterable[Clock] | None = None) -> int:
    """Reckon running clocks anew, and propose the day where it is another one; how many now have a proposal.

    A proposal that no longer differs is taken back. Clocks that wait, were extended or go by an offer or an
    agreement keep their day.
    """
    rows = clocks if clocks is not None else _running()
    return sum(_propose(clock) for clock in rows)


def _running() -> Iterable[Clock]:
    rows = Clock.objects.filter(
        stopped_at__isnull=True, paused_at__isnull=True, extended=0, kind__in=BY_LAW, complaint__is_open=True
    )
    return rows.select_related("complaint").order_by("pk").iterator(chunk_size=AT_ONCE)


def _propose(clock: Clock) -> bool:
    found = reckon_anew(clock)
    if found is None or found.due_at == clock.due_at:
        if clock.proposed_due_at is not None:
            _note(clock, None, "")
        return False
    if (found.due_at, found.rule) != (clock.proposed_due_at, clock.proposed_rule):
        _note(clock, found.due_at, found.rule)
    return True


def _note(clock: Clock, day: datetime | None, rule: str) -> None:
    running = Clock.objects.filter(pk=clock.pk, stopped_at__isnull=True)
    running.update(proposed_due_at=day, proposed_rule=rule)


def reckon_anew(clock: Clock) -> Reckoned | None:
    """What this clock would go by if it started today as it did; None where no rule sets it."""
    if not clock.rule.startswith("house:") and not clock.law:
        return None
    laws = laws_of(clock.kind, Reckoning(clock.complaint).by_law(_moments(clock)))
    own = promise_of(ClockKind(clock.kind), clock.started_at)
    return min([*laws, own], key=lambda one: one.due_at)


def _moments(clock: Clock) -> dict[Trigger, datetime]:
    """When what happened from which rules count, as far as it set this clock off."""
    complaint: Complaint = clock.complaint
    moments: dict[Trigger, datetime] = {}
    if clock.started_at == complaint.registered_at:
        moments[Trigger.RECEIVED] = complaint.received_at
    events = Event.objects.filter(complaint=complaint, name__in=_EVENTS, at__gte=clock.started_at)
    for name, at in events.order_by("number").values_list("name", "at"):
        moments[_EVENTS[name]] = at
    reopened = Event.objects.filter(complaint=complaint, name="complaint.reopened", at=clock.started_at)
    if reopened.exists():
        moments[Trigger.RECEIVED] = clock.started_at
    signed = Agreement.objects.filter(complaint=complaint).order_by("-pk").values_list("signed_at", flat=True)
    if clock.kind == ClockKind.DUTY and (day := signed.first()):
        moments[Trigger.AGREED] = day
    return moments
