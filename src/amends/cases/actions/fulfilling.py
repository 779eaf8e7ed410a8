"""What was agreed becomes duties of departments, and each duty its proof."""

from datetime import datetime, timedelta

from amends.cases.actions.door import take
from amends.cases.actions.following import open_follow_up
from amends.cases.choices import PROOF_FOR, ProofKind
from amends.cases.models import Complaint, Document, Duty
from amends.cases.reckoning import AGREEMENT
from amends.kit.chain import digest
from amends.people.models import StaffMember
from amends.rules.capabilities import Actor, ActorKind
from amends.rules.deadlines import ClockKind


def draw_up_duties(complaint: Complaint, *, by: Actor, at: datetime) -> list[Duty]:
    """One duty for each remedy of the agreed plan, due inside the agreed time (mission E10)."""
    with take("draw_up_duties", complaint, by=by, at=at) as case:
        plan = case.complaint.current_plan
        assert plan is not None  # agreed is only reached with one
        drawn: dict[int, Duty] = {}
        for remedy in plan.remedies.filter(duty__isnull=True):
            drawn[remedy.position] = Duty.objects.create(
                complaint=case.complaint,
                remedy=remedy,
                department_id=remedy.department_id or case.complaint.department_id,
                due_at=at + timedelta(days=remedy.within_days),
                waits_for=drawn.get(remedy.after) if remedy.after else None,
                proof_kind=PROOF_FOR.get(remedy.kind, ProofKind.NOTE),
            )
        case.say(duties=[duty.pk for duty in drawn.values()])
    return list(drawn.values())


def fulfil(complaint: Complaint, *, by: Actor, at: datetime) -> Complaint:
    """The departments begin."""
    with take("fulfil", complaint, by=by, at=at) as case:
        last = case.complaint.duties.order_by("-due_at").values_list("due_at", flat=True).first()
        if last:
            case.due(ClockKind.DUTY, last, AGREEMENT)
    return case.complaint


def prove(duty: Duty, *, by: Actor, at: datetime, proof: str, document: Document | None = None) -> Duty:
    """A department reports that it did its part, and how that shows."""
    with take(
        "prove",
        duty.complaint,
        by=by,
        at=at,
        words=bool(proof.strip()),
        still_open=lambda: Duty.objects.filter(pk=duty.pk, done_at__isnull=True).exists(),
        waits=lambda: Duty.objects.filter(holds_up=duty.pk, done_at__isnull=True).exists(),
        own_department=_is_mine(duty, by),
    ) as case:
        duty.proof, duty.proof_document = proof.strip(), document
        duty.done_at, duty.done_by_name = at, by.name
        duty.save()
        case.say(duty=duty.pk, proof_sha256=digest(duty.proof))
    return duty


def _is_mine(duty: Duty, by: Actor) -> bool:
    if by.kind is not ActorKind.STAFF or by.id is None:
        return True
    if duty.complaint.handler_id == by.id:
        return True
    staff = StaffMember.objects.get(pk=by.id)
    return duty.department_id is not None and staff.department_id == duty.department_id


def complete(complaint: Complaint, *, by: Actor, at: datetime) -> Complaint:
    """Everything is done and proved; now the customer is asked whether it is good."""
    with take("complete", complaint, by=by, at=at) as case:
        open_follow_up(case)
    return case.complaint
