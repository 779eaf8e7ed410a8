"""Words to the customer, as part of a step: written down first, sent by a job after. And words from them."""

from dataclasses import dataclass

from amends.cases.actions.door import Case
from amends.cases.choices import Channel, MessageStatus, Purpose
from amends.cases.models import Document, Message
from amends.cases.models.message import Direction
from amends.kit.chain import digest
from amends.kit.prepared import insert
from amends.rules.capabilities import ActorKind
from amends.rules.lifecycle import LETTER_QUEUED, MESSAGE_QUEUED, STEPS


def reaches(case_channel: str, address: str) -> bool:
    """Whether words over this channel arrive: e-mail needs an address, the rest a person who says it."""
    return bool(address) if case_channel == Channel.EMAIL else True


WAITS = {Channel.EMAIL: MessageStatus.QUEUED, Channel.LETTER: MessageStatus.TO_PRINT}


@dataclass(frozen=True, kw_only=True)
class Mail:
    """What a mail brings beside its new words. ``replies_to`` is the message of the case that it answers."""

    message_id: str = ""
    subject: str = ""
    quoted: str = ""
    sender: str = ""  # as the mail names them; empty: the customer as we know them
    replies_to: Message | None = None


def tell_customer(
    case: Case, *, purpose: str, subject: str, body: str, channel: str = Channel.EMAIL, calendar: str = ""
) -> Message:
    """Put words to the customer on file: a mail waits to be sent, a letter to be printed, the rest is said.

    ``calendar`` is an iCalendar object that travels with a mail.
    """
    complaint, speaker = case.complaint, case.complaint.speaker
    if case.actor.kind is ActorKind.STAFF:
        complaint.wrote_after_end_at = None
    status = WAITS.get(Channel(channel), MessageStatus.LOGGED)
    if channel == Channel.EMAIL and not speaker.email:
        status = MessageStatus.LOGGED
    message = Message(
        complaint=complaint,
        direction=Direction.OUT,
        channel=channel,
        purpose=purpose,
        at=case.at,
        author_id=case.actor.id if case.actor.kind is ActorKind.STAFF else None,
        author_name=case.actor.name,
        to=address_of(case, status),
        subject=subject or complaint.title,
        body=body,
        language=complaint.language,
        calendar=calendar,
        status=status,
    )
    insert(message)
    case.say(message=message.pk, text_sha256=digest(body))
    if status == MessageStatus.QUEUED:
        case.also(MESSAGE_QUEUED, message=message.pk)
    elif status == MessageStatus.TO_PRINT:
        case.also(LETTER_QUEUED, message=message.pk)
    return message


def note_inside(case: Case, text: str) -> Message:
    """A word among ourselves; the customer never sees it. The caller says so in the step's event.

    Of words after the end it says why nothing is to be answered: somebody has seen to them.
    """
    if case.actor.kind is ActorKind.STAFF:
        case.complaint.wrote_after_end_at = None
    return Message.objects.create(
        complaint=case.complaint,
        direction=Direction.INSIDE,
        channel=Channel.PORTAL,
        at=case.at,
        author_id=case.actor.id if case.actor.kind is ActorKind.STAFF else None,
        author_name=case.actor.name,
        body=text,
        language=case.complaint.language,
        status=MessageStatus.LOGGED,
    )


def address_of(case: Case, status: str) -> str:
    """Where words go that wait in this ``MessageStatus``: an e-mail address, a postal one, or a phone."""
    speaker = case.complaint.speaker
    if status == MessageStatus.QUEUED:
        return speaker.email
    if status == MessageStatus.TO_PRINT:
        return ", ".join(case.complaint.customer.address.split("\n"))[:254]
    return speaker.phone


def hear_customer(case: Case, body: str, *, channel: str, mail: Mail | None = None) -> Message:
    """Put the customer's words on file, as they were. Who answers a message has read it."""
    case.heard, mail = True, mail or Mail()
    if not case.complaint.is_open and case.complaint.wrote_after_end_at is None:
        case.complaint.wrote_after_end_at = case.at
    if mail.replies_to is not None:
        Message.objects.filter(pk=mail.replies_to.pk, read_at__isnull=True).update(read_at=case.at)
    message = Message(
        complaint=case.complaint,
        direction=Direction.IN,
        channel=channel,
        purpose=Purpose.OTHER,
        at=case.at,
        author_name=(mail.sender or case.complaint.speaker.name)[:200],
        subject=mail.subject[:200],
        body=body,
        quoted=mail.quoted,
        message_id=mail.message_id[:998],
        replies_to=mail.replies_to,
        language=case.complaint.language,
        status=MessageStatus.RECEIVED,
    )
    insert(message)
    case.say(message=message.pk, text_sha256=digest(body))
    return message


def attach_to(case: Case, document: Document, message: Message) -> None:
    """Put a file on the case that came with a message, and say so in its own event."""
    document.complaint, document.message = case.complaint, message
    document.at, document.by_name = case.at, message.author_name
    document.from_customer = document.for_customer = message.incoming
    document.save(force_insert=True)
    case.also(STEPS["attach"].event, document=document.pk, sha256=document.sha256, size=document.size)
