"""What was agreed becomes duties of departments, and each duty its proof."""

from datetime import datetime, timedelta

from amends.cases.actions.door import take
from amends.cases.actions.following import open_follow_up
from amends.cases.actions.table import end_agreement
from amends.cases.choices import PROOF_FOR, ProofKind
from amends.cases.models import Agreement, Complaint, Document, Duty
from amends.cases.models.settlement import AgreementEnd
from amends.cases.proofs import fits
from amends.cases.reckoning import AGREEMENT
from amends.kit.chain import digest
from amends.people.models import StaffMember
from amends.rules.capabilities import Actor, ActorKind
from amends.rules.deadlines import ClockKind


def draw_up_duties(complaint: Complaint, *, by: Actor, at: datetime) -> list[Duty]:
    """One duty for each remedy of the agreed plan, due inside the agreed time (mission E10)."""
    with take("draw_up_duties", complaint, by=by, at=at) as case:
        agreement = Agreement.objects.get(complaint=case.complaint, ended_at__isnull=True)
        plan = agreement.offer.plan
        drawn: dict[int, Duty] = {}
        for remedy in plan.remedies.filter(duty__isnull=True):
            drawn[remedy.position] = Duty.objects.create(
                complaint=case.complaint,
                remedy=remedy,
                department_id=remedy.department_id or case.complaint.department_id,
                due_at=agreement.signed_at + timedelta(days=remedy.within_days),
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
        proof_fits=fits(duty.proof_kind, proof, document),
    ) as case:
        duty.proof, duty.proof_document = proof.strip(), document
        duty.done_at, duty.done_by_name = at, by.name
        duty.save()
        case.say(duty=duty.pk, proof_sha256=digest(duty.proof))
    return duty


def entrust(duty: Duty, *, by: Actor, at: datetime, name: str, email: str) -> Duty:
    """Somebody without an account does it: they get a link to this one duty. A new name ends the link
    before.
    """
    with take(
        "entrust",
        duty.complaint,
        by=by,
        at=at,
        still_open=lambda: Duty.objects.filter(pk=duty.pk, done_at__isnull=True).exists(),
    ) as case:
        duty.entrusted_to, duty.entrusted_email = name.strip(), email.strip()
        duty.link_generation += 1
        duty.save(update_fields=("entrusted_to", "entrusted_email", "link_generation"))
        case.say(duty=duty.pk, to_sha256=digest(duty.entrusted_email or duty.entrusted_to))
    return duty


def nudge(duty: Duty, *, by: Actor, at: datetime) -> Duty:
    """Whose duty it is are told that it is late, or that its day has come (a job of the event writes to
    them).
    """
    seen = duty.nudges
    with take(
        "nudge",
        duty.complaint,
        by=by,
        at=at,
        still_open=lambda: Duty.objects.filter(pk=duty.pk, done_at__isnull=True, nudges=seen).exists(),
    ) as case:
        duty.nudged_at, duty.nudges = at, seen + 1
        duty.save(update_fields=("nudged_at", "nudges"))
        case.say(duty=duty.pk, times=duty.nudges)
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
        end_agreement(case, AgreementEnd.FULFILLED)
        open_follow_up(case)
    return case.complaint
