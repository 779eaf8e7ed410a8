"""The negotiation as the desk shows it: what we offered, how long it stood, what the customer said to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import get_language, gettext

from amends.cases.models import Offer, Plan, SignedPaper
from amends.cases.models.settlement import OfferAnswer
from amends.cases.wishes import wishes_in_words
from amends.kit.lengths import in_words

if TYPE_CHECKING:
    from amends.desk.case_file import CaseFile


@dataclass(frozen=True)
class Round:
    """One offer with everything that belongs to it."""

    offer: Offer
    plan: Plan | None
    before: Plan | None  # the plan of the round before, where it was another one
    papers: Sequence[SignedPaper]
    now: datetime

    @property
    def open(self) -> bool:
        """Whether it waits for an answer."""
        return bool(self.offer.answer == OfferAnswer.OPEN)

    @property
    def stood(self) -> str:
        """How long it lay on the table."""
        until = self.offer.answered_at or self.now
        words = in_words(until - self.offer.made_at)
        told = gettext("On the table for %(time)s") if self.open else gettext("Stood for %(time)s")
        return told % {"time": words}

    @property
    def chosen(self) -> str:
        """What the customer chose beside their words."""
        return wishes_in_words(self.offer.wishes, get_language() or "en")


def rounds_of(file: CaseFile) -> list[Round]:
    """The rounds of a complaint, oldest first, out of what its page has read."""
    plans = {plan.pk: plan for plan in file.plans}
    found: list[Round] = []
    for offer in file.offers:
        plan = plans.get(offer.plan_id)
        last = found[-1].plan if found else None
        papers = [paper for paper in file.papers if paper.offer_id == offer.pk]
        found.append(Round(offer, plan, last if last != plan else None, papers, file.now))
    return found
