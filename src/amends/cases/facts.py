"""Reading the ``Facts`` that the guards judge, from the database."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q

from amends.cases.choices import NOT_REACHED, UPHELD, Channel, MessageStatus, Outcome, Purpose
from amends.cases.levels import levels_held
from amends.cases.models import Clock, Complaint, Issue, Plan, Remedy
from amends.cases.models.message import Direction
from amends.cases.models.settlement import OfferAnswer
from amends.rules.capabilities import Actor, ActorKind
from amends.rules.deadlines import ClockKind
from amends.rules.lifecycle import BEFORE_DECISION, Facts, Reason, Stage, Step

WRITTEN = (Channel.LETTER, Channel.EMAIL)
NOT_ON_FILE = (*NOT_REACHED, MessageStatus.TO_PRINT)  # nobody has it in hand
ANSWERS = (Purpose.OFFER, Purpose.DECISION, Purpose.REFUSAL, Purpose.AGREEMENT, Purpose.CLOSING)


# Which guards, by their reasons, judge what must be read for them.
_OF_ISSUES = frozenset(
    {Reason.NO_ISSUE, Reason.ISSUE_WITHOUT_FINDING, Reason.SOMETHING_UPHELD, Reason.OPEN_INQUIRY}
)
_OF_PLAN = frozenset(
    {
        Reason.NO_PLAN,
        Reason.UPHELD_WITHOUT_REMEDY,
        Reason.COST_UNKNOWN,
        Reason.OWN_PLAN,
        Reason.BEYOND_AUTHORITY,
        Reason.NOT_THIS_PLAN,
        Reason.NOT_APPROVED,
        Reason.REMEDY_WITHOUT_DUTY,
    }
)
_OF_PEOPLE = frozenset({Reason.HANDLER_COMPLAINED_ABOUT})
_OF_HANDLER = frozenset({Reason.HANDLER_TOO_JUNIOR})
_OF_LEVELS = frozenset({Reason.HIGHEST_LEVEL})
_OF_OFFER = frozenset({Reason.OFFER_EXPIRED})
_OF_DUTIES = frozenset({Reason.DUTY_WITHOUT_PROOF})
_OF_FOLLOW_UP = frozenset({Reason.NOT_ASKED_ENOUGH, Reason.CUSTOMER_SPOKE})
_OF_ANSWER = frozenset({Reason.NO_WRITTEN_ANSWER})


def read_facts(
    complaint: Complaint, *, step: Step | None = None, actor: Actor | None = None, **given: Any
) -> Facts:
    """The facts of this complaint now, with what the step itself brings (``given``).

    Reads only what the guards of the present stage can ask for; with ``step`` and ``actor``, only what is
    asked of these.
    """
    asked = None if step is None else {guard.__name__ for guard in step.guards}
    stage = Stage(complaint.stage)
    facts = Facts(
        stage=stage,
        formal=complaint.formal,
        level=complaint.level,
        handler_id=complaint.handler_id,
        said_back=complaint.said_back_at is not None,
        answered=stage is Stage.CLOSED and complaint.outcome != Outcome.SILENT,
    )

    def ask_for(reasons: frozenset[Reason]) -> bool:
        return asked is None or not asked.isdisjoint(reasons)

    if actor is None or actor.kind is ActorKind.STAFF or ask_for(_OF_PEOPLE):
        about = complaint.complained_about.values_list("pk", flat=True)
        facts = replace(facts, complained_about=frozenset(about))
    if ask_for(_OF_LEVELS) or (complaint.level and ask_for(_OF_HANDLER)):
        held = levels_held(complaint) or [0]
        facts = replace(facts, level=min(complaint.level, held[-1]), highest_level=held[-1])
    if complaint.handler_id is not None and ask_for(_OF_HANDLER):
        assert complaint.handler is not None
        facts = replace(facts, handler_level=complaint.handler.role.level)
    if (stage in BEFORE_DECISION or stage in (Stage.DECIDED, Stage.AWAITING_APPROVAL)) and ask_for(
        _OF_ISSUES
    ):
        facts = replace(facts, **_issues(complaint))
    if complaint.current_plan_id is not None and ask_for(_OF_PLAN):
        facts = replace(facts, **_plan(complaint, complaint.current_plan_id))
    if stage is Stage.OFFERED and ask_for(_OF_OFFER):
        offer = complaint.offers.filter(answer=OfferAnswer.OPEN).last()
        facts = replace(facts, offer_expires_at=offer.expires_at if offer else None)
    if stage is Stage.FULFILLING and ask_for(_OF_DUTIES):
        facts = replace(facts, duties_without_proof=complaint.duties.filter(done_at__isnull=True).count())
    if stage in (Stage.FOLLOWING_UP, Stage.CLOSED):
        if ask_for(_OF_FOLLOW_UP):
            facts = replace(facts, **_follow_up(complaint), unanswered=unanswered(complaint))
        if ask_for(_OF_ANSWER) and (complaint.formal or asked is None):
            facts = replace(facts, written_answer=_written_answer(complaint))
    return replace(facts, **given)


def _issues(complaint: Complaint) -> dict[str, Any]:
    counted = complaint.issues.aggregate(
        issues=Count("pk"),
        issues_without_finding=Count("pk", filter=Q(finding="")),
        issues_upheld=Count("pk", filter=Q(finding__in=UPHELD)),
    )
    return counted | {"open_inquiries": complaint.inquiries.filter(is_open=True).count()}


def _plan(complaint: Complaint, plan_id: int) -> dict[str, Any]:
    plan = Plan.objects.get(pk=plan_id)
    remedies = list(Remedy.objects.filter(plan=plan).values_list("pk", "issue_id", "cost", "duty"))
    answered = {issue for _, issue, _, _ in remedies}
    upheld = Issue.objects.filter(complaint=complaint, finding__in=UPHELD).values_list("pk", flat=True)
    costs = [cost for _, _, cost, _ in remedies]
    approval = plan.approvals.last()
    return {
        "plan_id": plan.pk,
        "plan_author_id": plan.author_id,
        "plan_remedies": len(remedies),
        "plan_approved": approval is not None and approval.approved,
        "plan_sent_back": approval is not None and not approval.approved,
        "plan_cost": None if None in costs else sum((c for c in costs if c is not None), Decimal(0)),
        "plan_currency": plan.currency,
        "upheld_without_remedy": sum(1 for issue in upheld if issue not in answered),
        "remedies_without_duty": sum(1 for *_, duty in remedies if duty is None),
    }


def _follow_up(complaint: Complaint) -> dict[str, Any]:
    follow_up = complaint.follow_ups.last()
    clock = Clock.objects.filter(complaint=complaint, kind=ClockKind.FOLLOW_UP, stopped_at__isnull=True)
    return {
        "times_asked": follow_up.times_asked if follow_up else 0,
        "follow_up_due": clock.values_list("due_at", flat=True).last(),
    }


def _written_answer(complaint: Complaint) -> bool:
    sent = complaint.messages.filter(direction=Direction.OUT, purpose__in=ANSWERS, channel__in=WRITTEN)
    return sent.exclude(status__in=NOT_ON_FILE).exists()


def unanswered(complaint: Complaint) -> bool:
    """Whether the customer had the last word: who wrote is not silent, and waits for us."""
    words = complaint.messages.exclude(direction=Direction.INSIDE).order_by("-at", "-pk")
    return words.values_list("direction", flat=True).first() == Direction.IN
