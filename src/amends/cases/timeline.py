"""What happened to a complaint, in one stream: its events in order, each with the message or file it brought.

Read by keyset from the newest end, a hundred at a time, oldest of them first.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from amends.cases.choices import DispatchKind
from amends.cases.models import Complaint, Document, Event, Inquiry, Issue, Message
from amends.cases.words import CLOCKS, EVENTS
from amends.people.models import StaffMember
from amends.rules.capabilities import ActorKind
from amends.rules.lifecycle import LETTER_QUEUED, MESSAGE_QUEUED, STEPS

PAGE = 100
# The message itself says that it waits or was sent; a failure is something that happened.
TOLD_BY_THE_MESSAGE = (MESSAGE_QUEUED, LETTER_QUEUED, "message.delivered")
ATTACHED = STEPS["attach"].event
# On its way, a message is a line of its own; its words stand where they were first said.
ON_ITS_WAY = ("message.", "letter.")


@dataclass(frozen=True)
class Entry:
    """One thing that happened: what, when, who did it, and the words or files that came with it."""

    number: int
    name: str  # of the event
    words: str | Promise
    detail: str
    at: datetime
    who: str
    message: Message | None = None
    documents: Sequence[Document] = ()


@dataclass(frozen=True)
class Timeline:
    """A stretch of the stream. ``earlier`` is the number to ask for what came before it, or None."""

    entries: Sequence[Entry]
    earlier: int | None = None


@dataclass
class _Rows:
    """The rows that the events of one stretch speak of."""

    staff: Mapping[int, StaffMember] = field(default_factory=dict)
    messages: Mapping[int, Message] = field(default_factory=dict)
    documents: Mapping[int, Document] = field(default_factory=dict)
    inquiries: Mapping[int, Inquiry] = field(default_factory=dict)
    issues: Mapping[int, Issue] = field(default_factory=dict)


def timeline(
    complaint: Complaint,
    *,
    before: int | None = None,
    limit: int = PAGE,
    issues: Iterable[Issue],
    inquiries: Iterable[Inquiry],
    documents: Iterable[Document],
) -> Timeline:
    """The last ``limit`` events before number ``before`` (of all, without one), in three queries.

    A page shows the case's points, inquiries and documents anyway: it brings those that it has read.
    """
    events = Event.objects.filter(complaint=complaint).exclude(name__in=TOLD_BY_THE_MESSAGE)
    if before is not None:
        events = events.filter(number__lt=before)
    newest = list(events.order_by("-number")[: limit + 1])
    shown = newest[:limit][::-1]
    rows = _rows(shown)
    rows.issues = {issue.pk: issue for issue in issues}
    rows.inquiries = {inquiry.pk: inquiry for inquiry in inquiries}
    rows.documents = {document.pk: document for document in documents}
    entries = [_entry(event, complaint, rows) for event in shown if not _with_words(event, complaint, rows)]
    return Timeline(entries, shown[0].number if len(newest) > limit else None)


def _rows(events: Sequence[Event]) -> _Rows:
    staff = {e.actor_id for e in events if e.actor_kind == ActorKind.STAFF and e.actor_id is not None}
    staff |= _named(events, "handler")
    for event in events:
        staff |= set(event.data.get("about", ()))
    messages = _named(events, "message")
    return _Rows(
        staff=StaffMember.objects.only("name").in_bulk(staff) if staff else {},
        messages=Message.objects.in_bulk(messages) if messages else {},
    )


def _named(events: Iterable[Event], what: str) -> set[int]:
    return {event.data[what] for event in events if isinstance(event.data.get(what), int)}


def came_with_the_story(document: Document, complaint: Complaint) -> bool:
    """Whether a file was put on file with the first word: the scan of the letter, its enclosures."""
    return document.message_id is None and document.at == complaint.registered_at


def _with_words(event: Event, complaint: Complaint, rows: _Rows) -> bool:
    """Whether it is a file that came or went with words: shown with them, and not twice."""
    document = rows.documents.get(event.data.get("document", 0)) if event.name == ATTACHED else None
    if document is None:
        return False
    return document.message_id is not None or came_with_the_story(document, complaint)


def _entry(event: Event, complaint: Complaint, rows: _Rows) -> Entry:
    document = rows.documents.get(event.data.get("document", 0))
    again = event.name.startswith(ON_ITS_WAY)
    message = None if again else rows.messages.get(event.data.get("message", 0))
    documents = [document] if document else []
    if message:
        documents += [d for d in rows.documents.values() if d.message_id == message.pk and d != document]
    return Entry(
        number=event.number,
        name=event.name,
        words=EVENTS[event.name],
        detail=_detail(event, rows),
        at=event.at,
        who=_who(event, complaint, rows),
        message=message,
        documents=documents,
    )


def _who(event: Event, complaint: Complaint, rows: _Rows) -> str:
    if event.actor_kind == ActorKind.CUSTOMER:
        return complaint.speaker.name
    person = rows.staff.get(event.actor_id or 0)
    return person.name if person else str(settings.AMENDS_HOUSE_NAME)


def _detail(event: Event, rows: _Rows) -> str:
    """The little that tells one event of a name from another; the page's sections hold the rest."""
    data = event.data
    inquiry = rows.inquiries.get(data.get("inquiry", 0))
    if inquiry:
        return inquiry.addressee
    issue = rows.issues.get(data.get("issue", 0))
    if issue:
        return f"{issue.position}. {issue.summary}"
    if event.name == "complaint.assigned" and data.get("handler") in rows.staff:
        return rows.staff[data["handler"]].name
    if event.name == "complaint.conflict_declared":
        return ", ".join(rows.staff[pk].name for pk in data["about"] if pk in rows.staff)
    if event.name.startswith("clock."):
        return str(CLOCKS[data["clock"]])
    if event.name == "letter.dispatched":
        return str(DispatchKind(data["kind"]).label)
    return _in_figures(data)


def _in_figures(data: Mapping[str, Any]) -> str:
    """When, or which of several."""
    if "starts_at" in data:
        return date_format(timezone.localtime(datetime.fromisoformat(data["starts_at"])), "DATETIME_FORMAT")
    if "version" in data:
        return _("version %(number)s") % {"number": data["version"]}
    if "round" in data:
        return _("round %(number)s") % {"number": data["round"]}
    return _("level %(number)s") % {"number": data["level"]} if "level" in data else ""
