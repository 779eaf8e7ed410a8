"""Proving that the file was not altered (mission N7)."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models

from amends.cases.documents import path_of
from amends.cases.models import (
    Agreement,
    Complaint,
    Document,
    Duty,
    Event,
    Inquiry,
    Issue,
    Message,
    Offer,
)
from amends.kit.chain import START, digest, first_broken


@dataclass(frozen=True)
class Fault:
    """One complaint whose file does not hold, and where it breaks."""

    reference: str
    what: str  # "event", "missing", "story", "understood", or what one of KEPT is called
    number: int  # of the event


@dataclass(frozen=True)
class Kept:
    """Words in a row of their own whose digest stands in an event, beside the row's id."""

    what: str
    row: str  # under which name the event's data holds the id
    digest: str  # and under which the digest
    model: type[models.Model]
    field: str


KEPT = (
    Kept("message", "message", "text_sha256", Message, "body"),
    Kept("agreement", "agreement", "text_sha256", Agreement, "text"),
    Kept("finding", "issue", "reasons_sha256", Issue, "reasons"),
    Kept("statement", "inquiry", "statement_sha256", Inquiry, "statement"),
    Kept("offer", "offer", "offer_sha256", Offer, "text"),
    Kept("proof", "duty", "proof_sha256", Duty, "proof"),
)


def verify(complaints: Iterator[Complaint]) -> Iterator[Fault]:
    """Walk every chain; yield each fault found. Texts and files are held against the events' digests."""
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
    faults = [*_own_words(complaint, events), *_kept(complaint, events), *_documents(complaint, events)]
    yield from sorted(faults, key=lambda fault: fault.number)


def _own_words(complaint: Complaint, events: list[Event]) -> Iterator[Fault]:
    for what, words in (("story", complaint.story), ("understood", complaint.understood)):
        recorded = [event for event in events if f"{what}_sha256" in event.data]
        if recorded and digest(words) != recorded[-1].data[f"{what}_sha256"]:
            yield Fault(complaint.reference, what, recorded[-1].number)


def _kept(complaint: Complaint, events: list[Event]) -> Iterator[Fault]:
    for kept in KEPT:
        # A point may be found anew: what counts is the last time.
        last = {e.data[kept.row]: e for e in events if {kept.row, kept.digest} <= e.data.keys()}
        if not last:
            continue
        rows = _rows(kept.model, complaint, kept.field)
        for row_id, event in last.items():
            if row_id not in rows or digest(rows[row_id]) != event.data[kept.digest]:
                yield Fault(complaint.reference, kept.what, event.number)
        if kept.model is Issue:
            yield from _conclusions(complaint, last)


def _conclusions(complaint: Complaint, last: dict[Any, Event]) -> Iterator[Fault]:
    found = _rows(Issue, complaint, "finding")
    for row_id, event in last.items():
        if row_id in found and found[row_id] != event.data["finding"]:
            yield Fault(complaint.reference, "finding", event.number)


def _documents(complaint: Complaint, events: list[Event]) -> Iterator[Fault]:
    attached = [event for event in events if "document" in event.data]
    rows = _rows(Document, complaint, "sha256") if attached else {}
    for event in attached:
        sha256 = event.data["sha256"]
        file = path_of(sha256)
        same = rows.get(event.data["document"]) == sha256 and file.exists()
        if not same or digest(file.read_bytes()) != sha256:
            yield Fault(complaint.reference, "document", event.number)


def _rows(model: type[models.Model], complaint: Complaint, field: str) -> dict[Any, Any]:
    return dict(model._default_manager.filter(complaint=complaint).values_list("pk", field))
