"""Proving that the file was not altered (mission N7)."""

from collections.abc import Iterator
from dataclasses import dataclass

from amends.cases.models import Agreement, Complaint, Event, Message
from amends.kit.chain import START, digest, first_broken


@dataclass(frozen=True)
class Fault:
    """One complaint whose file does not hold, and where it breaks."""

    reference: str
    what: str  # "event", "missing", "story", "message" or "agreement"
    number: int  # of the event


def verify(complaints: Iterator[Complaint]) -> Iterator[Fault]:
    """Walk every chain; yield each fault found. Texts are held against the digests in the events too."""
    for complaint in complaints:
        yield from verify_one(complaint)


def verify_one(complaint: Complaint) -> Iterator[Fault]:
    """The faults of one complaint's file, the first broken event first."""
    events = list(Event.objects.filter(complaint=complaint).order_by("number"))
    broken = first_broken((e.content(), e.previous, e.digest) for e in events)
    if broken is not None:
        yield Fault(complaint.reference, "event", events[broken].number)
        return
    head = events[-1].digest if events else START
    if head != complaint.chain_head or len(events) != complaint.events_count:
        yield Fault(complaint.reference, "missing", len(events) + 1)
    yield from _texts(complaint, events)


def _texts(complaint: Complaint, events: list[Event]) -> Iterator[Fault]:
    bodies = dict(Message.objects.filter(complaint=complaint).values_list("pk", "body"))
    agreed = dict(Agreement.objects.filter(complaint=complaint).values_list("pk", "text"))
    for event in events:
        expected = event.data.get("text_sha256")
        if expected is None:
            if "story_sha256" in event.data and digest(complaint.story) != event.data["story_sha256"]:
                yield Fault(complaint.reference, "story", event.number)
        elif "agreement" in event.data:
            if digest(agreed.get(event.data["agreement"], "")) != expected:
                yield Fault(complaint.reference, "agreement", event.number)
        elif digest(bodies.get(event.data.get("message"), "")) != expected:
            yield Fault(complaint.reference, "message", event.number)
