"""Mail as it comes, written here; and the shortest way to have it taken in."""

from datetime import datetime, timedelta
from email.message import EmailMessage
from typing import Any

from amends.cases import actions
from amends.cases.choices import MessageStatus, Purpose
from amends.cases.models import Complaint, Message
from amends.correspondence.arrivals import arrive, take_in
from amends.correspondence.models import Arrival
from amends.rules.capabilities import SYSTEM
from tests.conftest import MONDAY

CLARA = "Clara Customer <clara@example.org>"
HOUR = timedelta(hours=1)


def mail(
    text: str = "The kettle leaks.",
    *,
    sender: str = CLARA,
    subject: str = "My kettle",
    message_id: str = "",
    files: Any = (),
    **headers: str,
) -> bytes:
    """A message; ``headers`` with ``_`` for ``-``, ``files`` as (name, type, bytes)."""
    message = EmailMessage()
    if sender:
        message["From"] = sender
    message["To"] = "complaints@house.example"
    message["Subject"] = subject
    if message_id:
        message["Message-ID"] = message_id
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content(text)
    for name, kind, content in files:
        maintype, _, subtype = kind.partition("/")
        message.add_attachment(content, maintype=maintype, subtype=subtype, filename=name)
    return message.as_bytes()


def came(raw: bytes, *, at: datetime = MONDAY + HOUR, source: str = "pipe") -> Arrival:
    """The message, kept and taken in."""
    return take_in(arrive(raw, source=source, at=at), at=at)


def sent(complaint: Complaint, *, at: datetime = MONDAY, message_id: str = "") -> Message:
    """A mail of the house to the customer, as it stands when the mail server has it."""
    actions.write(
        complaint, by=SYSTEM, at=at, text="We look into it.", subject="Your kettle", purpose=Purpose.PROGRESS
    )
    message = complaint.messages.latest("pk")
    actions.begin_sending(message, message_id=message_id or f"<{message.key}@house.example>")
    actions.report_delivery(message, by=SYSTEM, at=at)
    message.refresh_from_db()
    assert message.status == MessageStatus.SENT
    return message


def as_it_stands(complaint: Complaint) -> tuple[object, ...]:
    """What must not change when nothing is to change."""
    complaint.refresh_from_db()
    counts = (complaint.messages.count(), complaint.documents.count(), complaint.clocks.count())
    return (complaint.stage, complaint.events_count, complaint.chain_head, complaint.due_at, counts)
