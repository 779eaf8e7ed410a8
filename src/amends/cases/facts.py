"""Reading the ``Facts`` that the guards judge, from the database."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import F

from amends.cases.choices import (
    NOT_REACHED,
    UPHELD,
    Channel,
    FollowUpAnswer,
    MessageStatus,
    Outcome,
    Purpose,
)
from amends.cases.levels import levels_held
from amends.cases.models import Approval, Clock, Complaint, Inquiry, Issue, Plan, Remedy, SignedPaper
from amends.cases.models.message import Direction
from amends.cases.models.settlement import OfferAnswer
from amends.cases.reviewing import review_link
from amends.cases.spending import spent_by_each, spent_on
from amends.cases.withdrawing import standing_agreements
from amends.kit.prepared import Prepared
from amends.people.models import SecondPair, StaffMember
from amends.rules.capabilities import Actor, ActorKind
from amends.rules.deadlines import ClockKind
from amends.rules.lifecycle import BEFORE_DECISION, STEPS, Facts, Reason, Stage, Step

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
        Reason.DEPARTURE_UNEXPLAINED,
        Reason.BELOW_LEGAL_FLOOR,
        Reason.SECOND_PAIR_NEEDED,
        Reason.ONE_PAIR_ENOUGH,
        Reason.YOU_LOOKED_ALREADY,
    }
)
_OF_AUTHORITY = frozenset({Reason.BEYOND_AUTHORITY, Reason.NOT_APPROVED, Reason.ONE_PAIR_ENOUGH})
_OF_PEOPLE = frozenset({Reason.HANDLER_COMPLAINED_ABOUT})
_OF_HANDLER = frozenset({Reason.HANDLER_TOO_JUNIOR})
_OF_LEVELS = frozenset({Reason.HIGHEST_LEVEL})
_OF_OFFER = frozenset({Reason.OFFER_EXPIRED})
_OF_PAPER = frozenset({Reason.SECOND_PERSON_CHECKS, Reason.PAPER_WAITS})
_OF_WITHDRAWAL = frozenset({Reason.NO_WITHDRAWAL})
_OF_INVITATION = frozenset({Reason.NOT_TO_BE_INVITED})
_OF_REVIEW = frozenset({Reason.NO_REVIEW_PLACE})
_OF_DUTIES = frozenset({Reason.DUTY_WITHOUT_PROOF})
_OF_FOLLOW_UP = frozenset({Reason.NOT_ASKED_ENOUGH, Reason.CUSTOMER_SPOKE})
_OF_ANSWER = frozenset({Reason.NO_WRITTEN_ANSWER})


_complained_about = Prepared(lambda key: Complaint.complained_about.through.objects.filter(complaint=key))
_issues_of = Prepared(lambda key: Issue.objects.filter(complaint=key).only("finding"))
_open_inquiries = Prepared(lambda key: Inquiry.objects.filter(complaint=key, is_open=True).only("pk"))
_plans = Prepared(lambda key: Plan.objects.filter(pk=key))
_remedies_of = Prepared(lambda key: Remedy.objects.filter(plan=key).annotate(carried_by=F("duty")))
_words_about = Prepared(lambda key: Approval.objects.filter(plan=key, voided_at__isnull=True))
_second_pairs = Prepared(lambda _: SecondPair.objects.all())


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
        represented=complaint.representative_id is not None,
        level=complaint.level,
        handler_id=complaint.handler_id,
        said_back=complaint.said_back_at is not None,
        answered=stage is Stage.CLOSED and complaint.outcome != Outcome.SILENT,
        pending=stage is Stage.AWAITING_APPROVAL,
    )

    def ask_for(reasons: frozenset[Reason]) -> bool:
        return asked is None or not asked.isdisjoint(reasons)

    if actor is None or actor.kind is ActorKind.STAFF or ask_for(_OF_PEOPLE):
        about = frozenset(row.staffmember_id for row in _complained_about(complaint.pk))
        facts = replace(facts, complained_about=about)
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
        if actor is not None and ask_for(_OF_AUTHORITY):
            spent = _spent(facts, actor, given.get("at"), taken=step is not None)
            facts = replace(facts, spent_this_month=spent)
    facts = replace(facts, **_of_the_settlement(complaint, stage, ask_for))
    if stage is Stage.CLOSED and ask_for(_OF_INVITATION):
        facts = replace(facts, invitable=invitable(complaint))
    if stage is Stage.CLOSED and ask_for(_OF_REVIEW):
        facts = replace(facts, review_place=bool(review_link(complaint)))
    if stage in (Stage.FOLLOWING_UP, Stage.CLOSED):
        if ask_for(_OF_FOLLOW_UP):
            facts = replace(facts, **_follow_up(complaint), unanswered=unanswered(complaint))
        if ask_for(_OF_ANSWER) and (complaint.formal or asked is None):
            facts = replace(facts, written_answer=_written_answer(complaint))
    return replace(facts, **given)


def _of_the_settlement(
    complaint: Complaint, stage: Stage, ask_for: Callable[[frozenset[Reason]], bool]
) -> dict[str, Any]:
    """What lies on the table, what was signed, and what of it is done."""
    read: dict[str, Any] = {}
    if stage is Stage.OFFERED and ask_for(_OF_OFFER):
        offer = complaint.offers.filter(answer=OfferAnswer.OPEN).last()
        read["offer_expires_at"] = offer.expires_at if offer else None
    if stage is Stage.OFFERED and ask_for(_OF_PAPER):
        lying = SignedPaper.objects.filter(offer__complaint=complaint, accepted__isnull=True)
        paper = lying.values_list("brought_by_id", flat=True).first()
        read |= {"paper_waits": paper is not None, "paper_by": paper}
    if stage in STEPS["withdraw_from_agreement"].sources and ask_for(_OF_WITHDRAWAL):
        signed = standing_agreements(complaint).last()
        read["withdraw_until"] = signed.withdraw_until if signed else None
    if stage is Stage.FULFILLING and ask_for(_OF_DUTIES):
        read["duties_without_proof"] = complaint.duties.filter(done_at__isnull=True).count()
    return read


def _issues(complaint: Complaint) -> dict[str, Any]:
    findings = [issue.finding for issue in _issues_of(complaint.pk)]
    return {
        "issues": len(findings),
        "issues_without_finding": findings.count(""),
        "issues_upheld": sum(finding in UPHELD for finding in findings),
        "open_inquiries": len(_open_inquiries(complaint.pk)),
    }


def _plan(complaint: Complaint, plan_id: int) -> dict[str, Any]:
    plan, remedies = _plans.one(plan_id), _remedies_of(plan_id)
    answered = {remedy.issue_id for remedy in remedies}
    upheld = [issue.pk for issue in _issues_of(complaint.pk) if issue.finding in UPHELD]
    costs = [remedy.cost for remedy in remedies]
    words = _words_about(plan_id)
    word = words[-1] if words else None
    cost = None if None in costs else sum((c for c in costs if c is not None), Decimal(0))
    kinds: dict[str, Decimal] = {}
    for remedy in remedies:
        kinds[remedy.kind] = kinds.get(remedy.kind, Decimal(0)) + (remedy.cost or 0)
    two = any(pair.currency == plan.currency and pair.above < (cost or 0) for pair in _second_pairs())
    first = word if word is not None and word.approved and word.first_of_two else None
    return {
        "plan_id": plan.pk,
        "plan_author_id": plan.author_id,
        "plan_remedies": len(remedies),
        "plan_approved": word is not None and word.approved and first is None,
        "plan_sent_back": word is not None and not word.approved,
        "plan_cost": cost,
        "plan_currency": plan.currency,
        "plan_kinds": kinds,
        "plan_level": plan.approve_level,
        "plan_departs": plan.departs and not plan.departure.strip(),
        "below_floor": bool(plan.below_floor),
        "spent_before": spent_on(complaint, plan),
        "needs_two": two,
        "first_look_by": first.by_id if first else None,
        "first_look_covers": first is not None and first.covers,
        "upheld_without_remedy": sum(1 for issue in upheld if issue not in answered),
        "remedies_without_duty": sum(1 for remedy in remedies if vars(remedy)["carried_by"] is None),
    }


def _spent(facts: Facts, actor: Actor, at: datetime | None, *, taken: bool) -> dict[int, dict[str, Decimal]]:
    """What the holders of limits by the month have spent in this one; asked only where there are such
    limits. ``taken``: a step is being taken, and two plans at once must not both fit into what is left.
    """
    if at is None:
        return {}
    currency = facts.plan_currency
    holders = [
        one.holder for one in actor.authority if one.holder is not None and one.counts_the_month(currency)
    ]
    if taken and holders:  # not waited for by rows that only point at these people
        list(StaffMember.objects.filter(pk__in=holders).order_by("pk").select_for_update(no_key=True))
    return spent_by_each(holders, currency, at, but=facts.plan_id)


def invitable(complaint: Complaint) -> bool:
    """Whether this customer may be invited to say in public that it is good: satisfied and nothing less in
    their own words, nothing of theirs unread, wants invitations, and was not asked before (mission B9).
    """
    if complaint.outcome != Outcome.SATISFIED or complaint.invited_to_review_at is not None:
        return False
    if complaint.wrote_after_end_at is not None or complaint.customer.no_invitations:
        return False
    answers = complaint.follow_ups.exclude(answer="").order_by("-pk").values_list("answer", flat=True)
    return answers.first() == FollowUpAnswer.YES


def _follow_up(complaint: Complaint) -> dict[str, Any]:
    follow_up = complaint.follow_ups.last()
    clock = Clock.objects.filter(complaint=complaint, kind=ClockKind.FOLLOW_UP, stopped_at__isnull=True)
    return {
        "times_asked": _times_reached(complaint, follow_up.times_asked) if follow_up else 0,
        "follow_up_due": clock.values_list("due_at", flat=True).last(),
    }


def _times_reached(complaint: Complaint, asked: int) -> int:
    """How many of the last questions the customer has in hand: a letter still to print has asked nobody."""
    questions = complaint.messages.filter(direction=Direction.OUT, purpose=Purpose.FOLLOW_UP)
    statuses = questions.order_by("-pk").values_list("status", flat=True)[:asked]
    return asked - sum(status in NOT_ON_FILE for status in statuses)


def _written_answer(complaint: Complaint) -> bool:
    sent = complaint.messages.filter(direction=Direction.OUT, purpose__in=ANSWERS, channel__in=WRITTEN)
    return sent.exclude(status__in=NOT_ON_FILE).exists()


def unanswered(complaint: Complaint) -> bool:
    """Whether the customer had the last word: who wrote is not silent, and waits for us."""
    words = complaint.messages.exclude(direction=Direction.INSIDE).order_by("-at", "-pk")
    return words.values_list("direction", flat=True).first() == Direction.IN
