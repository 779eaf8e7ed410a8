"""The whole process of a complaint, on one page.

Everything about the order of things comes from ``STEPS``: the buttons and what greys them, the process
bar, the diagram in ``docs/lifecycle.md``, the API's 409 answers, the translated reasons, the clocks.
A step with a ``target`` moves the complaint to that stage; a step without one is done where the
complaint stands. What each guard asks stands in ``guards``. Pure: no framework, no clock, no settings.
"""

from dataclasses import dataclass

from amends.rules.capabilities import Actor, ActorKind, Capability
from amends.rules.deadlines import ClockKind
from amends.rules.facts import Facts, Reason, Stage
from amends.rules.guards import (
    Guard,
    above_floor,
    all_found,
    all_have_duties,
    all_proved,
    answered_in_writing,
    approved,
    asked_enough,
    authority_here,
    can_rise,
    candidate_impartial,
    candidate_senior,
    coach_content,
    cost_known,
    customer_reached,
    departure_explained,
    handler_impartial,
    handler_senior,
    has_handler,
    has_issue,
    has_plan,
    has_review_place,
    has_words,
    is_mine,
    is_signed,
    lies_ahead,
    may_extend,
    may_invite,
    may_pause,
    may_sign,
    may_withdraw,
    no_open_inquiry,
    no_paper_waits,
    none_pending,
    not_answered,
    not_done_yet,
    not_expired,
    not_looked,
    not_own_plan,
    nothing_upheld,
    other_open,
    proof_fits,
    represented,
    said_back,
    second_pair,
    second_person,
    signed_for,
    third_party_named,
    this_plan,
    this_text,
    truly_silent,
    two_asked,
    upheld_answered,
    waits_for_none,
    within_authority,
)

__all__ = [
    "APPROVAL_VOIDED",
    "BEFORE_DECISION",
    "ENDED",
    "EVENTS",
    "LETTER_QUEUED",
    "MAIN_WAY",
    "MESSAGE_QUEUED",
    "OPEN",
    "SIDE_EXITS",
    "STEPS",
    "Facts",
    "Reason",
    "Stage",
    "Step",
    "why_not",
]

S = Stage
SIDE_EXITS = (S.REFERRED, S.WITHDRAWN, S.MERGED)
MAIN_WAY = tuple(stage for stage in Stage if stage not in SIDE_EXITS)
OPEN = frozenset(MAIN_WAY[:-1])
ENDED = frozenset(Stage) - OPEN
BEFORE_DECISION = frozenset({S.RECEIVED, S.ACKNOWLEDGED, S.INVESTIGATING})


@dataclass(frozen=True, kw_only=True)
class Step:
    """One line of the process. ``sources`` empty: the step brings the complaint into being."""

    name: str
    event: str
    sources: frozenset[Stage]
    target: Stage | None = None
    needs: Capability | None = Capability.HANDLE  # of staff; None: staff never takes it
    customer: bool = False  # whether the customer may take it through their link
    outside: bool = False  # whether somebody without an account may, through the link to their duty
    guards: tuple[Guard, ...] = ()
    starts: tuple[ClockKind, ...] = ()
    stops: tuple[ClockKind, ...] = ()

    def __str__(self) -> str:
        return self.name


# --- the process -----------------------------------------------------------------------------


def _at(*stages: Stage) -> frozenset[Stage]:
    return frozenset(stages)


K, C = ClockKind, Capability
_all_clocks = tuple(ClockKind)
_settling = _at(S.DECIDED, S.AWAITING_APPROVAL, S.OFFERED)

STEPS: dict[str, Step] = {
    step.name: step
    for step in (
        # the way through
        Step(name="register", event="complaint.registered", sources=_at(), target=S.RECEIVED,
             needs=C.REGISTER, customer=True, guards=(signed_for, has_words),
             starts=(K.ACKNOWLEDGEMENT, K.UPDATE, K.ANSWER, K.REVIEW)),
        Step(name="acknowledge", event="complaint.acknowledged", sources=_at(S.RECEIVED),
             target=S.ACKNOWLEDGED, guards=(has_words, customer_reached, coach_content),
             stops=(K.ACKNOWLEDGEMENT, K.UPDATE), starts=(K.UPDATE,)),
        Step(name="investigate", event="complaint.investigation_begun", sources=_at(S.ACKNOWLEDGED),
             target=S.INVESTIGATING, guards=(has_handler, handler_impartial, handler_senior)),
        Step(name="decide", event="complaint.decided", sources=_at(S.INVESTIGATING), target=S.DECIDED,
             guards=(has_handler, handler_impartial, handler_senior, has_issue, all_found,
                     no_open_inquiry, said_back)),
        Step(name="submit_plan", event="plan.submitted", sources=_at(S.DECIDED),
             target=S.AWAITING_APPROVAL,
             guards=(has_plan, upheld_answered, cost_known, above_floor, departure_explained),
             starts=(K.APPROVAL,)),
        Step(name="take_back_plan", event="plan.taken_back", sources=_at(S.AWAITING_APPROVAL),
             target=S.DECIDED, stops=(K.APPROVAL,)),
        Step(name="approve", event="plan.approved", sources=_at(S.AWAITING_APPROVAL), target=S.DECIDED,
             needs=C.APPROVE, guards=(this_plan, not_own_plan, within_authority, second_pair, not_looked),
             stops=(K.APPROVAL,)),
        Step(name="send_back", event="plan.sent_back", sources=_at(S.AWAITING_APPROVAL),
             target=S.DECIDED, needs=C.APPROVE, guards=(this_plan, has_words), stops=(K.APPROVAL,)),
        Step(name="offer", event="offer.made", sources=_at(S.DECIDED), target=S.OFFERED,
             guards=(has_plan, upheld_answered, cost_known, above_floor, departure_explained, approved,
                     has_words, customer_reached, coach_content),
             stops=(K.UPDATE, K.ANSWER, K.ACKNOWLEDGEMENT), starts=(K.OFFER, K.UPDATE)),
        Step(name="request_code", event="offer.code_requested", sources=_at(S.OFFERED),
             customer=True, guards=(not_done_yet, this_plan, not_expired, may_sign)),
        Step(name="counter", event="offer.countered", sources=_at(S.OFFERED), target=S.DECIDED,
             customer=True, guards=(not_done_yet, this_plan, has_words), stops=(K.OFFER,)),
        Step(name="decline", event="offer.declined", sources=_at(S.OFFERED), target=S.DECIDED,
             customer=True, guards=(not_done_yet, this_plan), stops=(K.OFFER,)),
        Step(name="lapse", event="offer.lapsed", sources=_at(S.OFFERED), target=S.DECIDED,
             needs=None, guards=(not_done_yet, no_paper_waits), stops=(K.OFFER,)),
        Step(name="agree", event="complaint.agreed", sources=_at(S.OFFERED), target=S.AGREED,
             customer=True,
             guards=(not_done_yet, this_plan, this_text, not_expired, is_signed, may_sign, second_person),
             stops=(K.OFFER, K.UPDATE), starts=(K.UPDATE,)),
        Step(name="withdraw_from_agreement", event="agreement.withdrawn_from",
             sources=_at(S.AGREED, S.FULFILLING, S.FOLLOWING_UP, S.CLOSED), target=S.DECIDED, customer=True,
             guards=(may_withdraw,), stops=(K.DUTY, K.UPDATE, K.FOLLOW_UP), starts=(K.UPDATE, K.ANSWER)),
        Step(name="fulfil", event="complaint.fulfilment_begun", sources=_at(S.AGREED),
             target=S.FULFILLING, guards=(all_have_duties,), starts=(K.DUTY,)),
        Step(name="complete", event="complaint.completed", sources=_at(S.FULFILLING),
             target=S.FOLLOWING_UP, guards=(all_proved,), stops=(K.DUTY, K.UPDATE),
             starts=(K.FOLLOW_UP,)),
        Step(name="refuse", event="complaint.refused", sources=_at(S.DECIDED), target=S.FOLLOWING_UP,
             guards=(nothing_upheld, has_words, third_party_named, customer_reached, coach_content),
             stops=(K.UPDATE, K.ANSWER, K.ACKNOWLEDGEMENT), starts=(K.FOLLOW_UP,)),
        Step(name="resolve_at_once", event="complaint.resolved_at_once",
             sources=_at(S.RECEIVED, S.ACKNOWLEDGED), target=S.FOLLOWING_UP, needs=C.REGISTER,
             guards=(has_words, customer_reached, coach_content),
             stops=(K.ACKNOWLEDGEMENT, K.UPDATE, K.ANSWER), starts=(K.FOLLOW_UP,)),
        Step(name="confirm", event="complaint.satisfied", sources=_at(S.FOLLOWING_UP, S.CLOSED),
             target=S.CLOSED, customer=True, guards=(not_answered, answered_in_writing), stops=_all_clocks),
        Step(name="close_as_silent", event="complaint.closed_as_silent", sources=_at(S.FOLLOWING_UP),
             target=S.CLOSED, guards=(answered_in_writing, asked_enough, truly_silent),
             stops=_all_clocks, starts=(K.FOLLOW_UP,)),
        Step(name="not_satisfied", event="complaint.not_satisfied", sources=_at(S.FOLLOWING_UP),
             target=S.INVESTIGATING, customer=True, stops=(K.FOLLOW_UP,),
             starts=(K.ACKNOWLEDGEMENT, K.UPDATE, K.ANSWER)),
        # the side exits and the way back
        Step(name="refer", event="complaint.referred", sources=OPEN, target=S.REFERRED,
             guards=(none_pending, third_party_named, has_words, customer_reached, coach_content),
             stops=_all_clocks),
        Step(name="withdraw", event="complaint.withdrawn", sources=OPEN, target=S.WITHDRAWN,
             customer=True, guards=(none_pending,), stops=_all_clocks),
        Step(name="merge", event="complaint.merged", sources=OPEN, target=S.MERGED, needs=C.LEAD,
             guards=(none_pending, other_open), stops=_all_clocks),
        Step(name="reopen", event="complaint.reopened", sources=ENDED, target=S.INVESTIGATING,
             needs=C.LEAD, customer=True, guards=(has_words,), stops=(K.FOLLOW_UP,),
             starts=(K.UPDATE, K.ANSWER, K.REVIEW)),
        # done where the complaint stands
        Step(name="assign", event="complaint.assigned", sources=OPEN, needs=C.HANDLE,
             guards=(candidate_impartial, candidate_senior)),
        Step(name="declare_conflict", event="complaint.conflict_declared", sources=OPEN),
        Step(name="escalate", event="complaint.escalated", sources=OPEN, customer=True,
             guards=(can_rise,), starts=(K.ACKNOWLEDGEMENT,)),
        Step(name="reach_executive", event="complaint.reached_executive", sources=OPEN, needs=C.REGISTER,
             starts=(K.ACKNOWLEDGEMENT,)),
        Step(name="go_outside", event="outside.begun", sources=OPEN, needs=C.REGISTER,
             guards=(not_done_yet, third_party_named), starts=(K.BODY,)),
        Step(name="end_outside", event="outside.ended", sources=frozenset(Stage),
             guards=(not_done_yet, has_words), stops=(K.BODY,)),
        Step(name="goods_back", event="goods.came_back", sources=_at(S.FULFILLING), needs=C.FULFIL),
        Step(name="say_back", event="complaint.said_back", sources=BEFORE_DECISION,
             guards=(has_words, customer_reached, coach_content)),
        Step(name="confirm_problem", event="complaint.problem_confirmed", sources=BEFORE_DECISION,
             customer=True, guards=(said_back,)),
        Step(name="correct_problem", event="complaint.problem_corrected", sources=BEFORE_DECISION,
             customer=True, guards=(said_back, has_words)),
        Step(name="add_issue", event="issue.added", sources=BEFORE_DECISION, needs=C.REGISTER,
             guards=(has_words,)),
        Step(name="find", event="issue.found", sources=_at(S.INVESTIGATING), guards=(has_words,)),
        Step(name="ask", event="inquiry.asked", sources=OPEN, guards=(has_words,)),
        Step(name="answer_inquiry", event="inquiry.answered", sources=frozenset(Stage), needs=C.CONSULT,
             guards=(not_done_yet, is_mine, has_words)),
        Step(name="set_inquiry_aside", event="inquiry.set_aside", sources=OPEN,
             guards=(not_done_yet, has_words)),
        Step(name="plan", event="plan.written", sources=_at(S.DECIDED), guards=(has_issue,)),
        Step(name="endorse", event="plan.endorsed", sources=_at(S.AWAITING_APPROVAL), needs=C.APPROVE,
             guards=(this_plan, not_own_plan, two_asked, not_looked)),
        Step(name="remind_of_offer", event="offer.reminded", sources=_at(S.OFFERED), needs=None,
             guards=(not_done_yet, has_words, customer_reached)),
        Step(name="bring_paper", event="signature.brought_on_paper", sources=_at(S.OFFERED),
             needs=C.REGISTER,
             guards=(not_done_yet, this_plan, no_paper_waits, not_expired, may_sign, has_words)),
        Step(name="reject_paper", event="signature.rejected", sources=_at(S.OFFERED),
             guards=(not_done_yet, has_words)),
        Step(name="seal", event="agreement.sealed", sources=frozenset(Stage), needs=None,
             guards=(not_done_yet,)),
        Step(name="draw_up_duties", event="duties.drawn_up", sources=_at(S.AGREED)),
        Step(name="entrust", event="duty.entrusted", sources=_at(S.AGREED, S.FULFILLING),
             guards=(not_done_yet, has_words)),
        Step(name="nudge", event="duty.nudged", sources=_at(S.FULFILLING), needs=None,
             guards=(not_done_yet,)),
        Step(name="prove", event="duty.proved", sources=_at(S.FULFILLING), needs=C.FULFIL, outside=True,
             guards=(not_done_yet, is_mine, waits_for_none, has_words, proof_fits),
             stops=(K.DUTY,), starts=(K.DUTY,)),
        Step(name="write", event="customer.written_to", sources=frozenset(Stage),
             guards=(has_words, customer_reached, coach_content),
             stops=(K.UPDATE, K.ACKNOWLEDGEMENT), starts=(K.UPDATE,)),
        Step(name="hear", event="customer.heard", sources=frozenset(Stage), needs=C.REGISTER,
             customer=True, guards=(has_words,)),
        Step(name="attach", event="document.attached", sources=frozenset(Stage), needs=C.READ,
             customer=True),
        Step(name="note", event="note.written", sources=frozenset(Stage), needs=C.READ,
             guards=(has_words,)),
        Step(name="correct_contact", event="customer.contact_corrected", sources=frozenset(Stage),
             needs=C.REGISTER, guards=(has_words,)),
        Step(name="authorise", event="representative.authorised", sources=OPEN, needs=C.REGISTER,
             guards=(represented, authority_here)),
        Step(name="renew_link", event="link.renewed", sources=frozenset(Stage)),
        Step(name="ask_if_good", event="follow_up.asked", sources=_at(S.FOLLOWING_UP),
             guards=(has_words, customer_reached, coach_content),
             stops=(K.FOLLOW_UP,), starts=(K.FOLLOW_UP,)),
        Step(name="ask_once_more", event="follow_up.asked_once_more", sources=_at(S.CLOSED), needs=None,
             guards=(not_answered, truly_silent, has_words, customer_reached), stops=(K.FOLLOW_UP,)),
        Step(name="let_rest", event="follow_up.let_rest", sources=_at(S.CLOSED), needs=None,
             stops=(K.FOLLOW_UP,)),
        Step(name="invite_to_review", event="customer.invited_to_review", sources=_at(S.CLOSED),
             guards=(may_invite, has_review_place, has_words, customer_reached, coach_content)),
        Step(name="review", event="complaint.reviewed", sources=OPEN, needs=C.LEAD, guards=(has_words,),
             stops=(K.REVIEW,), starts=(K.REVIEW,)),
        Step(name="pause_clock", event="clock.paused", sources=OPEN,
             guards=(not_done_yet, has_words, may_pause)),
        Step(name="resume_clock", event="clock.resumed", sources=OPEN, guards=(not_done_yet,)),
        Step(name="extend_clock", event="clock.extended", sources=OPEN,
             guards=(not_done_yet, may_extend, has_words, customer_reached, coach_content),
             stops=(K.UPDATE, K.ACKNOWLEDGEMENT), starts=(K.UPDATE,)),
        Step(name="move_clock", event="clock.moved", sources=OPEN, needs=C.LEAD, guards=(not_done_yet,)),
        Step(name="climb", event="complaint.climbed", sources=OPEN, needs=None),
        Step(name="report_warning", event="clock.warned", sources=OPEN, needs=None),
        Step(name="report_breach", event="clock.breached", sources=OPEN, needs=None),
        Step(name="sort", event="complaint.sorted", sources=OPEN, needs=C.REGISTER, guards=(has_words,)),
        Step(name="stop_invitations", event="customer.invitations_stopped", sources=frozenset(Stage),
             customer=True),
        Step(name="book_meeting", event="meeting.booked", sources=OPEN,
             guards=(candidate_impartial, lies_ahead)),
        Step(name="move_meeting", event="meeting.moved", sources=OPEN, guards=(not_done_yet, lies_ahead)),
        Step(name="cancel_meeting", event="meeting.cancelled", sources=frozenset(Stage),
             guards=(not_done_yet,)),
        Step(name="remind_of_meeting", event="meeting.reminded", sources=frozenset(Stage), needs=None,
             guards=(not_done_yet,)),
        Step(name="resend", event="message.requeued", sources=frozenset(Stage), guards=(not_done_yet,)),
        Step(name="take_as_sent", event="message.taken_as_sent", sources=frozenset(Stage),
             guards=(not_done_yet,)),
        Step(name="dispatch", event="letter.dispatched", sources=frozenset(Stage), needs=C.REGISTER,
             guards=(not_done_yet,)),
        Step(name="report_return", event="letter.returned", sources=frozenset(Stage), needs=C.REGISTER,
             guards=(not_done_yet,)),
        Step(name="report_delivery", event="message.delivered", sources=frozenset(Stage), needs=None),
        Step(name="report_failure", event="message.failed", sources=frozenset(Stage), needs=None),
        Step(name="report_uncertain", event="message.uncertain", sources=frozenset(Stage), needs=None),
        Step(name="report_bounce", event="message.bounced", sources=frozenset(Stage), needs=None),
        Step(name="report_read", event="message.read", sources=frozenset(Stage), needs=None),
    )
}  # fmt: skip

# Events that no step of its own stands for: an outgoing message is part of the step that sends it.
# An approval ends when what it was given for is changed.
MESSAGE_QUEUED, LETTER_QUEUED, APPROVAL_VOIDED = "message.queued", "letter.queued", "approval.voided"
EVENTS: frozenset[str] = frozenset(step.event for step in STEPS.values()) | {
    MESSAGE_QUEUED,
    LETTER_QUEUED,
    APPROVAL_VOIDED,
}


def why_not(step: Step, facts: Facts, actor: Actor) -> tuple[Reason, ...]:
    """Every reason why ``actor`` may not take ``step`` now; empty when they may.

    All guards are asked, so that a person learns in one go what is missing. Only the stage and the
    right to act at all are answered alone: guards about a plan mean nothing before there is one.
    """
    if step.sources:
        if facts.stage not in step.sources:
            return (Reason.WRONG_STAGE,)
    elif facts.stage is not None:
        return (Reason.WRONG_STAGE,)
    if actor.kind is ActorKind.CUSTOMER:
        if not step.customer:
            return (Reason.NOT_ALLOWED,)
    elif actor.kind is ActorKind.OUTSIDE:
        if not step.outside:
            return (Reason.NOT_ALLOWED,)
    elif actor.kind is ActorKind.STAFF:
        if step.needs is None or not actor.may(step.needs):
            return (Reason.NOT_ALLOWED,)
        if actor.id in facts.complained_about:
            return (Reason.CONFLICT_OF_INTEREST,)
    return tuple(reason for guard in step.guards if (reason := guard(facts, actor)))
