"""What the customer may do now: the rules' own answer, over rows that the page has read anyway."""

from collections.abc import Sequence
from dataclasses import dataclass

from amends.cases.choices import Outcome
from amends.cases.facts import ANSWERS, NOT_ON_FILE, WRITTEN
from amends.cases.levels import levels_held
from amends.cases.models import Agreement, Message, Offer
from amends.people.models import Representative
from amends.portal.visit import Visit
from amends.rules.lifecycle import STEPS, Facts, Reason, Stage, why_not


@dataclass(frozen=True)
class May:
    """The reasons against each of the customer's steps; none means that they may take it."""

    reasons: dict[str, tuple[Reason, ...]]

    def __contains__(self, step: str) -> bool:
        return not self.reasons[step]


def may(
    visit: Visit, *, offer: Offer | None, agreement: Agreement | None, messages: Sequence[Message]
) -> May:
    """Every step that is a customer's, asked of ``rules.lifecycle`` as if its form were filled in well."""
    complaint = visit.complaint
    held = levels_held(complaint) if complaint.is_open else []
    facts = Facts(
        stage=Stage(complaint.stage),
        at=visit.at,
        formal=complaint.formal,
        level=complaint.level,
        highest_level=held[-1] if held else 0,
        said_back=complaint.said_back_at is not None,
        plan_id=complaint.current_plan_id,
        this_plan=offer.plan_id if offer else None,
        offer_expires_at=offer.expires_at if offer else None,
        withdraw_until=agreement.withdraw_until if agreement and agreement.stands else None,
        written_answer=any(_written_answer(message) for message in messages),
        answered=complaint.stage == Stage.CLOSED and complaint.outcome != Outcome.SILENT,
        words=True,
        signature="code",
        signatory_may_sign=may_sign(visit),
    )
    steps = (step for step in STEPS.values() if step.customer and step.sources)
    return May({step.name: why_not(step, facts, visit.actor) for step in steps})


def may_sign(visit: Visit) -> bool:
    """Whether whoever holds this link may sign: the customer, or a representative with authority."""
    speaker = visit.complaint.speaker
    return speaker.may_sign if isinstance(speaker, Representative) else True


def _written_answer(message: Message) -> bool:
    return (
        not message.incoming
        and message.purpose in ANSWERS
        and message.channel in WRITTEN
        and message.status not in NOT_ON_FILE
    )
