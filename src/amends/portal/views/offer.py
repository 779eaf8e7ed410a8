"""Answering an offer without signing it: something else, or no (mission B5, E14)."""

from django.utils.translation import gettext_lazy as _

from amends.cases import actions
from amends.cases.models import Offer
from amends.cases.models.settlement import OfferAnswer
from amends.cases.wishes import wishes_of
from amends.portal.forms import CounterProposalForm, DeclineForm
from amends.portal.reasons import sentences
from amends.portal.steps import Declined, Given, StepPage, step_view
from amends.portal.visit import Visit
from amends.rules.lifecycle import Reason, Stage


def offer_seen(visit: Visit, given: Given) -> Offer:
    """The offer that the customer had before them.

    Raises Declined when another has taken its place. One whose stage is over is returned: the rules say so.
    """
    offer = visit.complaint.offers.select_related("plan").filter(round=given["round"]).first()
    replaced = offer is None or (visit.complaint.stage == Stage.OFFERED and offer.answer != OfferAnswer.OPEN)
    if offer is None or replaced:
        raise Declined(sentences([Reason.NOT_THIS_PLAN])[0])
    return offer


def _counter(visit: Visit, given: Given) -> None:
    offer = offer_seen(visit, given)
    wishes = wishes_of(given["kinds"], given["amount"], offer.plan.currency)
    actions.counter(offer, by=visit.actor, at=visit.at, words=given["words"], wishes=wishes)


def _decline(visit: Visit, given: Given) -> None:
    actions.decline(offer_seen(visit, given), by=visit.actor, at=visit.at, words=given["words"])


COUNTER = StepPage(
    name="counter-proposal",
    step="counter",
    form=CounterProposalForm,
    carry_out=_counter,
    title=_("Ask for something else"),
    intro=_("Tell us what would put it right for you. We think about it and come back with a new answer."),
    button=_("Ask for this"),
    done=_("Thank you. We think about what you ask for and come back to you."),
)
DECLINE = StepPage(
    name="declined-offer",
    step="decline",
    form=DeclineForm,
    carry_out=_decline,
    title=_("Decline the offer"),
    intro=_("If you decline, this offer ends. Your complaint stays open, and you lose none of your rights."),
    button=_("Decline the offer"),
    done=_("You have declined the offer. Your complaint stays open, and we come back to you."),
)

counter_proposal = step_view(COUNTER)
declined_offer = step_view(DECLINE)
