"""Booking, moving, cancelling and reminding: the step, the text to the customer and the calendar in one."""

from datetime import datetime
from functools import partial

from amends.cases import actions
from amends.cases.clocks import each, first_of
from amends.cases.models import Complaint, Meeting
from amends.correspondence.meetings.said import (
    BOOKED,
    CANCELLED,
    MOVED,
    REMINDER,
    day_and_hours,
    invitation,
)
from amends.people.models import StaffMember
from amends.rules.capabilities import SYSTEM, Actor


def book(
    complaint: Complaint,
    *,
    by: Actor,
    at: datetime,
    kind: str,
    starts_at: datetime,
    minutes: int,
    staff: StaffMember,
    place: str = "",
    about: str = "",
) -> Meeting:
    """Appoint a talk and invite the customer to it. Raises Refused."""
    return actions.book_meeting(
        complaint,
        by=by,
        at=at,
        kind=kind,
        starts_at=starts_at,
        minutes=minutes,
        staff=staff,
        place=place,
        about=about,
        invite=partial(invitation, BOOKED, at=at),
    )


def move(
    meeting: Meeting,
    *,
    by: Actor,
    at: datetime,
    kind: str,
    starts_at: datetime,
    minutes: int,
    place: str = "",
) -> Meeting:
    """Another time for it; calendars follow. Raises Refused."""
    was = day_and_hours(meeting.starts_at, meeting.ends_at, meeting.complaint.language)
    return actions.move_meeting(
        meeting,
        by=by,
        at=at,
        kind=kind,
        starts_at=starts_at,
        minutes=minutes,
        place=place,
        invite=partial(invitation, MOVED, at=at, was=was),
    )


def cancel(meeting: Meeting, *, by: Actor, at: datetime, why: str = "") -> Meeting:
    """It does not take place; it leaves the calendars. ``why`` is told to the customer. Raises Refused."""
    return actions.cancel_meeting(
        meeting, by=by, at=at, why=why, invite=partial(invitation, CANCELLED, at=at)
    )


def remind(at: datetime) -> int:
    """Remind both sides of each talk that begins within a day of ``at``, once; how many.

    Any number of workers may do this at once; whoever comes second finds nothing left to do.
    """
    rows = Meeting.objects.filter(cancelled_at__isnull=True, reminded_at__isnull=True)
    soon = rows.filter(starts_at__gt=at, starts_at__lte=at + actions.REMINDER)
    due = soon.select_related("complaint", "staff").order_by("starts_at", "pk")
    invite = partial(invitation, REMINDER, at=at)
    return each(
        first_of(due), lambda meeting: actions.remind_of_meeting(meeting, by=SYSTEM, at=at, invite=invite)
    )
