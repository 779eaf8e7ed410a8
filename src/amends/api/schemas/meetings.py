"""Talks at an appointed time: what programs send, and what they get."""

from datetime import datetime
from typing import Annotated

from ninja import Schema
from pydantic import Field

from amends.api.schemas.values import Given, Line, Long, Moment
from amends.cases.choices import MeetingKind
from amends.cases.models import Meeting


class NewTime(Given):
    """When, how and where a talk takes place."""

    kind: MeetingKind
    starts_at: Moment
    minutes: Annotated[int, Field(strict=True, ge=1, le=1440)]
    place: Annotated[Line, Field(max_length=200)] = ""


class MeetingGiven(NewTime):
    """A talk with the customer. ``staff`` is who talks with them, by key or e-mail address."""

    staff: Line
    about: Annotated[Long, Field(max_length=2000)] = ""


class Cancellation(Given):
    """Why a talk does not take place; the customer reads it."""

    why: Annotated[Long, Field(max_length=1000)] = ""


class MeetingFile(Schema):
    """A talk at an appointed time. ``uid`` and ``sequence`` are those of its iCalendar object."""

    key: str
    uid: str
    sequence: int
    kind: str
    starts_at: datetime
    ends_at: datetime
    place: str
    about: str
    staff: str
    cancelled_at: datetime | None
    why_cancelled: str
    reminded_at: datetime | None

    @staticmethod
    def resolve_staff(row: Meeting) -> str:
        """Who talks with the customer, by name."""
        return row.staff.name
