"""To which complaint a message belongs, and whether who wrote it has a part in that complaint."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import QuerySet

from amends.cases.models import Complaint, Message
from amends.correspondence.arrivals.reading import Read
from amends.correspondence.arrivals.writers import Writer
from amends.correspondence.models import Arrival
from amends.correspondence.reply_token import complaint_of_address
from amends.people.models import StaffMember

_REFERENCE = re.compile(r"(?<![\d-])(20\d\d-\d{5,7})(?![\d-])")
_DELIVERED = ("delivered-to", "x-original-to", "envelope-to", "x-envelope-to", "x-delivered-to")
_ADDRESS = re.compile(r"[^\s<>\"',;:()]{1,200}@[^\s<>\"',;:()]{1,253}")
MERGES = 10  # how far a complaint that was merged is followed


class Part(StrEnum):
    """Which part somebody has in a complaint."""

    SPEAKER = "speaker"  # the customer, or who speaks for them
    HEARD = "heard"  # wrote on it before
    STAFF = "staff"  # handles it, or was asked about it
    NONE = "none"


@dataclass(frozen=True)
class Place:
    """A complaint that a message names, the message of the house that it answers, and the writer's part."""

    complaint: Complaint
    answers: Message | None
    part: Part


def place_of(read: Read, writer: Writer | None, staff: StaffMember | None) -> Place | None:
    """Where the message belongs: the first complaint that it names and in which its writer has a part.

    It names one by the reply address, by the messages that it answers, or by the reference in its subject,
    in this order. Where the writer has a part in none, the first with Part.NONE: a person decides. Whoever
    learns a reference or an address cannot write into a case by it.

    ``staff`` is the writer, if they work here.
    """
    first: Place | None = None
    for named, answers in _named(read):
        complaint = carried_on(named)
        part = _part(named, complaint, writer, staff)
        place = Place(complaint, answers if answers and answers.complaint_id == complaint.pk else None, part)
        if part is not Part.NONE:
            return place
        first = first or place
    return first


def _named(read: Read) -> Iterator[tuple[Complaint, Message | None]]:
    ids = read.referred_to
    answered = _in_order(Message.objects.exclude(message_id="").filter(message_id__in=ids), ids)
    for address in addresses_of(read):
        if (complaint := complaint_of_address(address)) is not None:
            one = next((m for m in answered if m.complaint_id == complaint.pk), None)
            yield complaint, one
    for message in answered:
        yield _complaints().get(pk=message.complaint_id), message
    if ids:
        arrived = Arrival.objects.exclude(message_id="").filter(message_id__in=ids, complaint__isnull=False)
        taken = arrived.filter(state=Arrival.State.TAKEN).values("complaint")
        yield from ((complaint, None) for complaint in _complaints().filter(pk__in=taken)[:5])
    if references := _REFERENCE.findall(read.said.subject)[:5]:
        yield from ((complaint, None) for complaint in _complaints().filter(reference__in=references))


def _in_order(rows: QuerySet[Message], ids: list[str]) -> list[Message]:
    return sorted(rows, key=lambda row: ids.index(row.message_id)) if ids else []


def _complaints() -> QuerySet[Complaint]:
    return Complaint.objects.select_related("customer", "representative")


def addresses_of(read: Read) -> Iterator[str]:
    """Where the message was sent to, also where that is told by servers on its way only."""
    yield from dict.fromkeys(one.email for one in (*read.said.to, *read.said.cc) if one.email)
    for name in _DELIVERED:
        for value in read.header.every(name):
            yield from _ADDRESS.findall(value[:1000])


def carried_on(complaint: Complaint) -> Complaint:
    """The complaint in which this one carries on, if it was merged."""
    for _ in range(MERGES):
        if complaint.merged_into_id is None:
            break
        complaint = _complaints().get(pk=complaint.merged_into_id)
    return complaint


def _part(named: Complaint, complaint: Complaint, writer: Writer | None, staff: StaffMember | None) -> Part:
    if writer is None:
        return Part.NONE
    same_customer = {complaint.pk: complaint}
    if named.customer_id == complaint.customer_id:
        same_customer[named.pk] = named
    if any(writer.email in _speakers(one) for one in same_customer.values()):
        return Part.SPEAKER
    if staff is not None:
        return Part.STAFF if _on_the_case(complaint, staff) else Part.NONE
    heard = Arrival.objects.filter(
        complaint__in=same_customer, state=Arrival.State.TAKEN, sender=writer.email
    )
    return Part.HEARD if heard.exists() else Part.NONE


def _speakers(complaint: Complaint) -> set[str]:
    people = [complaint.customer, complaint.representative]
    return {person.email.lower() for person in people if person is not None and person.email}


def _on_the_case(complaint: Complaint, staff: StaffMember) -> bool:
    if complaint.complained_about.filter(pk=staff.pk).exists():
        return False
    return complaint.handler_id == staff.pk or complaint.inquiries.filter(colleague=staff).exists()
