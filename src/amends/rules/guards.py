"""The guards of the process: each reads frozen ``Facts`` and an ``Actor`` and answers with the reason why
not, or nothing. Which step asks which stands in ``lifecycle.STEPS``. Pure: no framework, no clock, no
settings.
"""

from collections.abc import Callable

from amends.rules.authority import UNSPENT, covering, covers
from amends.rules.capabilities import Actor, ActorKind, Capability
from amends.rules.deadlines import FOLLOW_UP_QUESTIONS
from amends.rules.facts import Facts, Reason

Guard = Callable[[Facts, Actor], Reason | None]


def _when(reason: Reason, wrong: Callable[[Facts, Actor], bool]) -> Guard:
    def guard(facts: Facts, actor: Actor) -> Reason | None:
        return reason if wrong(facts, actor) else None

    guard.__name__ = reason.value
    return guard


R = Reason
signed_for = _when(R.NOBODY_SIGNED, lambda f, a: not f.signed_for)
has_words = _when(R.NOTHING_WRITTEN, lambda f, a: not f.words)
customer_reached = _when(R.CUSTOMER_NOT_REACHED, lambda f, a: not f.customer_reached)
has_handler = _when(R.NO_HANDLER, lambda f, a: f.handler_id is None)
handler_impartial = _when(R.HANDLER_COMPLAINED_ABOUT, lambda f, a: f.handler_id in f.complained_about)
handler_senior = _when(
    R.HANDLER_TOO_JUNIOR, lambda f, a: f.handler_id is not None and f.handler_level < f.level
)
candidate_impartial = _when(R.HANDLER_COMPLAINED_ABOUT, lambda f, a: f.candidate_id in f.complained_about)
candidate_senior = _when(R.HANDLER_TOO_JUNIOR, lambda f, a: f.candidate_level < f.level)
has_issue = _when(R.NO_ISSUE, lambda f, a: f.issues == 0)
all_found = _when(R.ISSUE_WITHOUT_FINDING, lambda f, a: f.issues_without_finding > 0)
no_open_inquiry = _when(R.OPEN_INQUIRY, lambda f, a: f.open_inquiries > 0)
said_back = _when(R.NOT_SAID_BACK, lambda f, a: not f.said_back)
has_plan = _when(R.NO_PLAN, lambda f, a: f.plan_id is None or f.plan_remedies == 0)
upheld_answered = _when(R.UPHELD_WITHOUT_REMEDY, lambda f, a: f.upheld_without_remedy > 0)
cost_known = _when(R.COST_UNKNOWN, lambda f, a: f.plan_id is not None and f.plan_cost is None)
not_own_plan = _when(R.OWN_PLAN, lambda f, a: a.id is not None and f.plan_author_id == a.id)


def _covered(f: Facts, a: Actor) -> bool:
    plan = f.spending
    return (
        plan is None
        or covering(
            a.authority,
            plan,
            author=None if f.plan_author_id == a.id else f.plan_author_id,
            about=f.complained_about,
            at=f.at,
            spent=f.spent_this_month,
        )
        is not None
    )


def _on_ones_own(f: Facts, a: Actor) -> bool:
    """Whether it may be offered without asking: within one's own limits, and no second pair of eyes."""
    plan, own = f.spending, a.authority[0] if a.authority else None
    if plan is None or f.plan_sent_back or f.needs_two:
        return False
    if own is None:
        return plan.cost <= 0 and plan.level == 0
    return covers(own, plan, f.spent_this_month.get(own.holder or 0, UNSPENT))


within_authority = _when(R.BEYOND_AUTHORITY, lambda f, a: not f.first_look_covers and not _covered(f, a))
second_pair = _when(R.SECOND_PAIR_NEEDED, lambda f, a: f.needs_two and f.first_look_by is None)
two_asked = _when(R.ONE_PAIR_ENOUGH, lambda f, a: not f.needs_two)
not_looked = _when(R.YOU_LOOKED_ALREADY, lambda f, a: a.id is not None and f.first_look_by == a.id)
departure_explained = _when(R.DEPARTURE_UNEXPLAINED, lambda f, a: f.plan_departs)
above_floor = _when(R.BELOW_LEGAL_FLOOR, lambda f, a: f.below_floor)
none_pending = _when(R.APPROVAL_PENDING, lambda f, a: f.pending and a.kind is ActorKind.STAFF)
this_plan = _when(R.NOT_THIS_PLAN, lambda f, a: f.this_plan is not None and f.this_plan != f.plan_id)
# What the leadership sent back, nobody offers on their own authority.
approved = _when(R.NOT_APPROVED, lambda f, a: not f.plan_approved and not _on_ones_own(f, a))
not_expired = _when(
    R.OFFER_EXPIRED,
    lambda f, a: f.at is not None and f.offer_expires_at is not None and f.at > f.offer_expires_at,
)
is_signed = _when(R.NOT_SIGNED, lambda f, a: f.signature not in ("code", "paper"))
may_sign = _when(R.MAY_NOT_SIGN, lambda f, a: not f.signatory_may_sign)
represented = _when(R.NOBODY_SPEAKS, lambda f, a: not f.represented)
authority_here = _when(R.NO_AUTHORITY, lambda f, a: not f.authority)
this_text = _when(R.NOT_THIS_TEXT, lambda f, a: not f.this_text)
second_person = _when(
    R.SECOND_PERSON_CHECKS,
    lambda f, a: f.signature == "paper" and (a.id is None or a.id == f.paper_by),
)
no_paper_waits = _when(R.PAPER_WAITS, lambda f, a: f.paper_waits)
may_withdraw = _when(
    R.NO_WITHDRAWAL,
    lambda f, a: f.withdraw_until is None or (f.at is not None and f.at > f.withdraw_until),
)
proof_fits = _when(R.WRONG_PROOF, lambda f, a: not f.proof_fits)
may_invite = _when(R.NOT_TO_BE_INVITED, lambda f, a: not f.invitable)
has_review_place = _when(R.NO_REVIEW_PLACE, lambda f, a: not f.review_place)
all_have_duties = _when(R.REMEDY_WITHOUT_DUTY, lambda f, a: f.remedies_without_duty > 0)
all_proved = _when(R.DUTY_WITHOUT_PROOF, lambda f, a: f.duties_without_proof > 0)
nothing_upheld = _when(R.SOMETHING_UPHELD, lambda f, a: f.issues_upheld > 0)
answered_in_writing = _when(R.NO_WRITTEN_ANSWER, lambda f, a: f.formal and not f.written_answer)
asked_enough = _when(
    R.NOT_ASKED_ENOUGH,
    lambda f, a: (
        f.times_asked < FOLLOW_UP_QUESTIONS
        or (f.at is not None and f.follow_up_due is not None and f.at < f.follow_up_due)
    ),
)
truly_silent = _when(R.CUSTOMER_SPOKE, lambda f, a: f.unanswered)
not_answered = _when(R.ALREADY_DONE, lambda f, a: f.answered)
third_party_named = _when(R.NO_THIRD_PARTY, lambda f, a: not f.third_party)
other_open = _when(R.OTHER_NOT_OPEN, lambda f, a: not f.other_is_open)
waits_for_none = _when(R.WAITS_FOR_ANOTHER, lambda f, a: f.waits)
not_done_yet = _when(R.ALREADY_DONE, lambda f, a: not f.still_open)
is_mine = _when(
    R.NOT_YOURS,
    lambda f, a: a.kind is ActorKind.STAFF and not f.own_department and not a.may(Capability.LEAD),
)
may_pause = _when(R.NO_PAUSE, lambda f, a: not f.may_pause)
may_extend = _when(R.NO_EXTENSION, lambda f, a: not f.may_extend)
lies_ahead = _when(R.NOT_AHEAD, lambda f, a: not f.ahead)
coach_content = _when(R.COACH_MUST_HAVES, lambda f, a: bool(f.coach_missing) and not f.overridden)
can_rise = _when(R.HIGHEST_LEVEL, lambda f, a: f.level >= f.highest_level)
