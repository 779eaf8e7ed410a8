"""Putting a mail on file: as a complaint, as the customer's words in one, or as a note among ourselves.

All of it inside the transaction of who decides: with the arrival's own row it stands or falls.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.utils.translation import gettext

from amends.cases import actions
from amends.cases.actions.outgoing import Mail
from amends.cases.choices import Category, Channel
from amends.cases.models import Complaint, Document, Message
from amends.correspondence.arrivals.language import language_of
from amends.correspondence.arrivals.reading import Read, stored
from amends.correspondence.arrivals.writers import Writer
from amends.correspondence.models import Arrival
from amends.people.actors import SYSTEM, customer_actor
from amends.people.customers import known
from amends.people.models import Customer
from amends.rules.capabilities import Actor

NOTED = 4000  # characters of a machine's answer that go into a note


def put_reply(
    complaint: Complaint,
    arrival: Arrival,
    read: Read,
    documents: Sequence[Document],
    *,
    by: Actor,
    at: datetime,
    writer: Writer,
    answers: Message | None = None,
) -> Message:
    """The customer's further words. ``answers`` is the message of the house that they answer.

    A mail proves nothing about who sent it: the words are put on file under the name that it gives, and
    nothing that asks for proof, a signature or a consent, follows from them.
    """
    mail = Mail(
        message_id=arrival.message_id,
        subject=stored(read.said.subject, 200),
        quoted=read.said.quoted,
        sender=writer.name or writer.email or gettext("(no sender)"),
        replies_to=answers,
    )
    words = words_of(read)
    actions.hear(complaint, by=by, at=at, words=words, channel=Channel.EMAIL, mail=mail, documents=documents)
    return _last(complaint)


def put_note(
    complaint: Complaint, read: Read, documents: Sequence[Document], *, by: Actor, at: datetime, intro: str
) -> Message:
    """Words that are not the customer's: a colleague's, or a machine's. No clock stops for them."""
    text = "\n\n".join(part for part in (intro, words_of(read)) if part)
    actions.note(complaint, by=by, at=at, text=text)
    message = _last(complaint)
    for document in documents:
        actions.attach(complaint, by=by, at=at, document=document)
    return message


def put_new(
    read: Read, documents: Sequence[Document], *, at: datetime, received_at: datetime, writer: Writer
) -> Complaint:
    """A complaint of its own, signed for by who wrote it, as with the form on the public page.

    It counts as received when the mail reached the house; what its Date field says is anybody's.
    """
    story = story_of(read)
    customer = customer_of(writer, f"{read.subject}\n{story}")
    actor = customer_actor(customer)
    complaint = actions.register(
        by=actor,
        at=at,
        customer=customer,
        story=story,
        channel=Channel.EMAIL,
        category=Category.SERVICE,
        signed_by=(writer.name or writer.email)[:150],
        title=stored(read.subject, 200),
        received_at=min(received_at, at),
    )
    for document in documents:
        actions.attach(complaint, by=actor, at=at, document=document)
    return complaint


def customer_of(writer: Writer, words: str) -> Customer:
    """The customer with this address, of several the one of this name; else a new one.

    Nothing of a known customer is changed by a mail: answers go to the address that is on file.
    """
    same = list(known(email=writer.email)[:20])
    named = (one for one in same if one.name.casefold() == writer.name.casefold())
    if customer := next(named, same[0] if same else None):
        return customer
    name = writer.name or writer.email
    return Customer.objects.create(name=name[:200], email=writer.email, language=language_of(words))


def wrote_lately(writer: Writer, at: datetime) -> int:
    """How many complaints came by mail from this address in the hour before ``at``."""
    customers = list(known(email=writer.email).values_list("pk", flat=True)[:20])
    if not customers:  # most who write have never written
        return 0
    theirs = Complaint.objects.filter(customer__in=customers, channel=Channel.EMAIL)
    return theirs.filter(received_at__gt=at - timedelta(hours=1), received_at__lte=at).count()


def words_of(read: Read) -> str:
    """The new words; of an invitation that was answered without any, its subject, which says the answer."""
    if read.said.text or not any(file.type == "text/calendar" for file in read.said.attachments):
        return read.said.text
    return stored(read.said.subject, 200)


def story_of(read: Read) -> str:
    """What a complaint tells: the new words and what is forwarded with them; without any, the subject."""
    said = read.said
    if said.text:
        return f"{said.text}\n\n{said.quoted}" if read.forwards and said.quoted else said.text
    return read.subject or ", ".join(file.name for file in said.attachments if file.name)


def by_mail(writer: Writer) -> str:
    """Who says it, and that nothing proves it."""
    name = f"{writer.name} <{writer.email}>" if writer.name else writer.email
    return gettext("By mail from %(sender)s (the address alone is no proof):") % {"sender": name}


def actor_of(complaint: Complaint, writer: Writer) -> Actor:
    """The customer or their representative where the address is theirs, else the program."""
    for person in (complaint.representative, complaint.customer):
        if person is not None and person.email.lower() == writer.email:
            return customer_actor(person)
    return SYSTEM


def _last(complaint: Complaint) -> Message:
    """The message just put on file: the complaint is locked, so nobody put another."""
    return Message.objects.filter(complaint=complaint).latest("pk")
