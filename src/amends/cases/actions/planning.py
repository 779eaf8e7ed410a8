"""The plan, and the leadership's word on it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from amends.cases.actions.door import Case, staff_id, take
from amends.cases.models import Approval, Complaint, CustomerPart, Issue, Plan, Remedy
from amends.cases.policy import judge
from amends.kit.chain import digest
from amends.people.models import Department
from amends.rules.authority import covering
from amends.rules.capabilities import Actor
from amends.rules.lifecycle import APPROVAL_VOIDED, Facts


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


@dataclass(frozen=True, kw_only=True)
class PartDraft:
    """One thing that the customer does in return, and within how many days of the signature."""

    description: str
    within_days: int = 14


def plan(
    complaint: Complaint,
    *,
    by: Actor,
    at: datetime,
    currency: str,
    remedies: Sequence[RemedyDraft],
    proposal: str = "",
    prevention: str = "",
    departure: str = "",
    customer_parts: Sequence[PartDraft] = (),
) -> Plan:
    """Write a new version of the plan. Earlier versions stay; their approvals are void from now on.

    It is held against the policy in force and against what the law gives at least; ``departure`` says why it
    is not what the policy proposes.

    Raises ValueError when a remedy waits for a line that does not come before it, or names an issue of
    another complaint.
    """
    for number, draft in enumerate(remedies, start=1):
        if draft.after is not None and not 1 <= draft.after < number:
            raise ValueError(f"remedy {number} can only wait for one before it")
        if draft.issue is not None and draft.issue.complaint_id != complaint.pk:
            raise ValueError(f"remedy {number} names an issue of another complaint")
    with take("plan", complaint, by=by, at=at) as case:
        judged = judge(case.complaint, remedies, currency=currency, at=at)
        _void_approvals(case)
        version = Plan.objects.create(
            complaint=case.complaint,
            version=case.complaint.plans.count() + 1,
            author_id=staff_id(by),
            at=at,
            currency=currency,
            proposal=proposal,
            prevention=prevention,
            policy=judged.policy,
            proposed=judged.proposed,
            departs=judged.departs,
            departure=departure if judged.departs else "",
            approve_level=judged.approve_level,
            below_floor=list(judged.below_floor),
        )
        CustomerPart.objects.bulk_create(
            CustomerPart(plan=version, position=number, **vars(part))
            for number, part in enumerate(customer_parts, start=1)
        )
        Remedy.objects.bulk_create(
            Remedy(plan=version, position=number, **vars(draft))
            for number, draft in enumerate(remedies, start=1)
        )
        case.complaint.current_plan = version
        case.say(plan=version.pk, version=version.version, remedies=len(remedies))
        if judged.policy:
            case.say(policy=judged.policy.version, departs=judged.departs)
    return version


def _void_approvals(case: Case) -> None:
    """What was approved was another plan."""
    said = Approval.objects.filter(plan__complaint=case.complaint, voided_at__isnull=True)
    for plan_id, approved in said.values_list("plan_id", "approved"):
        if approved and plan_id == case.complaint.current_plan_id:
            case.also(APPROVAL_VOIDED, plan=plan_id)
    said.update(voided_at=case.at)


def submit_plan(complaint: Complaint, *, by: Actor, at: datetime) -> Complaint:
    """To the leadership, with the handler's own proposal (mission E8)."""
    with take("submit_plan", complaint, by=by, at=at) as case:
        case.say(plan=case.facts.plan_id, cost=str(case.facts.plan_cost), currency=case.facts.plan_currency)
    return case.complaint


def take_back_plan(complaint: Complaint, *, by: Actor, at: datetime) -> Complaint:
    """Back from the leadership before it has said its word, to be changed."""
    with take("take_back_plan", complaint, by=by, at=at) as case:
        case.say(plan=case.facts.plan_id)
    return case.complaint


def approve(
    complaint: Complaint, *, by: Actor, at: datetime, plan: Plan, note: str = "", via: str = ""
) -> Complaint:
    """Approve this version: within one's authority, and never one's own (guards of ``approve``).

    ``via`` goes into the event: "mail" for who answered by the link in theirs.
    """
    return _word("approve", complaint, by=by, at=at, plan=plan, note=note, via=via, approved=True)


def endorse(
    complaint: Complaint, *, by: Actor, at: datetime, plan: Plan, note: str = "", via: str = ""
) -> Complaint:
    """Say yes as the first of the two who must look at a plan of this sum; one of them has the authority."""
    return _word("endorse", complaint, by=by, at=at, plan=plan, note=note, via=via, approved=True)


def send_back(
    complaint: Complaint, *, by: Actor, at: datetime, plan: Plan, note: str, via: str = ""
) -> Complaint:
    """Send this version back, saying why."""
    return _word("send_back", complaint, by=by, at=at, plan=plan, note=note, via=via, approved=False)


def _word(
    step: str,
    complaint: Complaint,
    *,
    by: Actor,
    at: datetime,
    plan: Plan,
    note: str,
    via: str,
    approved: bool,
) -> Complaint:
    with take(step, complaint, by=by, at=at, this_plan=plan.pk, words=bool(note.strip())) as case:
        covers, instead_of = _whose_authority(case.facts, by) if approved else (True, None)
        Approval.objects.create(
            plan=plan,
            approved=approved,
            by_id=staff_id(by),
            at=at,
            note=note,
            first_of_two=step == "endorse",
            covers=covers,
            instead_of_id=instead_of,
        )
        case.say(plan=plan.pk, version=plan.version, note_sha256=digest(note))
        if instead_of:
            case.say(instead_of=instead_of)
        if via:
            case.say(via=via)
    return case.complaint


def _whose_authority(facts: Facts, by: Actor) -> tuple[bool, int | None]:
    """Whether the one who approves has the authority, and who it is that they stand in for."""
    if facts.spending is None:
        return False, None
    found = covering(
        by.authority,
        facts.spending,
        author=facts.plan_author_id,
        about=facts.complained_about,
        at=facts.at,
        spent=facts.spent_this_month,
    )
    return found is not None, found.holder if found and found.holder != by.id else None
