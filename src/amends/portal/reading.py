"""What the customer's page shows, read in a fixed number of queries. Nothing of the house's inside is read:
no notes, inquiries, findings, plans in the making, and no colleague but the one who handles it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Q

from amends.cases.choices import Channel, MessageStatus, Purpose
from amends.cases.models import (
    Agreement,
    Clock,
    Document,
    Duty,
    Meeting,
    Message,
    Offer,
    SignedPaper,
    SigningCode,
)
from amends.cases.models.message import Direction
from amends.cases.models.settlement import AgreementEnd, OfferAnswer
from amends.cases.settlement_text import money
from amends.cases.signing import usable_code
from amends.cases.speaking import authority_on_file
from amends.kit.lengths import in_words
from amends.portal.may import May, may
from amends.portal.visit import Visit
from amends.rules.lifecycle import Stage

AT_A_GLANCE = 30  # messages on the page itself; all of them are one link away


@dataclass(frozen=True)
class Said:
    """One message of the conversation, as the customer sees it."""

    message: Message
    who: str  # empty: the customer themselves
    files: Sequence[Document]
    folded: bool = False  # a letter of ours, with a newer one after it

    @property
    def how(self) -> str:
        """The channel in words, where it was not this page or the mail that goes with it."""
        usual = self.message.channel in (Channel.PORTAL, Channel.EMAIL)
        return "" if usual else self.message.get_channel_display()

    @property
    def failed(self) -> bool:
        """Whether it was meant for the customer's mailbox and did not get there."""
        return self.message.status in (MessageStatus.FAILED, MessageStatus.BOUNCED)


@dataclass(frozen=True)
class Task:
    """One thing that was agreed, in words, and when it was or will be done."""

    words: str
    duty: Duty


@dataclass(frozen=True)
class Part:
    """What the customer does themselves, and by when."""

    words: str
    until: datetime


@dataclass(frozen=True)
class Reading:
    """Everything on the page."""

    at: datetime
    messages: Sequence[Message]
    documents: Sequence[Document]
    offer: Offer | None
    code: SigningCode | None
    paper: bool  # it came back signed on paper, and is being looked at
    authority: Document | None  # by which a representative may sign
    agreements: Sequence[Agreement]  # the newest first
    parts: Sequence[Part]
    tasks: Sequence[Task]
    clocks: Sequence[Clock]
    talks: Sequence[Meeting]
    refused: bool
    may: May

    @property
    def agreement(self) -> Agreement | None:
        """What was signed last."""
        return self.agreements[0] if self.agreements else None

    @property
    def agreed(self) -> bool:
        """Whether what was signed last holds, or did until it was done."""
        return self.agreement is not None and self.agreement.ended_how != AgreementEnd.WITHDRAWN

    @property
    def time_left(self) -> str:
        """In how long the offer ends."""
        return in_words(self.offer.expires_at - self.at, ahead=True) if self.offer else ""


def read(visit: Visit) -> Reading:
    """Read it all."""
    complaint = visit.complaint
    messages = list(messages_of(visit))
    offer = open_offer(visit)
    agreements = list(complaint.agreements.select_related("offer__plan", "pdf").order_by("-pk"))
    agreement = agreements[0] if agreements else None
    refusals = [message.at for message in messages if message.purpose == Purpose.REFUSAL]
    refused = bool(refusals) and (agreement is None or agreement.signed_at < refusals[-1])
    paper = bool(offer) and SignedPaper.objects.filter(offer=offer, accepted__isnull=True).exists()
    return Reading(
        at=visit.at,
        messages=messages,
        documents=list(documents_of(visit)),
        offer=offer,
        code=usable_code(offer, visit.at) if offer else None,
        paper=paper,
        authority=authority_on_file(complaint) if offer else None,
        agreements=agreements,
        parts=_parts(agreement) if agreement and agreement.ended_how != AgreementEnd.WITHDRAWN else [],
        tasks=_tasks(visit, agreement) if agreement else [],
        clocks=list(complaint.clocks.filter(stopped_at__isnull=True)) if complaint.is_open else [],
        talks=list(talks_of(visit)),
        refused=refused,
        may=may(visit, offer=offer, agreement=agreement, messages=messages),
    )


def messages_of(visit: Visit) -> Sequence[Message]:
    """What went to and fro, oldest first; never a note among ourselves, never a code."""
    said = visit.complaint.messages.filter(direction__in=(Direction.IN, Direction.OUT))
    return said.exclude(purpose=Purpose.CODE)  # type: ignore[return-value]


def documents_of(visit: Visit) -> Sequence[Document]:
    """The files that the customer sent, or that are meant for them."""
    return visit.complaint.documents.filter(  # type: ignore[return-value]
        Q(for_customer=True) | Q(from_customer=True)
    )


def talks_of(visit: Visit) -> Sequence[Meeting]:
    """The talks still to come, the next one first."""
    rows = visit.complaint.meetings.filter(cancelled_at__isnull=True, ends_at__gt=visit.at)
    return rows.select_related("staff")  # type: ignore[return-value]


def open_offer(visit: Visit) -> Offer | None:
    """The offer that stands unanswered."""
    if visit.complaint.stage != Stage.OFFERED:
        return None
    return visit.complaint.offers.filter(answer=OfferAnswer.OPEN).select_related("plan").last()


def conversation(visit: Visit, messages: Sequence[Message], documents: Sequence[Document]) -> list[Said]:
    """The messages with their senders and files. Who wrote for the house is named only if they handle it."""
    handler = visit.complaint.handler
    files: dict[int | None, list[Document]] = {}
    for document in documents:
        files.setdefault(document.message_id, []).append(document)
    letters = [message.pk for message in messages if not message.incoming and message.subject]
    said = []
    for message in messages:
        own = handler is not None and message.author_id == handler.pk
        who = "" if message.incoming else handler.name if own and handler else settings.AMENDS_HOUSE_NAME
        said.append(Said(message, who, files.get(message.pk, []), folded=message.pk in letters[:-1]))
    return said


def _tasks(visit: Visit, agreement: Agreement) -> list[Task]:
    duties = visit.complaint.duties.filter(remedy__plan_id=agreement.offer.plan_id)
    return [Task(_in_words(duty, visit), duty) for duty in duties.select_related("remedy__plan")]


def _parts(agreement: Agreement) -> list[Part]:
    parts = agreement.offer.plan.customer_parts.all()
    return [Part(one.description, agreement.signed_at + timedelta(days=one.within_days)) for one in parts]


def _in_words(duty: Duty, visit: Visit) -> str:
    remedy = duty.remedy
    if remedy.amount is None:
        return remedy.named
    return f"{remedy.named}, {money(remedy.amount, remedy.plan.currency, visit.complaint.language)}"
