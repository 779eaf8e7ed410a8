"""What a step does to the clocks: stops some, starts some, by the strictest of promise and law.

Only the door calls this. A clock that starts anew replaces the one that runs; a case has one of each kind.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from amends.cases.models import Agreement, Clock, Complaint
from amends.cases.reckoning import Reckoned, Reckoning, laws_of, promise_of, strictest
from amends.rules.deadlines import ClockKind
from amends.rules.due import Due
from amends.rules.statutes import Trigger
from amends.rules.urgency import pressing

if TYPE_CHECKING:
    from amends.cases.actions.door import Case

# What a step is to the law, beside what it does: the moment from which some rules count.
TRIGGERS: Mapping[str, Trigger] = {
    "register": Trigger.RECEIVED,
    "reopen": Trigger.RECEIVED,
    "acknowledge": Trigger.ACKNOWLEDGED,
    "offer": Trigger.DECIDED,
    "refuse": Trigger.DECIDED,
    "fulfil": Trigger.AGREED,  # the duty's clock starts here, and counts from the signature
    "not_satisfied": Trigger.ESCALATED,
    "escalate": Trigger.ESCALATED,
}


def turn_clocks(case: "Case") -> None:
    """Stop and start the clocks that the step names, and keep what the complaint's row repeats of them."""
    step, complaint = case.step, case.complaint
    trigger = TRIGGERS.get(step.name)
    if not (step.stops or step.starts or trigger):
        return
    reckoning = Reckoning(complaint)
    found = reckoning.by_law({trigger: _moment(case, trigger)}) if trigger and complaint.is_open else []
    starting = {kind: _reckoned(case, kind, laws_of(kind, found)) for kind in _kinds_to_start(case)}
    running = Clock.objects.filter(complaint=complaint, stopped_at__isnull=True)
    ending = {*step.stops, *starting}
    if complaint.events_count:  # a complaint that is being registered has none
        starting |= _shortened(running.exclude(kind__in=ending), found)
        running.filter(kind__in={*ending, *starting}).update(stopped_at=case.at)
    begun = [_clock(case, kind, *how, reckoning) for kind, how in starting.items()]
    Clock.objects.bulk_create(begun)
    if complaint.events_count:
        repeat_on_row(complaint)
    else:
        _repeat(complaint, [(c.kind, c.due_at, c.law_due_at, c.consequence) for c in begun])


def repeat_on_row(complaint: Complaint) -> None:
    """Keep on the complaint's row what lists need of its running clocks; the caller saves it."""
    running = Clock.objects.filter(complaint=complaint, stopped_at__isnull=True, paused_at__isnull=True)
    _repeat(complaint, list(running.values_list("kind", "due_at", "law_due_at", "consequence")))


def _repeat(complaint: Complaint, rows: list[tuple[str, datetime, datetime | None, str]]) -> None:
    first = min(rows, key=lambda row: row[1], default=None)
    complaint.due_kind, complaint.due_at = first[:2] if first else ("", None)
    ordered = [min(due, pressing(law or due, costs)) for _kind, due, law, costs in rows]
    complaint.pressing_at = min(ordered, default=None)


def _kinds_to_start(case: "Case") -> tuple[ClockKind, ...]:
    return case.step.starts if case.complaint.is_open else ()


def _moment(case: "Case", trigger: Trigger) -> datetime:
    if case.step.name == "register":
        return case.complaint.received_at  # the law counts from when it came, not from when we wrote it down
    if trigger is Trigger.AGREED:
        signed = Agreement.objects.filter(complaint=case.complaint).order_by("-pk")
        return signed.values_list("signed_at", flat=True).first() or case.at
    return case.at


def _reckoned(case: "Case", kind: ClockKind, laws: list[Reckoned]) -> tuple[Reckoned, Reckoned | None]:
    """What it goes by, and the law behind it."""
    said = case.dues.get(kind)
    own = Reckoned(*said) if said else promise_of(kind, case.at)
    law = strictest(laws)
    return min(own, law or own, key=lambda one: one.due_at), law


def _shortened(
    running: QuerySet[Clock], found: list[Due]
) -> dict[ClockKind, tuple[Reckoned, Reckoned | None]]:
    """Clocks that run on, but by a rule that begins only now are due earlier."""
    shorter: dict[ClockKind, tuple[Reckoned, Reckoned | None]] = {}
    for clock in running if found else ():
        law = strictest(laws_of(clock.kind, found))
        if law is not None and law.due_at < clock.due_at:
            shorter[ClockKind(clock.kind)] = (law, law)
    return shorter


def _clock(case: "Case", kind: ClockKind, one: Reckoned, law: Reckoned | None, reckoning: Reckoning) -> Clock:
    return Clock(
        complaint=case.complaint,
        kind=kind,
        rule=one.rule,
        law=law.rule if law else "",
        law_due_at=law.due_at if law else None,
        consequence=law.consequence if law else "",
        started_at=case.at,
        due_at=one.due_at,
        warn_at=reckoning.warn_at(case.at, one.due_at),
        rise_at=reckoning.rises_at(kind, one.due_at, case.complaint.level),
    )
