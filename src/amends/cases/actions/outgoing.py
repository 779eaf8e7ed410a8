"""Words to the customer, as part of a step: written down first, sent by a job after."""

from amends.cases.actions.door import Case
from amends.cases.choices import Channel, MessageStatus, Purpose
from amends.cases.models import Message
from amends.cases.models.message import Direction
from amends.kit.chain import digest
from amends.rules.capabilities import ActorKind
from amends.rules.lifecycle import MESSAGE_QUEUED


def reaches(case_channel: str, address: str) -> bool:
    """Whether words over this channel arrive: e-mail needs an address, the rest a person who says it."""
    return bool(address) if case_channel == Channel.EMAIL else True


def tell_customer(
    case: Case, *, purpose: str, subject: str, body: str, channel: str = Channel.EMAIL
) -> Message:
    """Put words to the customer on file. E-mail is queued to be sent; the rest logged as said or posted."""
    complaint, speaker = case.complaint, case.complaint.speaker
    by_mail = channel == Channel.EMAIL and bool(speaker.email)
    message = Message.objects.create(
        complaint=complaint,
        direction=Direction.OUT,
        channel=channel,
        purpose=purpose,
        at=case.at,
        author_id=case.actor.id if case.actor.kind is ActorKind.STAFF else None,
        author_name=case.actor.name,
        to=speaker.email if by_mail else speaker.phone,
        subject=subject or complaint.title,
        body=body,
        language=complaint.language,
        status=MessageStatus.QUEUED if by_mail else MessageStatus.LOGGED,
    )
    case.say(message=message.pk, text_sha256=digest(body))
    if by_mail:
        case.also(MESSAGE_QUEUED, message=message.pk)
    return message


def hear_customer(case: Case, body: str, *, channel: str) -> Message:
    """Put the customer's words on file, as they were."""
    message = Message.objects.create(
        complaint=case.complaint,
        direction=Direction.IN,
        channel=channel,
        purpose=Purpose.OTHER,
        at=case.at,
        author_name=case.complaint.speaker.name,
        body=body,
        language=case.complaint.language,
        status=MessageStatus.RECEIVED,
    )
    case.say(message=message.pk, text_sha256=digest(body))
    return message
