"""One set of facts that lets every step through, and for each reason what breaks it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from amends.rules.authority import Limits
from amends.rules.capabilities import SYSTEM, Actor, ActorKind, Capability
from amends.rules.lifecycle import Facts, Reason, Stage, Step

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
HANDLER, ACTOR, CANDIDATE = 1, 2, 3

GOOD = Facts(
    stage=Stage.RECEIVED,
    formal=True,
    written_answer=True,
    level=1,
    handler_id=HANDLER,
    handler_level=1,
    issues=1,
    said_back=True,
    plan_id=5,
    plan_author_id=HANDLER,
    plan_remedies=1,
    plan_approved=True,
    plan_cost=Decimal(500),
    plan_currency="SEK",
    offer_expires_at=NOW + timedelta(days=1),
    times_asked=2,
    follow_up_due=NOW - timedelta(days=1),
    at=NOW,
    signed_for=True,
    words=True,
    customer_reached=True,
    this_plan=5,
    signature="code",
    needs_two=True,
    first_look_by=CANDIDATE,
    withdraw_until=NOW,
    represented=True,
    third_party=True,
    other_is_open=True,
    candidate_id=CANDIDATE,
    candidate_level=1,
)

# What alone makes exactly this reason the answer, in every step that asks for it.
BROKEN: dict[Reason, dict[str, Any]] = {
    Reason.NOBODY_SIGNED: {"signed_for": False},
    Reason.NOTHING_WRITTEN: {"words": False},
    Reason.CUSTOMER_NOT_REACHED: {"customer_reached": False},
    Reason.NO_HANDLER: {"handler_id": None},
    Reason.HANDLER_COMPLAINED_ABOUT: {"complained_about": frozenset({HANDLER, CANDIDATE})},
    Reason.HANDLER_TOO_JUNIOR: {"handler_level": 0, "candidate_level": 0},
    Reason.NO_ISSUE: {"issues": 0},
    Reason.ISSUE_WITHOUT_FINDING: {"issues_without_finding": 1},
    Reason.OPEN_INQUIRY: {"open_inquiries": 1},
    Reason.NOT_SAID_BACK: {"said_back": False},
    Reason.NO_PLAN: {"plan_id": None},
    Reason.UPHELD_WITHOUT_REMEDY: {"upheld_without_remedy": 1},
    Reason.COST_UNKNOWN: {"plan_cost": None},
    Reason.OWN_PLAN: {"plan_author_id": ACTOR},
    Reason.BEYOND_AUTHORITY: {"plan_cost": Decimal("1000.01")},
    Reason.NOT_THIS_PLAN: {"this_plan": 4},
    Reason.NOT_APPROVED: {"plan_approved": False, "plan_cost": Decimal("1000.01")},
    Reason.OFFER_EXPIRED: {"offer_expires_at": NOW - timedelta(seconds=1)},
    Reason.NOT_SIGNED: {"signature": ""},
    Reason.MAY_NOT_SIGN: {"signatory_may_sign": False},
    Reason.NOBODY_SPEAKS: {"represented": False},
    Reason.NO_AUTHORITY: {"authority": False},
    Reason.REMEDY_WITHOUT_DUTY: {"remedies_without_duty": 1},
    Reason.DUTY_WITHOUT_PROOF: {"duties_without_proof": 1},
    Reason.SOMETHING_UPHELD: {"issues_upheld": 1},
    Reason.NO_WRITTEN_ANSWER: {"written_answer": False},
    Reason.NOT_ASKED_ENOUGH: {"times_asked": 1},
    Reason.CUSTOMER_SPOKE: {"unanswered": True},
    Reason.NO_THIRD_PARTY: {"third_party": False},
    Reason.OTHER_NOT_OPEN: {"other_is_open": False},
    Reason.WAITS_FOR_ANOTHER: {"waits": True},
    Reason.ALREADY_DONE: {"still_open": False, "answered": True},
    Reason.NOT_YOURS: {"own_department": False},
    Reason.HIGHEST_LEVEL: {"level": 3},
    Reason.NO_PAUSE: {"may_pause": False},
    Reason.NO_EXTENSION: {"may_extend": False},
    Reason.NOT_AHEAD: {"ahead": False},
    Reason.COACH_MUST_HAVES: {"coach_missing": ("no-reference",)},
    Reason.DEPARTURE_UNEXPLAINED: {"plan_departs": True},
    Reason.BELOW_LEGAL_FLOOR: {"below_floor": True},
    Reason.SECOND_PAIR_NEEDED: {"needs_two": True, "first_look_by": None},
    Reason.ONE_PAIR_ENOUGH: {"needs_two": False},
    Reason.YOU_LOOKED_ALREADY: {"first_look_by": ACTOR},
    Reason.APPROVAL_PENDING: {"pending": True},
    Reason.NOT_THIS_TEXT: {"this_text": False},
    Reason.SECOND_PERSON_CHECKS: {"signature": "paper", "paper_by": ACTOR},
    Reason.PAPER_WAITS: {"paper_waits": True},
    Reason.NO_WITHDRAWAL: {"withdraw_until": NOW - timedelta(seconds=1)},
    Reason.WRONG_PROOF: {"proof_fits": False},
    Reason.NOT_TO_BE_INVITED: {"invitable": False},
    Reason.NO_REVIEW_PLACE: {"review_place": False},
}


def staff(*capabilities: Capability, sek: int = 1000) -> Actor:
    """A member of staff who may just this, with authority over up to 1,000 SEK."""
    return Actor(
        ActorKind.STAFF,
        "Stina Staff",
        id=ACTOR,
        level=1,
        capabilities=frozenset(capabilities),
        authority=(Limits(holder=ACTOR, level=1, case={"SEK": Decimal(sek)}),),
    )


CUSTOMER = Actor(ActorKind.CUSTOMER, "Clara Customer", id=ACTOR)


def actor_for(step: Step) -> Actor:
    """Somebody who may take the step, and has no more than it needs."""
    return staff(step.needs) if step.needs else SYSTEM


def facts_at(stage: Stage | None, **changes: Any) -> Facts:
    """The good facts at this stage, but for the changes."""
    return replace(GOOD, stage=stage, **changes)


def a_source(step: Step) -> Stage | None:
    """A stage at which the step can be taken."""
    return min(step.sources, default=None)
