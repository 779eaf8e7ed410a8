"""Talks at an appointed time: booked, moved, cancelled, and both sides reminded.

What is said to the customer about it, and the calendar object that goes with it, are made by the caller
(``correspondence.meetings``) once the row stands, inside the same transaction.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import uuid4

from amends.cases.actions.door import Case, take
from amends.cases.actions.outgoing import tell_customer
from amends.cases.choices import Channel, Purpose
from amends.cases.models import Complaint, Meeting
from amends.people.models import StaffMember
from amends.rules.capabilities import Actor

REMINDER = timedelta(days=1)  # before it begins
FRESH = timedelta(hours=26)  # who was told so shortly before needs no reminder


@dataclass(frozen=True)
class Invitation:
    """What the customer is told, and the iCalendar object that goes with it by mail."""

    subject: str
    body: str
    calendar: str = ""


Invite = Callable[[Meeting], Invitation]


def book_meeting(
    complaint: Complaint,
    *,
    by: Actor,
    at: datetime,
    kind: str,
    starts_at: datetime,
    minutes: int,
    staff: StaffMember,
    invite: Invite,
    place: str = "",
    about: str = "",
) -> Meeting:
    """Appoint a talk of a member of staff with the customer."""
    with take("book_meeting", complaint, by=by, at=at, ahead=starts_at > at, candidate_id=staff.pk) as case:
        meeting = Meeting(
            complaint=case.complaint,
            uid=str(uuid4()),
            kind=kind,
            place=place.strip(),
            about=about.strip(),
            staff=staff,
            made_at=at,
        )
        _appoint(meeting, at, starts_at, minutes)
        meeting.save(force_insert=True)
        _tell(case, meeting, invite)
    return meeting


def move_meeting(
    meeting: Meeting,
    *,
    by: Actor,
    at: datetime,
    kind: str,
    starts_at: datetime,
    minutes: int,
    invite: Invite,
    place: str = "",
) -> Meeting:
    """Another time, way or place for the same talk. One that was missed can be moved too."""
    still = Meeting.objects.filter(pk=meeting.pk, cancelled_at__isnull=True).exists
    with take(
        "move_meeting", meeting.complaint, by=by, at=at, still_open=still, ahead=starts_at > at
    ) as case:
        row = _fresh(case, meeting)
        row.kind, row.place, row.sequence = kind, place.strip(), row.sequence + 1
        _appoint(row, at, starts_at, minutes)
        row.save()
        _tell(case, row, invite)
    return row


def cancel_meeting(meeting: Meeting, *, by: Actor, at: datetime, invite: Invite, why: str = "") -> Meeting:
    """The talk does not take place."""
    still = Meeting.objects.filter(pk=meeting.pk, cancelled_at__isnull=True, ends_at__gt=at).exists
    with take("cancel_meeting", meeting.complaint, by=by, at=at, still_open=still) as case:
        row = _fresh(case, meeting)
        row.cancelled_at, row.why_cancelled, row.sequence = at, why.strip(), row.sequence + 1
        row.save()
        _tell(case, row, invite)
    return row


def remind_of_meeting(meeting: Meeting, *, by: Actor, at: datetime, invite: Invite) -> Meeting:
    """Both sides are reminded, once. A customer without an e-mail address is left to the member of staff."""
    rows = Meeting.objects.filter(pk=meeting.pk, cancelled_at__isnull=True, reminded_at__isnull=True)
    still = rows.filter(starts_at__gt=at).exists
    with take("remind_of_meeting", meeting.complaint, by=by, at=at, still_open=still) as case:
        row = _fresh(case, meeting)
        row.reminded_at = at
        row.save()
        if case.complaint.speaker.email:
            _tell(case, row, invite)
        else:
            _say(case, row)
    return row


def _fresh(case: Case, meeting: Meeting) -> Meeting:
    row = Meeting.objects.select_related("staff").get(pk=meeting.pk)
    row.complaint = case.complaint
    return row


def _appoint(meeting: Meeting, at: datetime, starts_at: datetime, minutes: int) -> None:
    if minutes < 1:
        raise ValueError("a talk takes a minute at least")
    meeting.starts_at, meeting.ends_at = starts_at, starts_at + timedelta(minutes=minutes)
    meeting.reminded_at = at if starts_at - at <= FRESH else None


def _tell(case: Case, meeting: Meeting, invite: Invite) -> None:
    """By mail if there is an address; else it goes on file as said on the phone, which it has to be."""
    words = invite(meeting)
    mailed = bool(case.complaint.speaker.email)
    tell_customer(
        case,
        purpose=Purpose.MEETING,
        subject=words.subject,
        body=words.body,
        channel=Channel.EMAIL if mailed else Channel.PHONE,
        calendar=words.calendar if mailed else "",
    )
    _say(case, meeting)


def _say(case: Case, meeting: Meeting) -> None:
    case.say(meeting=meeting.pk, starts_at=meeting.starts_at.isoformat(), sequence=meeting.sequence)
