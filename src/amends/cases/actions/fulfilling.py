"""What was agreed becomes duties of departments, and each duty its proof."""

from collections.abc import Callable
from datetime import datetime, timedelta

from amends.cases.actions.door import Case, take
from amends.cases.actions.following import open_follow_up
from amends.cases.actions.table import end_agreement
from amends.cases.choices import PROOF_FOR, ProofKind
from amends.cases.models import Agreement, Complaint, Document, Duty, Message
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
    """The departments begin. The clock goes by the first duty that is open, then by the next."""
    with take("fulfil", complaint, by=by, at=at) as case:
        still = Duty.objects.filter(complaint=case.complaint, done_at__isnull=True).order_by("due_at", "pk")
        if first := still.values_list("due_at", flat=True).first():
            case.due(ClockKind.DUTY, first, AGREEMENT)
    return case.complaint


def prove(
    duty: Duty,
    *,
    by: Actor,
    at: datetime,
    proof: str,
    document: Document | None = None,
    message: Message | None = None,
) -> Duty:
    """A department, or who does it for them, reports that it did its part, and how that shows.

    ``document`` is a file on the case, or one put away (``cases.documents.accept``) that goes on file with
    this step; ``message`` the letter of the case that is the proof.
    """
    words = proof.strip() or (document.name if document else "")
    with take(
        "prove",
        duty.complaint,
        by=by,
        at=at,
        words=bool(words),
        still_open=_still_open(duty, by),
        waits=lambda: Duty.objects.filter(holds_up=duty.pk, done_at__isnull=True).exists(),
        own_department=_is_mine(duty, by),
        proof_fits=fits(duty.proof_kind, words, document),
    ) as case:
        _the_clock_goes_on(case, duty)
        if document is not None and document.pk is None:
            document.complaint, document.at, document.by_name = case.complaint, at, by.name
            document.save(force_insert=True)
            case.say(document=document.pk, sha256=document.sha256)
        if message is not None:
            case.say(message=message.pk)
        duty.proof, duty.proof_document = words, document
        duty.done_at, duty.done_by_name = at, by.name
        duty.save(update_fields=("proof", "proof_document", "done_at", "done_by_name"))
        case.say(duty=duty.pk, proof_sha256=digest(duty.proof))
    return duty


def _still_open(duty: Duty, by: Actor) -> Callable[[], bool]:
    """Whether nobody has done it yet; of somebody outside, also whether it is still theirs."""
    rows = Duty.objects.filter(pk=duty.pk, done_at__isnull=True)
    theirs = rows.filter(link_generation=duty.link_generation)
    return (theirs if by.kind is ActorKind.OUTSIDE else rows).exists


def _the_clock_goes_on(case: Case, done: Duty) -> None:
    """It goes by the first duty that is open: once that is done, by the next; by another, as it is."""
    still = Duty.objects.filter(complaint=case.complaint, done_at__isnull=True).order_by("due_at", "pk")
    left = list(still.only("due_at")[:2])
    if left and left[0].pk != done.pk:
        case.keep(ClockKind.DUTY)
    elif len(left) > 1:
        case.due(ClockKind.DUTY, left[1].due_at, AGREEMENT)


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
