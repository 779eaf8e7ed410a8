"""One message read: ``parse(raw)`` gives an answer for any bytes at all."""

import html as markup
import re
from collections.abc import Set
from dataclasses import asdict, dataclass, field
from typing import Any

from amends.correspondence.incoming import automatic, bodies, limits
from amends.correspondence.incoming.addresses import Address, addresses
from amends.correspondence.incoming.bodies import Attachment, Segment
from amends.correspondence.incoming.dates import written
from amends.correspondence.incoming.headers import Header
from amends.correspondence.incoming.html import as_text, cleaned
from amends.correspondence.incoming.limits import Notes
from amends.correspondence.incoming.mime import take_apart
from amends.correspondence.incoming.reply import divide

_ID = re.compile(r"<([^<>]{1,998})>")
NOBODY = Address("", "")


@dataclass
class Incoming:
    """A message that came in. ``problems`` are codes of what was odd about it."""

    subject: str = ""
    sender: Address = NOBODY
    to: list[Address] = field(default_factory=list)
    cc: list[Address] = field(default_factory=list)
    reply_to: list[Address] = field(default_factory=list)
    message_id: str | None = None
    in_reply_to: str | None = None
    references: list[str] = field(default_factory=list)
    date: str | None = None  # ISO 8601, with its zone
    text: str = ""  # the new words
    quoted: str = ""
    html: str | None = None  # sanitised
    attachments: list[Attachment] = field(default_factory=list)
    auto: str | None = None
    problems: list[str] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """The contract of ``amends mail-parse``, its keys in order."""
        told: dict[str, Any] = {"subject": self.subject, "from": asdict(self.sender)}
        for name in ("to", "cc", "reply_to"):
            told[name] = [asdict(address) for address in getattr(self, name)]
        for name in ("message_id", "in_reply_to", "references", "date", "text", "quoted", "html"):
            told[name] = getattr(self, name)
        told["attachments"] = [file.as_json() for file in self.attachments]
        return told | {"auto": self.auto, "problems": self.problems}


def parse(raw: bytes, *, own: Set[str] = frozenset(), ours: automatic.Ours = lambda _: True) -> Incoming:
    """Read a message. Never raises: what could not be read is empty and told in ``problems``.

    ``own``: domains of the house in small letters; a message whose Message-ID is of one of them is a loop,
    unless ``ours``, asked about it, says that the house did not send it.
    """
    notes = Notes()
    message = Incoming(problems=notes.codes)
    if not raw.strip():
        notes.add("empty")
        return message
    try:
        _read(raw, message, own, notes, ours)
    except (ArithmeticError, LookupError, RecursionError, TypeError, ValueError):
        notes.add("unreadable")  # a fault of ours: the rest of the message stands, a person looks at it
    return message


def _read(raw: bytes, message: Incoming, own: Set[str], notes: Notes, ours: automatic.Ours) -> None:
    root = take_apart(raw, notes)
    _head(root.header, message, notes)
    found = bodies.sort(root, notes)
    message.attachments = found.files
    text = _text(found.segments, notes)
    message.html = _html(found.segments, notes)
    message.text, message.quoted = (_carried(part) for part in divide(text))
    message.auto = automatic.kind(root, message.subject, text, own, notes, ours=ours)


def _head(header: Header, message: Incoming, notes: Notes) -> None:
    if not header.fields:
        notes.add("no-header")
    message.subject = header.words("subject")
    message.sender = _sender(header, notes)
    message.to = _all(header, "to", notes)
    message.cc = _all(header, "cc", notes)
    message.reply_to = _all(header, "reply-to", notes)
    message.message_id = next(iter(_ids(header, "message-id")), None)
    message.in_reply_to = next(iter(_ids(header, "in-reply-to")), None)
    message.references = list(dict.fromkeys(_ids(header, "references")))[: limits.ADDRESSES]
    message.date = written(header.first("date"), notes)


def _sender(header: Header, notes: Notes) -> Address:
    """The first mailbox of From; if there is none, of Sender, of the envelope, of Reply-To."""
    named = NOBODY
    for name in ("from", "sender", "x-sender", "return-path", "envelope-from", "x-envelope-from", "reply-to"):
        found = [one for value in header.every(name) for one in addresses(value, notes)]
        if name == "from" and len(found) > 1:
            notes.add("several-senders")
        if address := next((one for one in found if one.email), None):
            if name != "from":
                notes.add("from-missing")
            return Address(named.name or address.name, address.email)
        named = named if named.name else next(iter(found), NOBODY)
    notes.add("from-missing")
    return named


def _all(header: Header, name: str, notes: Notes) -> list[Address]:
    return [one for value in header.every(name) for one in addresses(value, notes)]


def _ids(header: Header, name: str) -> list[str]:
    """Message-IDs in their angle brackets; also of those that were written without."""
    values = header.every(name)
    found = [re.sub(r"\s", "", one) for value in values for one in _ID.findall(value)]
    bare = [word for value in values for word in value.split() if "@" in word] if not found else []
    return [f"<{one.strip('<>,;')}>" for one in found or bare]


def _text(segments: list[Segment], notes: Notes) -> str:
    texts = [one.plain if one.plain.strip() else as_text(one.html, notes) for one in segments]
    return "\n\n".join(text.strip("\n") for text in texts if text.strip())


def _html(segments: list[Segment], notes: Notes) -> str | None:
    if not any(one.html for one in segments):
        return None
    whole = [one.html or "<p>" + markup.escape(one.plain).replace("\n", "<br>") + "</p>" for one in segments]
    if (safe := cleaned("\n".join(whole), notes)) is None:
        return None
    return _carried(safe)


def _carried(text: str) -> str:
    """Without what JSON cannot carry: halves of characters and control characters."""
    return re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]", "", text)
