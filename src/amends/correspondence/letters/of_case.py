"""A letter of a complaint, from its message or from words that nobody has sent yet."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils import timezone

from amends.cases.choices import Channel, Purpose
from amends.cases.links import link_url
from amends.cases.models import Complaint, Message
from amends.cases.models.message import Direction
from amends.correspondence import letterheads
from amends.correspondence.addressee import addressee
from amends.correspondence.letters.case_file import CaseFile
from amends.correspondence.letters.letter import laid_out
from amends.correspondence.letters.reading import clean, line
from amends.correspondence.letters.taken_apart import taken_apart
from amends.correspondence.letters.texts import Wording
from amends.correspondence.phrasebook import phrases
from amends.correspondence.post.paper import files_of


def letter_data(
    complaint: Complaint,
    *,
    subject: str,
    text: str,
    sender: str,
    day: date,
    position: str = "",
    purpose: str = "",
) -> dict[str, Any]:
    """Words as ``setting.set_pdf`` wants them. ``text`` stands between salutation and close.

    ``sender`` signs, with their ``position`` in the house; the letterhead is the one that holds now. A letter
    whose ``purpose`` is to ask whether it is good has a slip to answer on.
    """
    case = _case(complaint, day, signatory=sender, position=position)
    return _set(case, complaint, subject, text, slip=purpose == Purpose.FOLLOW_UP)


def letter_of(message: Message) -> dict[str, Any]:
    """A message on file as ``setting.set_pdf`` wants it: exactly its words, dated as it was written.

    Salutation and close stand where the layout has them. A text that has none of its own, as programs may
    write it, gets the language's.
    """
    complaint = message.complaint
    found = taken_apart(message)
    enclosures = [document.name for document in files_of(message).enclosures]
    day = timezone.localtime(message.at).date()
    case = _case(
        complaint, day, signatory=found.signatory, position=found.position, enclosures=tuple(enclosures)
    )
    return _set(
        case, complaint, message.subject, found.text,
        greeting=found.greeting, close=found.close, signed=found.signed,
        slip=message.purpose == Purpose.FOLLOW_UP,
    )  # fmt: skip


def letter_name(message: Message) -> str:
    """The file name of a message set as a letter (2026-00042 letter 3.pdf), the same whenever it is asked."""
    letters = Message.objects.filter(
        complaint=message.complaint_id, direction=Direction.OUT, channel=Channel.LETTER, pk__lte=message.pk
    )
    word = phrases(message.language)["letter"]["file"]
    return f"{message.complaint.reference} {word} {letters.count()}.pdf"


def _case(
    complaint: Complaint,
    day: date,
    *,
    signatory: str,
    position: str,
    enclosures: tuple[str, ...] = (),
) -> CaseFile:
    letterhead = letterheads.current()
    return CaseFile(
        house=letterheads.house_of(letterhead),
        customer=addressee(complaint),
        reference=complaint.reference,
        day=day,
        language=complaint.language,
        place=letterhead.place,
        signatory=signatory,
        position=position,
        enclosures=tuple(line(name) for name in enclosures),
        values={"link": link_url(complaint)},
    )


def _set(
    case: CaseFile,
    complaint: Complaint,
    subject: str,
    text: str,
    *,
    greeting: str = "",
    close: Sequence[str] | None = None,
    signed: Sequence[str] = (),
    slip: bool = False,
) -> dict[str, Any]:
    said = Wording(line(subject) or line(complaint.title), clean(text))
    sheet = letterheads.sheet_of(letterheads.current())
    return laid_out(
        case, complaint.language, said, greeting=greeting, close=close, signed=signed, slip=slip, **sheet
    )  # fmt: skip
