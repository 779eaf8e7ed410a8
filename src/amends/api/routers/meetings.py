"""Talks at an appointed time."""

from typing import Any

from django.utils.translation import gettext_noop

from amends.api.auth import Request
from amends.api.finding import act, complaint_of, meeting_of, staff_named
from amends.api.operations import reads, step
from amends.api.schemas.answers import Listing
from amends.api.schemas.meetings import Cancellation, MeetingFile, MeetingGiven, NewTime
from amends.cases.models import Meeting
from amends.correspondence.meetings import booking
from amends.kit.clock import now

TOPIC = gettext_noop("Talks")


@reads(TOPIC, "/complaints/{key}/meetings", Listing[MeetingFile])
def meetings(request: Request, key: str) -> dict[str, Any]:
    """The talks with the customer, in the order of their times"""
    return {"items": complaint_of(request, key).meetings.select_related("staff")}


@step(TOPIC, "/complaints/{key}/meetings", MeetingFile, takes="book_meeting", status=201)
def meeting(request: Request, key: str, given: MeetingGiven) -> Meeting:
    """Book a talk; the customer and who holds it get an invitation for their calendars"""
    values = given.model_dump() | {"staff": staff_named(given.staff, "staff")}
    return act(request, key, booking.book, **values)


@step(TOPIC, "/complaints/{key}/meetings/{meeting}/new-time", MeetingFile, takes="move_meeting")
def new_time(request: Request, key: str, meeting: str, given: NewTime) -> Meeting:
    """Move a talk; calendars follow"""
    row = meeting_of(request, key, meeting)
    return booking.move(row, by=request.auth.actor, at=now(), **given.model_dump())


@step(TOPIC, "/complaints/{key}/meetings/{meeting}/cancellation", MeetingFile, takes="cancel_meeting")
def cancellation(request: Request, key: str, meeting: str, given: Cancellation) -> Meeting:
    """Cancel a talk; it leaves the calendars"""
    row = meeting_of(request, key, meeting)
    return booking.cancel(row, by=request.auth.actor, at=now(), why=given.why)
