"""Reading complaints, and everything that hangs on one."""

from typing import Any

from django.http import Http404
from django.utils.translation import gettext_noop
from ninja import Query

from amends.api.auth import Request
from amends.api.finding import clean, complaint_of
from amends.api.lists import ComplaintFilters, EventFilters, complaint_page, event_page
from amends.api.operations import RESOURCES, reads
from amends.api.schemas.answers import (
    AgreementFile,
    ComplaintFile,
    ComplaintRow,
    CustomerFile,
    DepartmentFile,
    DutyFile,
    EventFile,
    InquiryFile,
    IssueFile,
    Listing,
    MessageFile,
    OfferFile,
    Page,
    StaffFile,
    StepFile,
)
from amends.api.schemas.clocks import ClockFile
from amends.api.schemas.plans import PlanFile
from amends.cases.models import Complaint
from amends.cases.possible import possible_steps
from amends.cases.words import REASONS, STEPS
from amends.kit.clock import now
from amends.people.models import Customer, Department, StaffMember

TOPIC = gettext_noop("Reading")


@reads(TOPIC, "/complaints", Page[ComplaintRow])
def complaints(request: Request, filters: Query[ComplaintFilters]) -> dict[str, Any]:
    """Complaints, newest first"""
    return complaint_page(request, filters)


@reads(TOPIC, "/complaints/{key}", ComplaintFile)
def complaint(request: Request, key: str) -> Complaint:
    """One complaint"""
    return complaint_of(request, key)


@reads(TOPIC, "/complaints/{key}/steps", Listing[StepFile])
def steps(request: Request, key: str) -> dict[str, Any]:
    """What can be done now, and what is missing for the rest"""
    row = complaint_of(request, key)
    possible = (p for p in possible_steps(row, request.auth.actor, at=now()) if p.step.name in RESOURCES)
    return {
        "items": [
            {
                "step": p.step.name,
                "words": str(STEPS[p.step.name]),
                "now": p.now,
                "resource": RESOURCES[p.step.name].path.replace("{key}", row.key),
                "reasons": [{"code": reason.value, "sentence": str(REASONS[reason])} for reason in p.reasons],
            }
            for p in possible
        ]
    }


@reads(TOPIC, "/complaints/{key}/issues", Listing[IssueFile])
def issues(request: Request, key: str) -> dict[str, Any]:
    """The points of the complaint, with their findings"""
    return {"items": complaint_of(request, key).issues.all()}


@reads(TOPIC, "/complaints/{key}/messages", Listing[MessageFile])
def messages(request: Request, key: str) -> dict[str, Any]:
    """What was said and written, both ways, and the notes"""
    return {"items": complaint_of(request, key).messages.all()}


@reads(TOPIC, "/complaints/{key}/inquiries", Listing[InquiryFile])
def inquiries(request: Request, key: str) -> dict[str, Any]:
    """Who was asked, and their statements"""
    return {"items": complaint_of(request, key).inquiries.select_related("colleague", "department")}


@reads(TOPIC, "/complaints/{key}/plans", Listing[PlanFile])
def plans(request: Request, key: str) -> dict[str, Any]:
    """Every version of the plan"""
    rows = complaint_of(request, key).plans.select_related("author", "policy")
    joined = ("remedies__issue", "remedies__department", "approvals__by", "approvals__instead_of")
    return {"items": rows.prefetch_related(*joined)}


@reads(TOPIC, "/complaints/{key}/offers", Listing[OfferFile])
def offers(request: Request, key: str) -> dict[str, Any]:
    """Every round of the negotiation"""
    return {"items": complaint_of(request, key).offers.select_related("plan")}


@reads(TOPIC, "/complaints/{key}/agreements", Listing[AgreementFile])
def agreements(request: Request, key: str) -> dict[str, Any]:
    """What both sides agreed"""
    return {"items": complaint_of(request, key).agreements.select_related("offer", "pdf", "authority")}


@reads(TOPIC, "/complaints/{key}/duties", Listing[DutyFile])
def duties(request: Request, key: str) -> dict[str, Any]:
    """What each department does, and the proof"""
    rows = complaint_of(request, key).duties.select_related("remedy", "department", "waits_for")
    return {"items": rows}


@reads(TOPIC, "/complaints/{key}/clocks", Listing[ClockFile])
def clocks(request: Request, key: str) -> dict[str, Any]:
    """What was promised until when"""
    return {"items": complaint_of(request, key).clocks.all()}


@reads(TOPIC, "/complaints/{key}/events", Listing[EventFile])
def complaint_events(request: Request, key: str) -> dict[str, Any]:
    """What happened to this complaint, chained"""
    return {"items": complaint_of(request, key).events.select_related("complaint")}


@reads(TOPIC, "/events", Page[EventFile])
def events(request: Request, filters: Query[EventFilters]) -> dict[str, Any]:
    """What happened to all complaints, oldest first: the event stream"""
    return event_page(request, filters)


@reads(TOPIC, "/customers/{key}", CustomerFile)
def customer(request: Request, key: str) -> Customer:
    """A customer, and what they need"""
    row = Customer.objects.filter(key=clean(key)).first()
    if row is None:
        raise Http404
    return row


@reads(TOPIC, "/staff", Listing[StaffFile])
def staff(request: Request) -> dict[str, Any]:
    """Who works here"""
    return {"items": StaffMember.objects.filter(is_active=True).select_related("department")}


@reads(TOPIC, "/departments", Listing[DepartmentFile])
def departments(request: Request) -> dict[str, Any]:
    """The departments of the house"""
    return {"items": Department.objects.all()}
