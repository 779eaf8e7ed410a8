"""Letters that were written and set, for the tests of the post."""

import struct
import zlib
from datetime import datetime
from io import BytesIO

from pypdf import PdfReader, PdfWriter

from amends.cases import actions
from amends.cases.choices import Channel
from amends.cases.documents import kept
from amends.cases.models import Complaint, Document, Message
from amends.correspondence.letters.of_case import letter_of
from amends.correspondence.letters.setting import set_pdf
from amends.people.models import Customer
from amends.rules.capabilities import SYSTEM
from tests.conftest import MONDAY, House


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


SMALL_PNG = (
    b"\x89PNG\r\n\x1a\n"
    + _chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0))
    + _chunk(b"IDAT", zlib.compress(b"\0\xff\0\0"))
    + _chunk(b"IEND", b"")
)


def written(
    house: House, text: str = "We look into it.", *, at: datetime = MONDAY, case: Complaint | None = None,
    **customer: str,
) -> Message:  # fmt: skip
    """A letter in the queue, not set yet, to a customer of its own."""
    given = {
        "name": "Anna Whitfield",
        "address": "7 Elm Road\nCheltenham\nGL50 1AA",
        "language": "en",
    } | customer
    if case is None:
        case = house.complaint(customer=Customer.objects.create(**given))
    actions.write(case, by=house.actor(house.handler), at=at, text=text, channel=Channel.LETTER)
    return case.messages.order_by("-pk")[0]


def ready(house: House, text: str = "We look into it.", **more: object) -> Message:
    """The same, set and stored as the job does it."""
    message = written(house, text, **more)  # type: ignore[arg-type]
    attach(message, "letter.pdf", set_pdf([letter_of(message)]))
    return message


def attach(message: Message, name: str, content: bytes, *, house: House | None = None) -> Document:
    """A file that hangs on the message: the letter, or from a person of the house an enclosure."""
    types = {"pdf": "application/pdf", "png": "image/png", "docx": "application/msword"}
    document = kept(name, types[name.rpartition(".")[2]], content)
    by = house.actor(house.handler) if house else SYSTEM
    at = max(message.at, message.sent_at or message.at)
    return actions.attach(message.complaint, by=by, at=at, document=document, message=message)


def blank_pdf(pages: int, *, password: str = "") -> bytes:
    """A PDF of that many empty pages."""
    writer, made = PdfWriter(), BytesIO()
    for _ in range(pages):
        writer.add_blank_page(width=595, height=842)
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    writer.write(made)
    return made.getvalue()


def texts_of(pdf: bytes) -> list[str]:
    """The words of each page."""
    return [page.extract_text() for page in PdfReader(BytesIO(pdf)).pages]
