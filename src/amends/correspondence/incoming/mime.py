"""A message taken apart into its parts. Bounded in depth and number, whatever the bytes."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from amends.correspondence.incoming import limits
from amends.correspondence.incoming.headers import Header, parameters, split
from amends.correspondence.incoming.limits import Notes
from amends.correspondence.incoming.transfer import undone

_TYPE = re.compile(r"[a-z0-9!#$&^_.+-]+/[a-z0-9!#$&^_.+*-]+")
_FIRST_DELIMITER = re.compile(
    rb"^--([^\s-][^\r\n]{0,200}?|-+[^\s-][^\r\n]{0,190}?)[ \t]*\r?\n(?=[!-9;-~]{1,80}:)", re.MULTILINE
)


@dataclass
class Part:
    """One part: its header, its type and the raw bytes of its body; the parts in it if it is a multipart."""

    header: Header
    type: str
    told: dict[str, str]  # the parameters of Content-Type
    body: bytes
    parts: list["Part"] = field(default_factory=list)
    parent: "Part | None" = None

    @property
    def disposition(self) -> str:
        """``attachment``, ``inline``, another word, or nothing."""
        return self._disposition()[0]

    @property
    def filename(self) -> str:
        """The name the sender gave the file, as it stands; empty if none."""
        named = self._disposition()[1].get("filename") or self.told.get("name", "")
        return named or self._disposition()[1].get("name", "")

    def _disposition(self) -> tuple[str, dict[str, str]]:
        for value in self.header.every("content-disposition"):
            word, told = parameters(value, Notes())
            if word or told:
                return word, told
        return "", {}

    def content(self, notes: Notes) -> bytes:
        """The body with its transfer encoding undone."""
        return undone(self.body, self.header.first("content-transfer-encoding"), notes)

    def leaves(self) -> Iterator["Part"]:
        """Every part that holds no others, in order."""
        if not self.parts:
            yield self
        for part in self.parts:
            yield from part.leaves()


def take_apart(raw: bytes, notes: Notes) -> Part:
    """The tree of a whole message."""
    header, at = split(raw, 0, len(raw), notes)
    return _part(raw[at:], header, "text/plain", 0, notes)


def _part(body: bytes, header: Header, default: str, depth: int, notes: Notes) -> Part:
    kind, told = _content_type(header, default, notes)
    part = Part(header, kind, told, body)
    header.charset = told.get("charset", "")
    if not kind.startswith("multipart/"):
        return part
    if depth >= limits.DEPTH:
        notes.add("nested-too-deep")
        part.type = "application/octet-stream"
        return part
    _open(part, depth, notes)
    return part


def _content_type(header: Header, default: str, notes: Notes) -> tuple[str, dict[str, str]]:
    """The first Content-Type that makes sense, and its parameters."""
    values = [value for value in header.every("content-type") if value]
    for value in values:
        kind, told = parameters(value, notes)
        kind = re.sub(r"\s", "", kind)
        if kind == "text":
            return "text/plain", told
        if _TYPE.fullmatch(kind):
            return kind, told
    if values:
        notes.add("type-damaged")
        return "text/plain", {}
    return default, {}


def _open(part: Part, depth: int, notes: Notes) -> None:
    default = "message/rfc822" if part.type == "multipart/digest" else "text/plain"
    pieces = _pieces(part, notes)
    if pieces is None:
        notes.add("boundary-missing")
        part.type = "text/plain"
        return
    part.parts = []
    for piece in pieces:
        if notes.parts <= 0:
            notes.add("too-many-parts")
            break
        notes.parts -= 1
        header, at = split(piece, 0, len(piece), notes)
        inner = _part(piece[at:], header, default, depth + 1, notes)
        inner.parent = part
        part.parts.append(inner)


def _pieces(part: Part, notes: Notes) -> list[bytes] | None:
    told = part.told.get("boundary", "").rstrip().encode("utf-8", "replace")
    for body in (part.body, part.content(Notes())):
        if told and (pieces := _between(body, told, notes)) is not None:
            return pieces
        if found := _FIRST_DELIMITER.search(body, 0, 100_000):
            notes.add("boundary-guessed")
            return _between(body, found[1].rstrip(), notes)
    return None


def _between(body: bytes, boundary: bytes, notes: Notes) -> list[bytes] | None:
    """The bytes between the lines of a boundary. Parts that follow its end line are taken too."""
    pieces: list[bytes] = []
    mark, start, at = b"--" + boundary, -1, 0
    ended = False
    while (at := body.find(mark, at)) >= 0:
        notes.lines -= 1
        if notes.lines <= 0 or len(pieces) > limits.PARTS:
            notes.add("too-many-parts")
            break
        line_end = body.find(b"\n", at)
        line_end = len(body) if line_end < 0 else line_end + 1
        rest = body[at + len(mark) : min(line_end, at + len(mark) + 80)].strip()
        if (at and body[at - 1 : at] not in (b"\n", b"\r")) or rest not in (b"", b"--"):
            at += len(mark)
            continue
        if start >= 0:
            pieces.append(body[start : _before_break(body, at)])
        ended = rest == b"--"
        start = -1 if ended else line_end
        at = line_end
    if start >= 0:
        notes.add("end-missing")
        if body[start:].strip():
            pieces.append(body[start:])
    return pieces if pieces or ended or start >= 0 else None


def _before_break(body: bytes, at: int) -> int:
    """Where a part ends: the line break before a boundary belongs to the boundary."""
    if body[at - 2 : at] == b"\r\n":
        return at - 2
    return at - 1 if at else 0
