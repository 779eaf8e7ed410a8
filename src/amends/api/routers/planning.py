"""The plan, and the leadership's word on it."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop
from ninja import Path

from amends.api.auth import Request
from amends.api.finding import act, complaint_of, department_named, plan_of
from amends.api.operations import reads, step
from amends.api.problems import Invalid
from amends.api.schemas.answers import ComplaintFile
from amends.api.schemas.given import PlanGiven, RemedyGiven, Word
from amends.api.schemas.plans import PlanFile, ProposalFile
from amends.api.schemas.values import Number
from amends.cases import actions
from amends.cases.models import Complaint, Issue, Plan
from amends.cases.policy import proposal_for
from amends.cases.words_of_policy import floor_words
from amends.kit.clock import now

TOPIC = gettext_noop("Planning")


@reads(TOPIC, "/complaints/{key}/proposal", ProposalFile)
def proposal(request: Request, key: str) -> dict[str, Any]:
    """What the policy proposes for the complaint, and what the law says about it"""
    policy, considered = proposal_for(complaint_of(request, key), now())
    floors = [
        {name: getattr(one, name) for name in ("id", "jurisdiction", "source", "verified")}
        | {"words": floor_words(one), "binding": one.binds}
        for one in considered.floors
    ]
    return considered.as_data() | {"policy": policy.version if policy else None, "floors": floors}


@step(TOPIC, "/complaints/{key}/plans", PlanFile, takes="plan", status=201)
def write_plan(request: Request, key: str, given: PlanGiven) -> Plan:
    """Write a new version of the plan"""
    issues = {issue.position: issue for issue in complaint_of(request, key).issues.all()}
    return act(
        request,
        key,
        actions.plan,
        currency=given.currency,
        remedies=[_draft(number, line, issues) for number, line in enumerate(given.remedies, start=1)],
        proposal=given.proposal,
        prevention=given.prevention,
        departure=given.departure,
        customer_parts=[actions.PartDraft(**part.model_dump()) for part in given.customer_parts],
    )


def _draft(number: int, line: RemedyGiven, issues: dict[int, Issue]) -> actions.RemedyDraft:
    where = f"remedies/{number - 1}"
    if line.issue is not None and line.issue not in issues:
        raise Invalid(f"{where}/issue", _("The complaint has no point with this number."))
    if line.after is not None and line.after >= number:
        raise Invalid(f"{where}/after", _("A remedy can only wait for one before it."))
    issue = issues[line.issue] if line.issue is not None else None
    department = department_named(line.department, f"{where}/department")
    return actions.RemedyDraft(
        issue=issue, department=department, **line.model_dump(exclude={"issue", "department"})
    )


@step(TOPIC, "/complaints/{key}/plan-submission", ComplaintFile, takes="submit_plan")
def plan_submission(request: Request, key: str) -> Complaint:
    """Put the plan to the leadership"""
    return act(request, key, actions.submit_plan)


@step(TOPIC, "/complaints/{key}/plan-return", ComplaintFile, takes="take_back_plan")
def plan_return(request: Request, key: str) -> Complaint:
    """Take the plan back before the leadership has said its word"""
    return act(request, key, actions.take_back_plan)


@step(TOPIC, "/complaints/{key}/plans/{version}/endorsement", ComplaintFile, takes="endorse")
def endorsement(request: Request, key: str, version: Path[Number], given: Word) -> Complaint:
    """Approve this version as the first of the two who must look at it"""
    plan = plan_of(request, key, version)
    return actions.endorse(plan.complaint, by=request.auth.actor, at=now(), plan=plan, note=given.note)


@step(TOPIC, "/complaints/{key}/plans/{version}/approval", ComplaintFile, takes="approve")
def approval(request: Request, key: str, version: Path[Number], given: Word) -> Complaint:
    """Approve this version of the plan, within one’s authority"""
    plan = plan_of(request, key, version)
    return actions.approve(plan.complaint, by=request.auth.actor, at=now(), plan=plan, note=given.note)


@step(TOPIC, "/complaints/{key}/plans/{version}/revision-request", ComplaintFile, takes="send_back")
def revision_request(request: Request, key: str, version: Path[Number], given: Word) -> Complaint:
    """Send this version of the plan back, saying why"""
    plan = plan_of(request, key, version)
    return actions.send_back(plan.complaint, by=request.auth.actor, at=now(), plan=plan, note=given.note)
