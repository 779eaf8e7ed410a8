"""The plan, and the leadership's word on it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from amends.cases.actions.door import staff_id, take
from amends.cases.models import Approval, Complaint, Issue, Plan, Remedy
from amends.kit.chain import digest
from amends.people.models import Department
from amends.rules.capabilities import Actor


@dataclass(frozen=True, kw_only=True)
class RemedyDraft:
    """One line of a plan before it is written. Sums in the plan's currency; ``cost`` None: not known yet."""

    kind: str
    description: str
    issue: Issue | None = None
    amount: Decimal | None = None
    cost: Decimal | None = None
    little_more: bool = False
    department: Department | None = None
    within_days: int = 7
    after: int | None = None  # the number (from 1) of the line this one waits for


def plan(
    complaint: Complaint,
    *,
    by: Actor,
    at: datetime,
    currency: str,
    remedies: Sequence[RemedyDraft],
    proposal: str = "",
    prevention: str = "",
) -> Plan:
    """Write a new version of the plan. Earlier versions stay; their approvals do not carry over.

    Raises ValueError when a remedy waits for a line that does not come before it, or names an issue of
    another complaint.
    """
    for number, draft in enumerate(remedies, start=1):
        if draft.after is not None and not 1 <= draft.after < number:
            raise ValueError(f"remedy {number} can only wait for one before it")
        if draft.issue is not None and draft.issue.complaint_id != complaint.pk:
            raise ValueError(f"remedy {number} names an issue of another complaint")
    with take("plan", complaint, by=by, at=at) as case:
        version = Plan.objects.create(
            complaint=case.complaint,
            version=case.complaint.plans.count() + 1,
            author_id=staff_id(by),
            at=at,
            currency=currency,
            proposal=proposal,
            prevention=prevention,
        )
        Remedy.objects.bulk_create(
            Remedy(plan=version, position=number, **vars(draft))
            for number, draft in enumerate(remedies, start=1)
        )
        case.complaint.current_plan = version
        case.say(plan=version.pk, version=version.version, remedies=len(remedies))
    return version


def submit_plan(complaint: Complaint, *, by: Actor, at: datetime) -> Complaint:
    """To the leadership, with the handler's own proposal (mission E8)."""
    with take("submit_plan", complaint, by=by, at=at) as case:
        case.say(plan=case.facts.plan_id, cost=str(case.facts.plan_cost), currency=case.facts.plan_currency)
    return case.complaint


def approve(complaint: Complaint, *, by: Actor, at: datetime, plan: Plan, note: str = "") -> Complaint:
    """Approve this version: within one's authority, and never one's own (guards of ``approve``)."""
    return _word("approve", complaint, by=by, at=at, plan=plan, note=note, approved=True)


def send_back(complaint: Complaint, *, by: Actor, at: datetime, plan: Plan, note: str) -> Complaint:
    """Send this version back, saying why."""
    return _word("send_back", complaint, by=by, at=at, plan=plan, note=note, approved=False)


def _word(
    step: str, complaint: Complaint, *, by: Actor, at: datetime, plan: Plan, note: str, approved: bool
) -> Complaint:
    with take(step, complaint, by=by, at=at, this_plan=plan.pk, words=bool(note.strip())) as case:
        Approval.objects.create(plan=plan, approved=approved, by_id=staff_id(by), at=at, note=note)
        case.say(plan=plan.pk, version=plan.version, note_sha256=digest(note))
    return case.complaint
