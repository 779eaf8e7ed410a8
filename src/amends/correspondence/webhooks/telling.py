"""What a program can be told, and what it is told about one event: no word of a customer.

Of a duty everything that its department needs to begin; of a complaint only that something happened to it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from amends.cases.models import Duty, Event
from amends.rules.lifecycle import EVENTS
from amends.rules.nudging import FIRST_WHEN_LATE

DUTY_CREATED, DUTY_LATE, DUTY_DONE, DUTY_DROPPED = "duty.created", "duty.late", "duty.done", "duty.dropped"
OF_DUTIES = (DUTY_CREATED, DUTY_LATE, DUTY_DONE, DUTY_DROPPED)
OF_COMPLAINTS = tuple(sorted(name for name in EVENTS if name.startswith(("complaint.", "agreement."))))
TYPES = (*OF_DUTIES, *OF_COMPLAINTS)
TEST = "webhook.test"


@dataclass(frozen=True)
class Told:
    """One thing to tell. ``subject`` is the duty's key, ``department`` whose duty it is."""

    type: str
    data: Mapping[str, Any]
    subject: str = ""
    department: int | None = None
    of_duty: bool = False


def told_of(event: Event) -> Iterator[Told]:
    """Everything that this event gives to tell."""
    where = {"complaint": event.complaint.key, "reference": event.complaint.reference}
    if event.name in OF_COMPLAINTS:
        data = {**where, "number": event.number, "stage": event.complaint.stage}
        yield Told(event.name, data)
    for kind, duty in _duties(event):
        yield Told(kind, where | _of(duty), duty.key, duty.department_id, of_duty=True)
    for key in event.data.get("keys_dropped", ()):
        yield Told(DUTY_DROPPED, where | {"duty": key}, key, of_duty=True)


def _duties(event: Event) -> Iterator[tuple[str, Duty]]:
    rows = Duty.objects.select_related("remedy", "department", "waits_for")
    match event.name:
        case "duties.drawn_up":
            for duty in rows.filter(pk__in=event.data["duties"]):
                yield DUTY_CREATED, duty
        case "duty.proved":
            yield from ((DUTY_DONE, duty) for duty in rows.filter(pk=event.data["duty"]))
        case "duty.nudged" if event.data.get("late") and event.data["times"] == FIRST_WHEN_LATE:
            yield from ((DUTY_LATE, duty) for duty in rows.filter(pk=event.data["duty"]))


def _of(duty: Duty) -> dict[str, Any]:
    return {
        "duty": duty.key,
        "kind": duty.remedy.kind,
        "description": duty.remedy.description,
        "department": duty.department.name if duty.department else None,
        "due_at": duty.due_at.isoformat(),
        "waits_for": duty.waits_for.key if duty.waits_for else None,
        "proof_kind": duty.proof_kind,
        "done_at": duty.done_at.isoformat() if duty.done_at else None,
    }
