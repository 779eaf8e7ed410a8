"""A message on its way: taken by the mail server or not, printed, posted, come back, read."""

from collections.abc import Callable
from datetime import date, datetime

from amends.cases.actions.door import Case, take
from amends.cases.actions.outgoing import address_of
from amends.cases.choices import NOT_REACHED, Channel, MessageStatus
from amends.cases.models import Complaint, Message
from amends.rules.capabilities import Actor
from amends.rules.lifecycle import LETTER_QUEUED, MESSAGE_QUEUED

S = MessageStatus


def begin_sending(message: Message, *, message_id: str) -> bool:
    """Claim a queued mail before the mail server is called; False when somebody else has it.

    Not a step, and no event: nothing has happened yet. Who finds it claimed and its sender dead cannot know
    whether it went, and reports it as uncertain.
    """
    claimed = Message.objects.filter(pk=message.pk, status=S.QUEUED)
    return bool(claimed.update(status=S.SENDING, message_id=message_id))


def give_back(message: Message) -> None:
    """The mail server certainly did not take it: it may be tried again."""
    Message.objects.filter(pk=message.pk, status=S.SENDING).update(status=S.QUEUED)


def report_delivery(message: Message, *, by: Actor, at: datetime, attempts: int = 1) -> Complaint:
    """The mail server took the message, at the given attempt."""
    with take("report_delivery", message.complaint, by=by, at=at) as case:
        _update(case, message, status=S.SENT, sent_at=at, error="", attempts=attempts)
    return case.complaint


def report_failure(message: Message, *, by: Actor, at: datetime, error: str, attempts: int = 1) -> Complaint:
    """The message could not be sent after all tries: a person must see to it."""
    with take("report_failure", message.complaint, by=by, at=at) as case:
        _update(case, message, status=S.FAILED, error=error[:300], attempts=attempts)
    return case.complaint


def report_uncertain(
    message: Message, *, by: Actor, at: datetime, error: str, attempts: int = 1
) -> Complaint:
    """The sending was cut off where the mail server may have it already: a person decides (mission A1)."""
    with take("report_uncertain", message.complaint, by=by, at=at) as case:
        _update(case, message, status=S.UNCERTAIN, error=error[:300], attempts=attempts)
    return case.complaint


def report_bounce(message: Message, *, by: Actor, at: datetime, error: str) -> Complaint:
    """The message came back: it never reached the customer. A person must see to it."""
    with take("report_bounce", message.complaint, by=by, at=at) as case:
        _update(case, message, status=S.BOUNCED, error=error[:300])
    return case.complaint


def report_read(message: Message, *, by: Actor, at: datetime) -> Complaint:
    """The customer opened the message, as their receipt says."""
    with take("report_read", message.complaint, by=by, at=at) as case:
        _update(case, message, read_at=at)
    return case.complaint


def take_as_sent(message: Message, *, by: Actor, at: datetime) -> Complaint:
    """A person knows that the uncertain message arrived, and it is not sent again."""
    still = _is(message, S.UNCERTAIN)
    with take("take_as_sent", message.complaint, by=by, at=at, still_open=still) as case:
        _update(case, message, status=S.SENT, sent_at=message.sent_at or at, error="")
    return case.complaint


def resend(message: Message, *, by: Actor, at: datetime) -> Complaint:
    """Try a message again that did not reach the customer: to the address that they have now."""
    with take("resend", message.complaint, by=by, at=at, still_open=_is(message, *NOT_REACHED)) as case:
        letter = message.channel == Channel.LETTER
        status = S.TO_PRINT if letter else S.QUEUED
        _update(case, message, error="", status=status, to=address_of(case, status) or message.to)
        case.also(LETTER_QUEUED if letter else MESSAGE_QUEUED, message=message.pk)
    return case.complaint


def dispatch(
    message: Message, *, by: Actor, at: datetime, kind: str, on: date, number: str = ""
) -> Complaint:
    """The letter is in the post: on that day, in that way (``DispatchKind``), under that number if any."""
    still = _is(message, S.TO_PRINT)
    with take("dispatch", message.complaint, by=by, at=at, still_open=still) as case:
        _update(
            case,
            message,
            status=S.DISPATCHED,
            sent_at=at,
            dispatched_on=on,
            dispatch_kind=kind,
            dispatch_number=number.strip(),
        )
        case.say(on=on.isoformat(), kind=kind)
    return case.complaint


def report_return(message: Message, *, by: Actor, at: datetime, on: date, why: str = "") -> Complaint:
    """The post brought the letter back. A person must find another way to the customer."""
    still = _is(message, S.DISPATCHED, S.LOGGED)
    with take("report_return", message.complaint, by=by, at=at, still_open=still) as case:
        _update(case, message, status=S.RETURNED, returned_on=on, error=why.strip()[:300])
        case.say(on=on.isoformat())
    return case.complaint


def _is(message: Message, *statuses: str) -> Callable[[], bool]:
    """Whether it still stands so; asked under the complaint's lock."""
    return Message.objects.filter(pk=message.pk, status__in=statuses).exists


def _update(case: Case, message: Message, **fields: object) -> None:
    Message.objects.filter(pk=message.pk).update(**fields)
    case.say(message=message.pk)
