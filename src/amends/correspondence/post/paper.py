"""What of a letter goes on paper: its own pages, and what is enclosed."""

import tempfile
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

import typst
from django.utils.translation import gettext
from pypdf import PdfReader, PdfWriter
from pypdf.errors import PyPdfError

from amends.cases.choices import MessageStatus
from amends.cases.documents import path_of
from amends.cases.models import Document, Message
from amends.rules.capabilities import SYSTEM

PDF = "application/pdf"
PICTURES = {"image/jpeg": "jpg", "image/png": "png", "image/gif": "gif", "image/webp": "webp"}
MOST_PAGES = 200  # of one enclosure; who sends a book puts it into a box by hand
PICTURE = Path(__file__).with_name("picture.typ")


class NotPrintable(Exception):
    """A file that cannot be printed from here: it must be added by hand."""


@dataclass(frozen=True)
class Sheets:
    """One letter as it goes into the pile: the pages of letter and enclosures, and what is added by hand."""

    message: Message
    parts: list[PdfReader]
    by_hand: list[str] = field(default_factory=list)

    @property
    def pages(self) -> int:
        """Of the letter with what is printed after it."""
        return sum(len(part.pages) for part in self.parts)


class Enclosed(NamedTuple):
    """The letter's own file, and the others; None while the letter is not set."""

    letter: Document | None
    enclosures: list[Document]


def files_of(message: Message) -> Enclosed:
    """Which of the message's files is the letter as it was set last, and which lie in the envelope too."""
    files = message.documents.all()
    letters = [d for d in files if is_letter(d) and not _from_before(d, message)]
    return Enclosed(letters[-1] if letters else None, [d for d in files if not is_letter(d)])


def is_letter(document: Document) -> bool:
    """Whether the house set this file as the letter itself: what a person attached lies in the envelope."""
    return document.media_type == PDF and document.by_name == SYSTEM.name


def _from_before(document: Document, message: Message) -> bool:
    """Whether it was set for an earlier journey: a letter that came back goes out to another address."""
    if message.status != MessageStatus.TO_PRINT or message.sent_at is None:
        return False
    return document.at < message.sent_at


def sheets_of(message: Message) -> Sheets:
    """All that is printed of a letter. Where its own file is gone, it is to be added by hand itself."""
    letter, enclosures = files_of(message)
    try:
        sheets = Sheets(message, [PdfReader(path_of(letter.sha256))] if letter else [])
    except (OSError, PyPdfError):
        sheets = Sheets(message, [])
    if not sheets.parts:
        sheets.by_hand.append(gettext("the letter itself"))
    for document in enclosures:
        try:
            sheets.parts.append(printable(document))
        except NotPrintable:
            sheets.by_hand.append(document.name)
    return sheets


def printable(document: Document) -> PdfReader:
    """An enclosure as pages. Raises NotPrintable for sound, office files, and what is broken or locked."""
    if document.media_type in PICTURES:
        return _picture(document)
    if document.media_type != PDF:
        raise NotPrintable(document.name)
    try:
        reader = PdfReader(path_of(document.sha256))
        if reader.is_encrypted or not 0 < len(reader.pages) <= MOST_PAGES:
            raise NotPrintable(document.name)
        # Written once by itself: what is broken inside shows here, and not in the middle of the pile.
        return PdfReader(_written(PdfWriter(clone_from=reader)))
    except Exception as broken:  # a file from outside can be wrong in every way there is
        raise NotPrintable(document.name) from broken


@lru_cache(maxsize=4096)
def pages_of(sha256: str) -> int:
    """How many pages the letter with these bytes has; the bytes behind a digest never change.

    Raises OSError when the file is gone, PyPdfError when it is broken.
    """
    return len(PdfReader(path_of(sha256)).pages)


def _picture(document: Document) -> PdfReader:
    """A picture on a page of its own, as large as fits."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / PICTURE.name
        source.write_bytes(PICTURE.read_bytes())
        name = f"picture.{PICTURES[document.media_type]}"
        try:
            (Path(folder) / name).write_bytes(path_of(document.sha256).read_bytes())
            made = typst.compile(
                str(source), root=folder, ignore_system_fonts=True, sys_inputs={"file": name}
            )
        except (OSError, typst.TypstError) as broken:
            raise NotPrintable(document.name) from broken
    return PdfReader(BytesIO(made))


def _written(writer: PdfWriter) -> BytesIO:
    made = BytesIO()
    writer.write(made)
    return made


def missing(messages: Iterable[Message]) -> list[Message]:
    """Those whose letter is not set yet."""
    return [message for message in messages if files_of(message).letter is None]
