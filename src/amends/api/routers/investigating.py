"""Who handles it, what is found out, and the decision."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop
from ninja import Path

from amends.api.auth import Request
from amends.api.finding import act, all_staff_named, department_named, inquiry_of, issue_of, staff_named
from amends.api.operations import step
from amends.api.problems import Invalid
from amends.api.schemas.answers import ComplaintFile, InquiryFile, IssueFile
from amends.api.schemas.given import (
    Assignment,
    Conflict,
    FindingGiven,
    InquiryGiven,
    IssueGiven,
    Statement,
    Why,
)
from amends.api.schemas.values import Number
from amends.cases import actions
from amends.cases.models import Complaint, Inquiry, Issue
from amends.kit.clock import now

TOPIC = gettext_noop("Investigating")


@step(TOPIC, "/complaints/{key}/assignment", ComplaintFile, takes="assign")
def assignment(request: Request, key: str, given: Assignment) -> Complaint:
    """Put the complaint on somebody’s desk"""
    return act(request, key, actions.assign, handler=staff_named(given.handler, "handler"))


@step(TOPIC, "/complaints/{key}/conflicts", ComplaintFile, takes="declare_conflict")
def conflicts(request: Request, key: str, given: Conflict) -> Complaint:
    """Name who is complained about: they see the complaint no more"""
    return act(request, key, actions.declare_conflict, about=all_staff_named(given.about, "about"))


@step(TOPIC, "/complaints/{key}/escalation", ComplaintFile, takes="escalate")
def escalation(request: Request, key: str, given: Why) -> Complaint:
    """Take it one level higher"""
    return act(request, key, actions.escalate, why=given.why)


@step(TOPIC, "/complaints/{key}/executive-route", ComplaintFile, takes="reach_executive")
def executive_route(request: Request, key: str) -> Complaint:
    """The customer wrote to the chief executive: take it to the top, and acknowledge it anew"""
    return act(request, key, actions.reach_executive)


@step(TOPIC, "/complaints/{key}/investigation", ComplaintFile, takes="investigate")
def investigation(request: Request, key: str) -> Complaint:
    """Begin the investigation"""
    return act(request, key, actions.investigate)


@step(TOPIC, "/complaints/{key}/issues", IssueFile, takes="add_issue", status=201)
def add_issue(request: Request, key: str, given: IssueGiven) -> Issue:
    """Add another point, to be decided on its own"""
    details = given.details.model_dump() if given.details else None
    return act(
        request, key, actions.add_issue, summary=given.summary, category=given.category, details=details
    )


@step(TOPIC, "/complaints/{key}/issues/{position}/finding", IssueFile, takes="find")
def finding(request: Request, key: str, position: Path[Number], given: FindingGiven) -> Issue:
    """Record what was found of a point, with the reasons"""
    issue = issue_of(request, key, position)
    return actions.find(issue, by=request.auth.actor, at=now(), **given.model_dump())


@step(TOPIC, "/complaints/{key}/inquiries", InquiryFile, takes="ask", status=201)
def ask(request: Request, key: str, given: InquiryGiven) -> Inquiry:
    """Ask a colleague, a department or a third party for a statement"""
    if sum(map(bool, (given.colleague, given.department, given.third_party.strip()))) != 1:
        raise Invalid("colleague", _("Ask one: a colleague, a department or a third party."))
    return act(
        request,
        key,
        actions.ask,
        question=given.question,
        due_at=given.due_at,
        colleague=staff_named(given.colleague, "colleague") if given.colleague else None,
        department=department_named(given.department, "department"),
        third_party=given.third_party,
    )


@step(TOPIC, "/complaints/{key}/inquiries/{inquiry}/statement", InquiryFile, takes="answer_inquiry")
def statement(request: Request, key: str, inquiry: str, given: Statement) -> Inquiry:
    """Give the statement that was asked for"""
    asked = inquiry_of(request, key, inquiry)
    return actions.answer_inquiry(asked, by=request.auth.actor, at=now(), statement=given.statement)


@step(TOPIC, "/complaints/{key}/inquiries/{inquiry}/set-aside", InquiryFile, takes="set_inquiry_aside")
def set_aside(request: Request, key: str, inquiry: str, given: Why) -> Inquiry:
    """Say why the decision does not wait for a statement"""
    asked = inquiry_of(request, key, inquiry)
    return actions.set_inquiry_aside(asked, by=request.auth.actor, at=now(), why=given.why)


@step(TOPIC, "/complaints/{key}/decision", ComplaintFile, takes="decide")
def decision(request: Request, key: str) -> Complaint:
    """Decide: the findings stand"""
    return act(request, key, actions.decide)
