"""What happened to a case since a form was opened, as far as it changes what one would write."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise

from amends.cases.models import Complaint, Event, Message
from amends.cases.words import EVENTS
from amends.people.models import StaffMember
from amends.rules.capabilities import ActorKind
from amends.rules.lifecycle import STEPS

ON_ITS_WAY = ("message.", "letter.")  # a message that was sent, printed …: told when it was written
MOVES = frozenset(step.event for step in STEPS.values() if step.target)
MOST = 20


@dataclass(frozen=True)
class Happened:
    """One thing that the writer has not seen: a word to or from the customer, or a move of the case."""

    words: str | Promise
    who: str
    at: datetime
    message: Message | None = None


class SomethingHappened(Exception):
    """The case is not as the writer saw it. Nothing was sent; they look, and press once more."""


def meanwhile(complaint: Complaint, seen: int, staff: StaffMember) -> list[Happened]:
    """What came after event number ``seen``, oldest first; without a query when nothing did.

    What ``staff`` did themselves in another window they know, unless it went to the customer. What the
    program writes by itself (the receipt, thanks at the end) changes nothing that a person would say.
    """
    if complaint.events_count <= seen:
        return []
    later = Event.objects.filter(complaint=complaint, number__gt=seen).order_by("number")
    events = [event for event in later if _counts(event)][:MOST]
    messages = Message.objects.in_bulk([event.data["message"] for event in events if "message" in event.data])
    names = _names(events, complaint)
    happened = []
    for event in events:
        message = messages.get(event.data.get("message", 0))
        told = message is not None and not message.incoming
        own = event.actor_kind == ActorKind.STAFF and event.actor_id == staff.pk
        routine = told and event.actor_kind == ActorKind.SYSTEM
        if not routine and (told or not own):
            happened.append(Happened(EVENTS[event.name], names[event.pk], event.at, message))
    return happened


def _counts(event: Event) -> bool:
    said = "message" in event.data and event.name != "note.written"
    return (said or event.name in MOVES) and not event.name.startswith(ON_ITS_WAY)


def _names(events: Sequence[Event], complaint: Complaint) -> dict[int, str]:
    staff = {event.actor_id or 0 for event in events if event.actor_kind == ActorKind.STAFF}
    known = dict(StaffMember.objects.filter(pk__in=staff).values_list("pk", "name")) if staff else {}
    speaker = {ActorKind.CUSTOMER.value: complaint.speaker.name}
    return {event.pk: known.get(event.actor_id or 0) or speaker.get(event.actor_kind, "") for event in events}
