"""Long lists, walked by keyset: each part costs the same, and nothing is counted."""

from typing import Annotated, Any

from django.db.models import Exists, OuterRef
from ninja import Schema
from pydantic import Field

from amends.api.auth import Request
from amends.api.cursors import cursor_after, read_cursor
from amends.api.finding import staff_named
from amends.api.schemas.values import Line, Moment
from amends.cases.models import Clock, Complaint, ComplaintQuerySet, Event
from amends.rules.lifecycle import Stage

Limit = Annotated[int, Field(ge=1, le=100)]
EventId = Annotated[int, Field(ge=0, le=2**63 - 1)]


class ComplaintFilters(Schema):
    """``handler``: key or e-mail address, ``me``, or ``nobody``."""

    after: Line = ""
    limit: Limit = 25
    stage: Stage | None = None
    handler: Line = ""
    open: bool | None = None
    received_after: Moment | None = None


class EventFilters(Schema):
    """``after``: the id of the last event that was read."""

    after: EventId = 0
    limit: Limit = 100


def complaint_page(request: Request, filters: ComplaintFilters) -> dict[str, Any]:
    """A part of the complaints that the caller may see, newest first, in the order of one index."""
    rows = Complaint.objects.visible_to(request.auth.staff).for_rows().order_by("-received_at", "-id")
    rows = _filtered(rows, request, filters)
    if filters.after:
        at, row_id = read_cursor(filters.after)
        rows = rows.filter(received_at__lte=at).exclude(received_at=at, id__gte=row_id)
    found = list(rows[: filters.limit + 1])
    items, more = found[: filters.limit], len(found) > filters.limit
    return {"items": items, "next": cursor_after(items[-1].received_at, items[-1].pk) if more else None}


class ClockFilters(Schema):
    """``due_before``: only those due before this time."""

    after: Line = ""
    limit: Limit = 100
    due_before: Moment | None = None


def clock_page(request: Request, filters: ClockFilters) -> dict[str, Any]:
    """A part of the clocks that run, of cases that the caller may see, the earliest due first."""
    about_me = Complaint.complained_about.through.objects.filter(
        complaint_id=OuterRef("complaint_id"), staffmember_id=request.auth.staff.pk
    )
    rows = Clock.objects.filter(~Exists(about_me), stopped_at__isnull=True).order_by("due_at", "id")
    if filters.due_before is not None:
        rows = rows.filter(due_at__lt=filters.due_before)
    if filters.after:
        at, row_id = read_cursor(filters.after)
        rows = rows.filter(due_at__gte=at).exclude(due_at=at, id__lte=row_id)
    found = list(rows.select_related("complaint__handler")[: filters.limit + 1])
    items, more = found[: filters.limit], len(found) > filters.limit
    return {"items": items, "next": cursor_after(items[-1].due_at, items[-1].pk) if more else None}


def _filtered(rows: ComplaintQuerySet, request: Request, filters: ComplaintFilters) -> ComplaintQuerySet:
    if filters.stage is not None:
        rows = rows.filter(stage=filters.stage)
    if filters.open is not None:
        rows = rows.filter(is_open=filters.open)
    if filters.received_after is not None:
        rows = rows.filter(received_at__gt=filters.received_after)
    match filters.handler:
        case "":
            return rows
        case "me":
            return rows.handled_by(request.auth.staff)
        case "nobody":
            return rows.unassigned()
        case name:
            return rows.handled_by(staff_named(name, "handler"))


def event_page(request: Request, filters: EventFilters) -> dict[str, Any]:
    """A part of everything that happened, oldest first. ``next`` says where to go on, also at the end."""
    about_me = Complaint.complained_about.through.objects.filter(
        complaint_id=OuterRef("complaint_id"), staffmember_id=request.auth.staff.pk
    )
    rows = Event.objects.filter(~Exists(about_me), pk__gt=filters.after).order_by("pk")
    items = list(rows.select_related("complaint").only(*_event_fields)[: filters.limit])
    return {"items": items, "next": str(items[-1].pk if items else filters.after)}


_event_fields = [f.attname for f in Event._meta.concrete_fields if f.name != "complaint"]
_event_fields += ["complaint__key"]
