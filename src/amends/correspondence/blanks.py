"""What the case itself can fill into a text: one small function for each blank of ``letters.fields``."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from string import Template

from amends.cases.choices import UPHELD, Finding, ProofKind, Purpose
from amends.cases.links import link_url
from amends.cases.models import Agreement, Complaint, Duty, Issue
from amends.cases.models.message import Direction
from amends.cases.models.settlement import OfferAnswer
from amends.cases.reviewing import review_link
from amends.cases.settlement_text import part_words, remedy_name
from amends.cases.signing import LIFETIME
from amends.cases.wishes import wishes_in_words
from amends.correspondence import where_it_stands
from amends.correspondence.addressee import addressee
from amends.correspondence.bodies import where_to_turn
from amends.correspondence.letters.address import pronouns
from amends.correspondence.letters.fields import Money, Remedy, Value
from amends.correspondence.letters.taken_apart import taken_apart
from amends.correspondence.phrasebook import phrases
from amends.correspondence.reply_token import stop_link
from amends.kit.clock import now
from amends.rules.deadlines import ClockKind, promised

NOTHING = ""  # what nothing fills is left out with its paragraph


def _promise(kind: ClockKind) -> Callable[[Complaint], Value]:
    """When a clock started now would fall due: what the message itself promises."""
    return lambda complaint: promised(kind, now())


def _running(kind: ClockKind) -> Callable[[Complaint], Value]:
    """When the running clock falls due; nothing once it is past, since that cannot be promised."""

    def due(complaint: Complaint) -> Value:
        clock = complaint.clocks.filter(kind=kind, stopped_at__isnull=True, due_at__gt=now()).last()
        return clock.due_at if clock else NOTHING

    return due


def _contact(complaint: Complaint) -> Value:
    return complaint.handler.name if complaint.handler else NOTHING


def _phrase(complaint: Complaint, table: str, name: str) -> str:
    said = Template(phrases(complaint.language)[table].get(name, ""))
    return said.substitute(pronouns(addressee(complaint), complaint.language))


def _reasons(issues: Iterable[Issue]) -> str:
    return "\n".join(issue.reasons.strip() for issue in issues if issue.reasons.strip())


def _reasons_for_a_no(complaint: Complaint) -> Value:
    """Why we do not agree: of the points that were not wholly justified, or of all where there is none."""
    issues = list(complaint.issues.all())
    return _reasons(issue for issue in issues if issue.finding != Finding.JUSTIFIED) or _reasons(issues)


def _points(complaint: Complaint, *, upheld: bool) -> Value:
    found = (issue for issue in complaint.issues.all() if issue.finding)
    return tuple(issue.summary for issue in found if issue.upheld is upheld)


def _apology(complaint: Complaint) -> Value:
    """Responsibility is taken for what was found, and only for that."""
    upheld = complaint.issues.filter(finding__in=UPHELD).exists()
    return _phrase(complaint, "words", "apology") if upheld else NOTHING


def _remedies(complaint: Complaint) -> Value:
    plan = complaint.current_plan
    if plan is None:
        return NOTHING
    return tuple(
        Remedy(
            remedy_name(remedy, complaint.language),
            None if remedy.amount is None else Money(remedy.amount, plan.currency),
            remedy.within_days,
        )
        for remedy in plan.remedies.all()
    )


def _action(complaint: Complaint) -> Value:
    """What the customer does in return, by the plan."""
    plan = complaint.current_plan
    parts = plan.customer_parts.all() if plan else ()
    return tuple(part_words(part, complaint.language) for part in parts)


def _prevention(complaint: Complaint) -> Value:
    return complaint.current_plan.prevention if complaint.current_plan else NOTHING


def _asked(complaint: Complaint) -> Value:
    offer = complaint.offers.filter(answer=OfferAnswer.COUNTERED).last()
    if offer is None:
        return NOTHING
    return offer.answer_words.strip() or wishes_in_words(offer.wishes, complaint.language)


def _expires(complaint: Complaint) -> Value:
    offer = complaint.offers.filter(answer=OfferAnswer.OPEN).last()
    return offer.expires_at if offer else promised(ClockKind.OFFER, now())


def _of_agreement(read: Callable[[Agreement], Value]) -> Callable[[Complaint], Value]:
    def value(complaint: Complaint) -> Value:
        agreement = complaint.agreements.last()
        return read(agreement) if agreement else NOTHING

    return value


def _done_by(agreement: Agreement) -> datetime:
    """By when all of it is done, counted from the signature."""
    longest = max((remedy.within_days for remedy in agreement.offer.plan.remedies.all()), default=0)
    return agreement.signed_at + timedelta(days=longest)


def _done(complaint: Complaint) -> Value:
    """Each duty of the agreed plan that is done, or what was said when it was solved on the spot."""
    if complaint.current_plan_id is not None:
        return tuple(duty.remedy.description for duty in _duties(complaint))
    said = complaint.messages.filter(direction=Direction.OUT, purpose=Purpose.CLOSING).last()
    return taken_apart(said).text if said else NOTHING


def _duties(complaint: Complaint, kind: str = "") -> list[Duty]:
    done = complaint.duties.filter(remedy__plan=complaint.current_plan_id, done_at__isnull=False)
    kinds = done.filter(proof_kind=kind) if kind else done
    return list(kinds.select_related("remedy"))


def _of_duties(kind: str, read: Callable[[list[Duty], Complaint], Value]) -> Callable[[Complaint], Value]:
    """Something of the duties that are done and have this kind of proof; nothing where there is none."""

    def value(complaint: Complaint) -> Value:
        duties = _duties(complaint, kind)
        return read(duties, complaint) if duties else NOTHING

    return value


def _last_day(duties: list[Duty], _: Complaint) -> Value:
    return max(duty.done_at for duty in duties if duty.done_at)


def _proofs(duties: list[Duty], _: Complaint) -> Value:
    return ", ".join(dict.fromkeys(duty.proof.strip() for duty in duties if duty.proof.strip()))


def _sum(duties: list[Duty], complaint: Complaint) -> Value:
    amounts = [duty.remedy.amount for duty in duties if duty.remedy.amount is not None]
    plan = complaint.current_plan
    return Money(sum(amounts[1:], amounts[0]), plan.currency) if plan and amounts else NOTHING


ONLY_GIVEN = frozenset({"code"})  # what no case can say by itself, and no text can do without

FROM_THE_CASE: Mapping[str, Callable[[Complaint], Value]] = {
    "title": lambda complaint: complaint.title,
    "received": lambda complaint: complaint.letter_date or complaint.received_at,
    "link": link_url,
    "contact": _contact,
    "first_word_by": _running(ClockKind.ACKNOWLEDGEMENT),
    "word_by": _promise(ClockKind.UPDATE),
    "answer_by": _running(ClockKind.ANSWER),
    "answer_wanted_by": _promise(ClockKind.FOLLOW_UP),
    "understood": lambda complaint: complaint.understood,
    "waiting": where_it_stands.waiting,
    "answer_missed": where_it_stands.answer_missed,
    "known": where_it_stands.known,
    "unknown": where_it_stands.unknown,
    "done_so_far": where_it_stands.done_so_far,
    "still_to_do": where_it_stands.still_to_do,
    "next": lambda complaint: _phrase(complaint, "next", complaint.stage),
    "findings": lambda complaint: _reasons(complaint.issues.all()),
    "reasons": _reasons_for_a_no,
    "upheld": lambda complaint: _points(complaint, upheld=True),
    "not_upheld": lambda complaint: _points(complaint, upheld=False),
    "apology": _apology,
    "remedies": _remedies,
    "action": _action,
    "prevention": _prevention,
    "asked": _asked,
    "expires": _expires,
    "minutes": lambda complaint: str(int(LIFETIME.total_seconds() // 60)),
    "agreement": _of_agreement(lambda agreement: f"\n{agreement.text}"),  # below its heading, by itself
    "signed_on": _of_agreement(lambda agreement: agreement.signed_at),
    "done_by": _of_agreement(_done_by),
    "items": _of_duties(
        ProofKind.DISPATCH, lambda duties, _: tuple(duty.remedy.description for duty in duties)
    ),
    "shipped_on": _of_duties(ProofKind.DISPATCH, _last_day),
    "tracking": _of_duties(ProofKind.DISPATCH, _proofs),
    "amount": _of_duties(ProofKind.PAYMENT, _sum),
    "paid_on": _of_duties(ProofKind.PAYMENT, _last_day),
    "payment_reference": _of_duties(ProofKind.PAYMENT, _proofs),
    "done": _done,
    "third_party": lambda complaint: complaint.referred_to,
    "where_to_turn": lambda complaint: complaint.referred_to or where_to_turn(complaint),
    "review_link": review_link,
    "stop_link": stop_link,
}
