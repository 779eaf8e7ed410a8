"""What somebody outside sees of the one duty that they were entrusted with, and nothing else of the case."""

from collections.abc import Sequence
from dataclasses import dataclass

from amends.cases.choices import ProofKind, RemedyKind
from amends.cases.models import Duty
from amends.cases.settlement_text import money

# Who delivers, fetches, mends or visits must know where; who pays, whom. The rest need neither.
AT_THE_DOOR = frozenset(
    {
        RemedyKind.REPLACEMENT,
        RemedyKind.RETURN,
        RemedyKind.REPAIR,
        RemedyKind.GIFT,
        RemedyKind.REWARD,
        RemedyKind.VISIT,
    }
)
BY_NAME = AT_THE_DOOR | {
    RemedyKind.APOLOGY,
    RemedyKind.EXPLANATION,
    RemedyKind.REFUND,
    RemedyKind.DISCOUNT,
    RemedyKind.COMPENSATION,
    RemedyKind.GOODWILL,
}


@dataclass(frozen=True)
class Needed:
    """What who carries it out needs to know. Empty where they do not."""

    what: str
    product: str
    amount: str
    name: str
    address: Sequence[str]
    proof: str


def needed_for(duty: Duty, language: str) -> Needed:
    """As little as does for this kind of duty."""
    remedy, customer = duty.remedy, duty.complaint.customer
    pays = duty.proof_kind == ProofKind.PAYMENT and remedy.amount is not None
    letter = duty.proof_kind == ProofKind.LETTER
    issue = remedy.issue
    at_the_door = remedy.kind in AT_THE_DOOR
    product = ", ".join(filter(None, (issue.product, issue.specification))) if issue and at_the_door else ""
    return Needed(
        what=remedy.description,
        product=product,
        amount=money(remedy.amount, remedy.plan.currency, language) if pays and remedy.amount else "",
        name=customer.name if remedy.kind in BY_NAME else "",
        address=customer.address.splitlines() if at_the_door or letter else (),
        proof=duty.get_proof_kind_display(),
    )
