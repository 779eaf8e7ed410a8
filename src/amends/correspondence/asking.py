"""Asking whether it is good, as long as the rules say, and taking silence for silence."""

from datetime import datetime

from django.db import transaction

from amends.cases import actions
from amends.cases.choices import Channel, MessageStatus, Outcome, Purpose
from amends.cases.clocks import claim, each
from amends.cases.facts import unanswered
from amends.cases.models import Clock, Complaint
from amends.cases.models.complaint import locked
from amends.cases.models.message import Direction
from amends.correspondence.media import asks_over
from amends.correspondence.texts import Draft, draft_message
from amends.kit.clock import set_to
from amends.rules.capabilities import SYSTEM
from amends.rules.deadlines import FOLLOW_UP_BY_POST, FOLLOW_UP_QUESTIONS, ClockKind
from amends.rules.lifecycle import Stage


def follow_up(at: datetime) -> int:
    """See to each follow-up clock that is due at ``at``: ask (again), or close as silent; how many.

    Who has no e-mail address gets a letter to print, with a slip to send back. Where nothing of it can be
    done (somebody to be called, a letter that still lies there, words of the customer that nobody answered,
    no written answer to a formal complaint) the clock is reported as run out, once: the case is late on
    somebody's desk.
    """
    rows = Clock.objects.filter(
        kind=ClockKind.FOLLOW_UP, due_at__lte=at, stopped_at__isnull=True, breached_at__isnull=True
    )
    due = claim(rows.order_by("due_at", "pk"), at)
    return each(due, lambda clock: _see_to(clock, at))


def _see_to(clock: Clock, at: datetime) -> bool:
    with transaction.atomic():
        complaint = locked.one(clock.complaint_id)
        if not Clock.objects.filter(pk=clock.pk, stopped_at__isnull=True).exists():
            return False  # asked or answered meanwhile
        if complaint.stage == Stage.CLOSED:
            _ask_once_more(complaint, at)
            return True
        try:
            if _next(complaint, at):
                return True
        except actions.Refused:
            pass  # a written answer is still owed
        return actions.report_breach(clock, by=SYSTEM, at=at)


def _next(complaint: Complaint, at: datetime) -> bool:
    """The next question, or the end of asking; False where a person must see to it."""
    if unanswered(complaint) or _lies_there(complaint):
        return False
    if times_asked(complaint) < FOLLOW_UP_QUESTIONS:
        return ask(complaint, at)
    actions.close_as_silent(complaint, by=SYSTEM, at=at)
    return True


def _ask_once_more(complaint: Complaint, at: datetime) -> None:
    """Who stayed silent is asked one last time; who cannot be asked, or spoke meanwhile, is left in peace."""
    silent = complaint.outcome == Outcome.SILENT and not unanswered(complaint)
    channel = asks_over(complaint)
    if silent and channel is not None:
        draft = _question(complaint, at, channel)
        actions.ask_once_more(
            complaint, by=SYSTEM, at=at, text=draft.body, subject=draft.subject, channel=channel
        )
    else:
        actions.let_rest(complaint, by=SYSTEM, at=at)


def times_asked(complaint: Complaint) -> int:
    """How often the customer was asked since the case last came to following up."""
    follow_up = complaint.follow_ups.last()
    return follow_up.times_asked if follow_up else 0


def ask(complaint: Complaint, at: datetime) -> bool:
    """Ask by e-mail, or by a letter to print; False where a person must call: the case is on somebody's desk,
    and its follow-up clock says until when.

    Raises Refused when the case is not following up.
    """
    channel = asks_over(complaint)
    if complaint.stage == Stage.FOLLOWING_UP and channel is None:
        return False
    channel = channel or Channel.EMAIL  # the door says why not
    draft = _question(complaint, at, channel)
    actions.ask_if_good(complaint, by=SYSTEM, at=at, text=draft.body, subject=draft.subject, channel=channel)
    return True


def _lies_there(complaint: Complaint) -> bool:
    """Whether the last question is a letter that nobody has posted."""
    asked = complaint.messages.filter(direction=Direction.OUT, purpose=Purpose.FOLLOW_UP).order_by("-pk")
    return asked.values_list("status", flat=True).first() == MessageStatus.TO_PRINT


def _question(complaint: Complaint, at: datetime, channel: Channel) -> Draft:
    with set_to(at):
        if channel is not Channel.LETTER:
            return draft_message(Purpose.FOLLOW_UP, complaint, channel=channel)
        by_post = at + FOLLOW_UP_BY_POST
        return draft_message(Purpose.FOLLOW_UP, complaint, channel=channel, answer_wanted_by=by_post)
