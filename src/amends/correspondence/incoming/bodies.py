"""What of a message is text, what is a file: decided as a careful reader of the message would."""

import hashlib
import html as markup
import re
from dataclasses import dataclass, field
from pathlib import PureWindowsPath

from amends.correspondence.incoming import limits, tnef
from amends.correspondence.incoming.charsets import decode
from amends.correspondence.incoming.flowed import joined
from amends.correspondence.incoming.headers import clean, split
from amends.correspondence.incoming.limits import Notes
from amends.correspondence.incoming.mime import Part
from amends.correspondence.incoming.uu import files_in

WORDS = {"text/plain", "text/html", "text/enriched", "text/richtext", "text/x-amp-html", "text/watch-html"}
FOR_MACHINES = set(
    """
    message/delivery-status message/disposition-notification message/feedback-report
    text/rfc822-headers message/global-delivery-status message/global-headers
    """.split()
)
WINMAIL = {"application/ms-tnef", "application/vnd.ms-tnef"}
_META = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?([\w.:-]{1,40})", re.IGNORECASE)


@dataclass(frozen=True)
class Attachment:
    """A file that came with a message; ``name`` is empty where the sender gave none."""

    name: str
    type: str
    data: bytes

    def as_json(self) -> dict[str, str | int]:
        """Everything but the bytes."""
        digest = hashlib.sha256(self.data).hexdigest()
        return {"name": self.name, "type": self.type, "size": len(self.data), "sha256": digest}


@dataclass
class Segment:
    """A stretch of the text, in one or both of its forms."""

    plain: str = ""
    html: str = ""


@dataclass
class Found:
    """What a message holds, in its order."""

    segments: list[Segment] = field(default_factory=list)
    files: list[Attachment] = field(default_factory=list)


def sort(root: Part, notes: Notes) -> Found:
    """Sort the parts of a message into text and files."""
    found = Found()
    _sort(root, found, notes)
    return found


def _sort(part: Part, found: Found, notes: Notes) -> None:
    if part.type.startswith("multipart/"):
        if part.type == "multipart/alternative":
            _choose(part, found, notes)
            return
        for inner in part.parts:
            _sort(inner, found, notes)
    elif _is_words(part, found):
        _words(part, found, notes)
    elif not _belongs_to_the_text(part):
        _file(part, found, notes)


def _choose(part: Part, found: Found, notes: Notes) -> None:
    """The same words in several forms: the plain one and the HTML are kept, files of all are."""
    forms = Found(files=found.files)
    for inner in part.parts:
        _sort(inner, forms, notes)
    plain = next((s.plain for s in forms.segments if s.plain.strip() and not s.html), "")
    html = "\n".join(s.html for s in forms.segments if s.html)
    found.segments.append(Segment(plain, html))


def _is_words(part: Part, found: Found) -> bool:
    if part.type not in WORDS or part.disposition == "attachment":
        return False
    if not part.filename or part.parent is None:
        return True
    first = part.parent.parts[0] is part and not found.segments
    return first or part.parent.type == "multipart/alternative"


def _belongs_to_the_text(part: Part) -> bool:
    """What a reader never sees as a file: pictures in the text, seals, what is written for machines."""
    if part.disposition == "attachment" and part.type not in FOR_MACHINES:
        return _is_seal(part)
    if part.type in FOR_MACHINES:
        return _within(part, "multipart/report") or not part.filename
    if _is_seal(part) or part.type == "application/applefile":
        return True
    if part.type.startswith("image/") and not _name(part):
        return _within(part, "multipart/related") or bool(part.header.first("content-id"))
    unnamed = not _name(part)
    return unnamed and (not part.body.strip() or part.type.startswith("text/x-amp"))


def _is_seal(part: Part) -> bool:
    signed = part.parent is not None and part.parent.type == "multipart/signed"
    return signed and part.type.startswith("application/") and part.type.endswith("-signature")


def _within(part: Part, kind: str) -> bool:
    above = part.parent
    while above is not None:
        if above.type == kind:
            return True
        above = above.parent
    return False


def _words(part: Part, found: Found, notes: Notes) -> None:
    data = part.content(notes)
    if part.type == "text/plain":
        data, files = files_in(data)
        found.files += [
            Attachment(safe_name(name), "application/octet-stream", inside) for name, inside in files
        ]
    label = part.told.get("charset")
    if part.type == "text/html" and not label and (meta := _META.search(data[:4000])):
        label = meta[1].decode("ascii", "replace")
    text, fault = decode(data[: limits.TEXT * 4], label)
    if fault:
        notes.add(fault)
    text = notes.take(re.sub(r"\r+\n|\r", "\n", text).replace("\0", ""))
    if part.type == "text/html" or re.match(r"\s*(?:<!doctype html|<html)\b", text[:300], re.IGNORECASE):
        found.segments.append(Segment(html=text))
        return
    if part.type in ("text/enriched", "text/richtext"):
        text = markup.unescape(
            re.sub(r"</?[a-zA-Z-]{1,60}>", "", text.replace("<nl>", "\n")).replace("<<", "<")
        )
    if part.told.get("format", "").lower() == "flowed":
        text = joined(text, delsp=part.told.get("delsp", "").lower() == "yes")
    if text.strip():
        found.segments.append(Segment(plain=text))


def _file(part: Part, found: Found, notes: Notes) -> None:
    data, name = part.content(notes), _name(part)
    if part.type in WINMAIL or name.lower() in ("winmail.dat", "win.dat"):
        if _opened(data, found, notes):
            return
        notes.add("winmail-damaged")
    if part.type in ("message/rfc822", "message/global", "message/news"):
        name = name or _subject(data, notes)
    found.files.append(Attachment(name, part.type, data))


def _opened(data: bytes, found: Found, notes: Notes, depth: int = 0) -> bool:
    try:
        inside = tnef.opened(data)
    except tnef.Unreadable:
        return False
    for file in inside.files:
        if file.type in WINMAIL and depth < 3 and _opened(file.data, found, notes, depth + 1):
            continue
        kind = file.type or "application/octet-stream"
        found.files.append(Attachment(safe_name(file.name), kind, file.data))
    if not found.segments and not depth and (inside.text.strip() or inside.html):
        found.segments.append(Segment(notes.take(inside.text.replace("\r\n", "\n")), notes.take(inside.html)))
    return True


def _name(part: Part) -> str:
    """The file’s name; the last step of Content-Location serves where it is no address on the web."""
    if name := safe_name(part.filename):
        return name
    place = part.header.first("content-location").strip("\"'<>")
    return safe_name(place) if "." in place and ":" not in place else ""


def _subject(data: bytes, notes: Notes) -> str:
    header, _ = split(data, 0, len(data), Notes())
    subject = safe_name(header.words("subject").replace("/", "-").replace("\\", "-"))
    return f"{subject or 'message'}.eml"


def safe_name(name: str) -> str:
    """A name without a path, without control characters, of at most 200 characters."""
    name = PureWindowsPath(clean(re.sub(r"\s+", " ", name[:2000]))).name.strip()
    name = re.sub(r"[\u202a-\u202e\u2066-\u2069]", "", name)  # signs that turn the reading direction
    if len(name) <= 200:
        return name
    stem, dot, ending = name.rpartition(".")
    return f"{stem[:190]}.{ending}" if dot and len(ending) < 10 else name[:200]
