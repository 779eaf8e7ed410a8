"""Who handles it, what is found out and from whom, and the decision, issue by issue."""

from collections.abc import Collection, Mapping
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Any

from amends.cases.actions.door import Case, staff_id, take
from amends.cases.levels import level_above
from amends.cases.models import Complaint, Inquiry, Issue
from amends.kit.chain import digest
from amends.people.models import Department, StaffMember
from amends.rules.capabilities import HIGHEST_LEVEL, Actor


def assign(complaint: Complaint, *, by: Actor, at: datetime, handler: StaffMember) -> Complaint:
    """Put the case on somebody's desk. Never on the desk of who is complained about."""
    with take(
        "assign", complaint, by=by, at=at, candidate_id=handler.pk, candidate_level=handler.role.level
    ) as case:
        case.complaint.handler = handler
        case.complaint.department_id = handler.department_id
        case.say(handler=handler.pk)
    return case.complaint


def declare_conflict(
    complaint: Complaint, *, by: Actor, at: datetime, about: Collection[StaffMember]
) -> Complaint:
    """Name who is complained about: they no longer see the case, and it leaves their desk (mission N6)."""
    with take("declare_conflict", complaint, by=by, at=at) as case:
        case.complaint.complained_about.set(about)
        if case.complaint.handler in about:
            case.complaint.handler = None
        case.say(about=sorted(person.pk for person in about))
    return case.complaint


def escalate(complaint: Complaint, *, by: Actor, at: datetime, why: str = "") -> Complaint:
    """One level higher (mission E3): the case leaves a desk that is too low for it."""
    with take("escalate", complaint, by=by, at=at) as case:
        raise_level(case.complaint)
        case.say(level=case.complaint.level, why_sha256=digest(why))
    return case.complaint


def reach_executive(complaint: Complaint, *, by: Actor, at: datetime) -> Complaint:
    """The customer wrote to the chief executive: the top looks on, and it is acknowledged anew (mission A2).

    A letter on a case that is there already raises it once more, for the top to see.
    """
    with take("reach_executive", complaint, by=by, at=at) as case:
        case.say(again=case.complaint.to_executive)
        case.complaint.to_executive, case.complaint.watch_level = True, HIGHEST_LEVEL
    return case.complaint


def raise_level(complaint: Complaint) -> None:
    """Up to the next level that somebody holds, and off the desk of a handler who is below it."""
    complaint.level = level_above(complaint)
    if complaint.handler and complaint.handler.role.level < complaint.level:
        complaint.handler = None


def investigate(complaint: Complaint, *, by: Actor, at: datetime) -> Complaint:
    """The handler begins to find out."""
    with take("investigate", complaint, by=by, at=at) as case:
        case.say(handler=case.complaint.handler_id)
    return case.complaint


def add_issue(
    complaint: Complaint,
    *,
    by: Actor,
    at: datetime,
    summary: str,
    category: str,
    details: Mapping[str, Any] | None = None,
) -> Issue:
    """Another point of the same complaint, to be decided on its own."""
    with take("add_issue", complaint, by=by, at=at, words=bool(summary.strip())) as case:
        issue = Issue.objects.create(
            complaint=case.complaint,
            position=case.complaint.issues.count() + 1,
            summary=summary,
            category=category,
            **(details or {}),
        )
        case.say(issue=issue.pk)
    return issue


def find(issue: Issue, *, by: Actor, at: datetime, finding: str, reasons: str, cause: str = "") -> Issue:
    """What was found of one issue (mission C2), with the reasons and, if known, the cause."""
    with take("find", issue.complaint, by=by, at=at, words=bool(reasons.strip())) as case:
        issue.finding, issue.reasons, issue.cause = finding, reasons, cause
        issue.found_by_id, issue.found_at = by.id, at
        issue.save()
        case.say(issue=issue.pk, finding=finding, reasons_sha256=digest(reasons))
    return issue


def ask(
    complaint: Complaint,
    *,
    by: Actor,
    at: datetime,
    question: str,
    due_at: datetime,
    colleague: StaffMember | None = None,
    department: Department | None = None,
    third_party: str = "",
) -> Inquiry:
    """A neutral question to a colleague, a department or a third party (mission B3)."""
    with take("ask", complaint, by=by, at=at, words=bool(question.strip())) as case:
        inquiry = Inquiry.objects.create(
            complaint=case.complaint,
            question=question,
            due_at=due_at,
            colleague=colleague,
            department=department,
            third_party=third_party,
            asked_by_id=staff_id(by),
            asked_at=at,
        )
        case.say(inquiry=inquiry.pk)
    return inquiry


def answer_inquiry(inquiry: Inquiry, *, by: Actor, at: datetime, statement: str) -> Inquiry:
    """The statement of who was asked. Once given, it stands."""
    with _inquiry("answer_inquiry", inquiry, by=by, at=at, words=statement) as case:
        Inquiry.objects.filter(pk=inquiry.pk).update(
            statement=statement, answered_at=at, answered_by_name=by.name, is_open=False
        )
        case.say(inquiry=inquiry.pk, statement_sha256=digest(statement))
    inquiry.refresh_from_db()
    return inquiry


def set_inquiry_aside(inquiry: Inquiry, *, by: Actor, at: datetime, why: str) -> Inquiry:
    """Why the decision does not wait for this answer."""
    with _inquiry("set_inquiry_aside", inquiry, by=by, at=at, words=why) as case:
        Inquiry.objects.filter(pk=inquiry.pk).update(set_aside=why, is_open=False)
        case.say(inquiry=inquiry.pk)
    inquiry.refresh_from_db()
    return inquiry


def _inquiry(
    step: str, inquiry: Inquiry, *, by: Actor, at: datetime, words: str
) -> AbstractContextManager[Case]:
    ours = inquiry.colleague_id == by.id if inquiry.colleague_id else _works_in(by, inquiry.department_id)
    return take(
        step,
        inquiry.complaint,
        by=by,
        at=at,
        words=bool(words.strip()),
        still_open=lambda: Inquiry.objects.filter(pk=inquiry.pk, is_open=True).exists(),
        own_department=ours or inquiry.asked_by_id == by.id,
    )


def _works_in(by: Actor, department_id: int | None) -> bool:
    if by.id is None or department_id is None:
        return False
    return StaffMember.objects.filter(pk=by.id, department_id=department_id).exists()


def decide(complaint: Complaint, *, by: Actor, at: datetime) -> Complaint:
    """The findings stand: from here it is a plan and an offer, or a refusal with reasons."""
    with take("decide", complaint, by=by, at=at) as case:
        case.say(findings=dict(case.complaint.issues.values_list("pk", "finding")))
    return case.complaint
