"""What the program itself reports: a clock that ran out, a mail that went or did not go."""

from datetime import datetime

from amends.cases.actions.door import take
from amends.cases.choices import MessageStatus
from amends.cases.models import Clock, Complaint, Message
from amends.rules.capabilities import Actor
from amends.rules.lifecycle import MESSAGE_QUEUED


def report_breach(clock: Clock, *, by: Actor, at: datetime) -> bool:
    """Put a clock that ran out on file, once. False when it was stopped or reported meanwhile."""
    with take("report_breach", clock.complaint, by=by, at=at) as case:
        claimed = Clock.objects.filter(pk=clock.pk, stopped_at__isnull=True, breached_at__isnull=True)
        if not claimed.update(breached_at=at):
            raise ClockStopped
        case.say(clock=clock.kind, due=clock.due_at.isoformat(), rule=clock.rule)
    return True


class ClockStopped(Exception):
    """Somebody stopped or reported the clock first: nothing to report, nothing was written."""


def report_delivery(message: Message, *, by: Actor, at: datetime, attempts: int = 1) -> Complaint:
    """The mail server took the message, at the given attempt."""
    with take("report_delivery", message.complaint, by=by, at=at) as case:
        Message.objects.filter(pk=message.pk).update(
            status=MessageStatus.SENT, sent_at=at, error="", attempts=attempts
        )
        case.say(message=message.pk)
    return case.complaint


def report_failure(message: Message, *, by: Actor, at: datetime, error: str, attempts: int = 1) -> Complaint:
    """The message could not be sent after all tries: a person must see to it."""
    with take("report_failure", message.complaint, by=by, at=at) as case:
        Message.objects.filter(pk=message.pk).update(
            status=MessageStatus.FAILED, error=error[:300], attempts=attempts
        )
        case.say(message=message.pk)
    return case.complaint


def resend(message: Message, *, by: Actor, at: datetime) -> Complaint:
    """Try a failed message again, to the address the customer has now."""
    with take(
        "resend",
        message.complaint,
        by=by,
        at=at,
        still_open=lambda: Message.objects.filter(pk=message.pk, status=MessageStatus.FAILED).exists(),
    ) as case:
        address = case.complaint.speaker.email or message.to
        Message.objects.filter(pk=message.pk).update(status=MessageStatus.QUEUED, to=address, error="")
        case.say(message=message.pk)
        case.also(MESSAGE_QUEUED, message=message.pk)
    return case.complaint
