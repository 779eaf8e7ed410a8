"""What lies on the table between the house and the customer, and what is in force: at most one of each."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from amends.cases.actions.door import Case
from amends.cases.models import Agreement, Duty, Offer, SignedPaper
from amends.cases.models.settlement import AgreementEnd, OfferAnswer
from amends.cases.withdrawing import standing_agreements


def clear_table(case: Case) -> None:
    """The complaint ends: no offer lies open any more, no agreement is in force."""
    lying = Offer.objects.filter(complaint=case.complaint, answer=OfferAnswer.OPEN)
    lying.update(answer=OfferAnswer.ENDED, answered_at=case.at, remind_at=None)
    put_papers_aside(case)
    end_agreement(case, AgreementEnd.ENDED)


def put_papers_aside(case: Case) -> None:
    """A signed paper that nobody has checked counts no more: its offer is gone."""
    papers = SignedPaper.objects.filter(offer__complaint=case.complaint, accepted__isnull=True)
    papers.update(accepted=False, checked_at=case.at)


def end_agreement(case: Case, how: AgreementEnd) -> None:
    """The agreement in force, if there is one, is so no more; what nobody has done for it, nobody does."""
    rows = Agreement.objects.filter(complaint=case.complaint, ended_at__isnull=True)
    ended = list(rows.values_list("pk", flat=True))
    if ended:
        rows.update(ended_at=case.at, ended_how=how)
        case.say(agreement_ended=ended[0], how=how.value)
        _drop_duties(case)


def undo_agreement(case: Case) -> None:
    """The customer takes back what they signed, also where it was carried out already."""
    agreement = standing_agreements(case.complaint).last()
    assert agreement is not None  # the guard may_withdraw
    ended = agreement.ended_at or case.at
    Agreement.objects.filter(pk=agreement.pk).update(ended_at=ended, ended_how=AgreementEnd.WITHDRAWN)
    case.say(agreement_ended=agreement.pk, how=AgreementEnd.WITHDRAWN.value)
    _drop_duties(case)


def _drop_duties(case: Case) -> None:
    rows = Duty.objects.filter(complaint=case.complaint, done_at__isnull=True)
    if dropped := dict(rows.order_by("pk").values_list("pk", "key")):
        rows.update(waits_for=None)
        rows.delete()
        case.say(duties_dropped=list(dropped), keys_dropped=list(dropped.values()))


def still_open(offer: Offer) -> Callable[[], bool]:
    """Whether this round is the one on the table; asked under the complaint's lock."""
    return Offer.objects.filter(pk=offer.pk, answer=OfferAnswer.OPEN).exists


def of_round(offer: Offer) -> dict[str, Any]:
    """For the door: what every answer asks, that the offered plan still counts and the round is open."""
    return {"this_plan": offer.plan_id, "still_open": still_open(offer)}


def answer(offer: Offer, word: str, at: datetime) -> None:
    """Put down what became of this round."""
    offer.answer, offer.answered_at, offer.remind_at = word, at, None
    offer.save(update_fields=("answer", "answered_at", "answer_words", "wishes", "remind_at"))
