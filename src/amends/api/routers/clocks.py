"""Clocks: what falls due, and a clock that waits, goes on, is extended or moved."""

from typing import Any

from django.utils.translation import gettext_noop
from ninja import Query

from amends.api.auth import Request
from amends.api.finding import act, clock_of
from amends.api.lists import ClockFilters, clock_page
from amends.api.operations import reads, step
from amends.api.schemas.answers import ComplaintFile, Page
from amends.api.schemas.clocks import DueClock
from amends.api.schemas.given import NoteGiven, ToCustomer, Why
from amends.cases import actions
from amends.cases.models import Complaint
from amends.kit.clock import now

TOPIC = gettext_noop("Clocks")


@reads(TOPIC, "/clocks", Page[DueClock])
def due_clocks(request: Request, filters: Query[ClockFilters]) -> dict[str, Any]:
    """The clocks that run, the earliest due first"""
    return clock_page(request, filters)


@step(TOPIC, "/complaints/{key}/clocks/{clock}/pause", ComplaintFile, takes="pause_clock")
def pause(request: Request, key: str, clock: str, given: Why) -> Complaint:
    """Let a clock wait for the customer, where its rule allows that"""
    row = clock_of(request, key, clock)
    return actions.pause_clock(row, by=request.auth.actor, at=now(), why=given.why)


@step(TOPIC, "/complaints/{key}/clocks/{clock}/resumption", ComplaintFile, takes="resume_clock")
def resumption(request: Request, key: str, clock: str) -> Complaint:
    """Let a clock go on"""
    return actions.resume_clock(clock_of(request, key, clock), by=request.auth.actor, at=now())


@step(TOPIC, "/complaints/{key}/clocks/{clock}/extension", ComplaintFile, takes="extend_clock")
def extension(request: Request, key: str, clock: str, given: ToCustomer) -> Complaint:
    """Take the longer time that the rule permits, with the letter that it asks for"""
    row = clock_of(request, key, clock)
    return actions.extend_clock(row, by=request.auth.actor, at=now(), **given.model_dump())


@step(TOPIC, "/complaints/{key}/clocks/{clock}/new-day", ComplaintFile, takes="move_clock")
def new_day(request: Request, key: str, clock: str) -> Complaint:
    """Confirm the day that a change of the rules proposes"""
    return actions.move_clock(clock_of(request, key, clock), by=request.auth.actor, at=now())


@step(TOPIC, "/complaints/{key}/reviews", ComplaintFile, takes="review")
def reviews(request: Request, key: str, given: NoteGiven) -> Complaint:
    """Look at a case that takes long"""
    return act(request, key, actions.review, **given.model_dump())
