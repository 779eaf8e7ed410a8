"""Acknowledging, saying the problem back, writing, noting and attaching."""

from datetime import datetime

from amends.cases.actions.door import take
from amends.cases.actions.outgoing import hear_customer, note_inside, reaches, tell_customer
from amends.cases.actions.wording import Wording
from amends.cases.choices import Channel, Purpose
from amends.cases.models import Complaint, Document, Message
from amends.kit.chain import digest
from amends.rules.capabilities import Actor, ActorKind


def acknowledge(
    complaint: Complaint,
    *,
    by: Actor,
    at: datetime,
    text: str,
    subject: str = "",
    channel: str = Channel.EMAIL,
    override: str = "",
) -> Complaint:
    """We know, we look into it, we are sorry, this happens next (mission B2). By mail, call or letter.

    ``override``, here and wherever words go to the customer: why they go although the coach misses
    something that they must have.
    """
    reached = reaches(channel, complaint.speaker.email)
    said = Wording(complaint, Purpose.ACKNOWLEDGEMENT, text, by, override)
    words = bool(text.strip())
    with take(
        "acknowledge", complaint, by=by, at=at, words=words, customer_reached=reached, **said.given
    ) as case:
        said.put_down(case)
        tell_customer(case, purpose=Purpose.ACKNOWLEDGEMENT, subject=subject, body=text, channel=channel)
    return case.complaint


def say_back(
    complaint: Complaint,
    *,
    by: Actor,
    at: datetime,
    understood: str,
    text: str = "",
    subject: str = "",
    channel: str = Channel.EMAIL,
    override: str = "",
) -> Complaint:
    """The problem in our words, for the customer to confirm or correct (mission E12).

    ``understood`` stands on the customer's page; ``text`` is what is written to them about it, if anything.
    """
    reached = not text.strip() or reaches(channel, complaint.speaker.email)
    said, words = Wording(complaint, Purpose.SAY_BACK, text, by, override), bool(understood.strip())
    with take(
        "say_back", complaint, by=by, at=at, words=words, customer_reached=reached, **said.given
    ) as case:
        said.put_down(case)
        case.complaint.understood = understood
        case.complaint.said_back_at = at
        case.complaint.problem_confirmed_at = None
        case.complaint.correction = ""
        if text.strip():
            tell_customer(case, purpose=Purpose.SAY_BACK, subject=subject, body=text, channel=channel)
        case.say(understood_sha256=digest(understood))
    return case.complaint


def confirm_problem(complaint: Complaint, *, by: Actor, at: datetime) -> Complaint:
    """The customer says: yes, that is my problem."""
    with take("confirm_problem", complaint, by=by, at=at) as case:
        case.heard = True
        case.complaint.problem_confirmed_at = at
        case.complaint.correction = ""
    return case.complaint


def correct_problem(
    complaint: Complaint, *, by: Actor, at: datetime, words: str, channel: str = Channel.PORTAL
) -> Complaint:
    """The customer says: not quite. Their words stay beside ours until it is said back anew."""
    with take("correct_problem", complaint, by=by, at=at, words=bool(words.strip())) as case:
        case.complaint.problem_confirmed_at = None
        case.complaint.correction = words
        hear_customer(case, words, channel=channel)
    return case.complaint


def write(
    complaint: Complaint,
    *,
    by: Actor,
    at: datetime,
    text: str,
    subject: str = "",
    channel: str = Channel.EMAIL,
    purpose: str = Purpose.PROGRESS,
    override: str = "",
    enclosure: Document | None = None,
) -> Complaint:
    """Word to the customer, with or without an answer (mission D8). Starts the rhythm anew.

    ``enclosure`` is a file of the case that goes with it.
    """
    reached = reaches(channel, complaint.speaker.email)
    said, words = Wording(complaint, purpose, text, by, override), bool(text.strip())
    with take("write", complaint, by=by, at=at, words=words, customer_reached=reached, **said.given) as case:
        said.put_down(case)
        message = tell_customer(case, purpose=purpose, subject=subject, body=text, channel=channel)
        if enclosure is not None:
            Document.objects.filter(pk=enclosure.pk, complaint=case.complaint).update(message=message)
            case.say(enclosure=enclosure.pk)
    return case.complaint


def note(complaint: Complaint, *, by: Actor, at: datetime, text: str) -> Complaint:
    """A word among ourselves. The customer never sees it."""
    with take("note", complaint, by=by, at=at, words=bool(text.strip())) as case:
        message = note_inside(case, text)
        case.say(message=message.pk, text_sha256=digest(text))
    return case.complaint


def attach(
    complaint: Complaint,
    *,
    by: Actor,
    at: datetime,
    document: Document,
    for_customer: bool = False,
    message: Message | None = None,
) -> Document:
    """Put an accepted file (see ``cases.documents.accept``) on the case, with the message it belongs to."""
    with take("attach", complaint, by=by, at=at) as case:
        document.complaint, document.message = case.complaint, message
        document.at = at
        document.by_name = by.name
        document.from_customer = by.kind is ActorKind.CUSTOMER
        document.for_customer = for_customer or document.from_customer
        case.heard = document.from_customer
        document.save(force_insert=True)
        case.say(document=document.pk, sha256=document.sha256, size=document.size)
    return document
