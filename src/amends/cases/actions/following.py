"""Asking whether it is good, until the customer says so, says no, or stays silent."""

from datetime import datetime

from amends.cases.actions.door import Case, take
from amends.cases.actions.investigating import raise_level
from amends.cases.actions.outgoing import hear_customer, reaches, tell_customer
from amends.cases.actions.wording import Wording
from amends.cases.choices import Channel, FollowUpAnswer, Outcome, Purpose
from amends.cases.models import Complaint, FollowUp
from amends.rules.capabilities import Actor
from amends.rules.deadlines import (
    FOLLOW_UP_BY_POST,
    LAST_QUESTION,
    LAST_QUESTION_AFTER,
    ClockKind,
    rule_name,
)


def open_follow_up(case: Case) -> FollowUp:
    """Begin a follow-up as part of the step that leads there."""
    return FollowUp.objects.create(complaint=case.complaint, asked_at=case.at)


def ask_if_good(
    complaint: Complaint,
    *,
    by: Actor,
    at: datetime,
    text: str,
    subject: str = "",
    channel: str = Channel.EMAIL,
    override: str = "",
) -> Complaint:
    """Ask the customer whether it was right (mission C10); counted, since silence needs two askings.

    An asking that reaches nobody is refused: two of them would close the case as silent.
    """
    reached = reaches(channel, complaint.speaker.email)
    said, words = Wording(complaint, Purpose.FOLLOW_UP, text, by, override), bool(text.strip())
    with take(
        "ask_if_good", complaint, by=by, at=at, words=words, customer_reached=reached, **said.given
    ) as case:
        said.put_down(case)
        follow_up = case.complaint.follow_ups.last() or open_follow_up(case)
        follow_up.times_asked += 1
        follow_up.asked_at = at
        follow_up.save()
        tell_customer(case, purpose=Purpose.FOLLOW_UP, subject=subject, body=text, channel=channel)
        if channel == Channel.LETTER:
            case.due(ClockKind.FOLLOW_UP, at + FOLLOW_UP_BY_POST, rule_name(ClockKind.FOLLOW_UP))
        case.say(times=follow_up.times_asked)
    return case.complaint


def confirm(
    complaint: Complaint, *, by: Actor, at: datetime, words: str = "", channel: str = Channel.PORTAL
) -> Complaint:
    """The customer says that it is good. This, and nothing else, closes a case as satisfied."""
    with take("confirm", complaint, by=by, at=at) as case:
        _answer(case, FollowUpAnswer.YES, words, channel)
        case.complaint.outcome = Outcome.SATISFIED
    return case.complaint


def not_satisfied(
    complaint: Complaint,
    *,
    by: Actor,
    at: datetime,
    words: str = "",
    partly: bool = False,
    channel: str = Channel.PORTAL,
) -> Complaint:
    """The customer says no, or only partly: back to the investigation, one level higher."""
    with take("not_satisfied", complaint, by=by, at=at) as case:
        _answer(case, FollowUpAnswer.PARTLY if partly else FollowUpAnswer.NO, words, channel)
        raise_level(case.complaint)
        case.complaint.current_plan = None
        case.say(level=case.complaint.level)
    return case.complaint


def close_as_silent(complaint: Complaint, *, by: Actor, at: datetime) -> Complaint:
    """Asked twice, no answer: closed as silent, never counted as satisfied; asked once more, much later."""
    with take("close_as_silent", complaint, by=by, at=at) as case:
        case.due(ClockKind.FOLLOW_UP, at + LAST_QUESTION_AFTER, LAST_QUESTION)
        _answer(case, FollowUpAnswer.SILENT, "", Channel.PORTAL)
        case.complaint.outcome = Outcome.SILENT
    return case.complaint


def ask_once_more(
    complaint: Complaint,
    *,
    by: Actor,
    at: datetime,
    text: str,
    subject: str = "",
    channel: str = Channel.EMAIL,
) -> Complaint:
    """One question more, long after the silence was taken for silence. Then the customer is left in peace."""
    reached = reaches(channel, complaint.speaker.email)
    with take(
        "ask_once_more", complaint, by=by, at=at, words=bool(text.strip()), customer_reached=reached
    ) as case:
        tell_customer(case, purpose=Purpose.FOLLOW_UP, subject=subject, body=text, channel=channel)
    return case.complaint


def let_rest(complaint: Complaint, *, by: Actor, at: datetime) -> Complaint:
    """The last question cannot be asked, or is answered: nothing more is due on the closed case."""
    with take("let_rest", complaint, by=by, at=at) as case:
        pass
    return case.complaint


def invite_to_review(
    complaint: Complaint,
    *,
    by: Actor,
    at: datetime,
    text: str,
    subject: str = "",
    channel: str = Channel.EMAIL,
    override: str = "",
) -> Complaint:
    """Ask a satisfied customer, once, to say in public that it is good (mission B9)."""
    reached = reaches(channel, complaint.speaker.email)
    said, words = Wording(complaint, Purpose.REVIEW, text, by, override), bool(text.strip())
    with take(
        "invite_to_review", complaint, by=by, at=at, words=words, customer_reached=reached, **said.given
    ) as case:
        said.put_down(case)
        case.complaint.invited_to_review_at = at
        tell_customer(case, purpose=Purpose.REVIEW, subject=subject, body=text, channel=channel)
    return case.complaint


def _answer(case: Case, answer: str, words: str, channel: str) -> None:
    follow_up = case.complaint.follow_ups.last() or open_follow_up(case)
    follow_up.answer, follow_up.words, follow_up.answered_at = answer, words, case.at
    follow_up.save()
    if words.strip():
        hear_customer(case, words, channel=channel)
    case.say(answer=answer)
