"""Content-Transfer-Encoding undone, also where the field or the body is damaged."""

import base64
import binascii
import re

from amends.correspondence.incoming.limits import Notes
from amends.correspondence.incoming.uu import first_file

PLAIN = {"", "7bit", "8bit", "binary", "7-bit", "8-bit", "8bits", "7bits", "none", "plain", "ascii"}
_NOT_BASE64 = re.compile(rb"[^A-Za-z0-9+/=]")
_BASE64_LINE = re.compile(rb"[A-Za-z0-9+/]{4,}={0,2}")


def undone(data: bytes, encoding: str, notes: Notes) -> bytes:
    """The bytes that were meant. An unknown encoding leaves them as they are (code ``encoding-unknown``)."""
    name = re.split(r"[;,(]", encoding.strip().strip("\"'").lower())[0].strip()
    if name.replace(" ", "-").replace("_", "-") in ("quoted-printable", "quotedprintable", "qp"):
        return _quoted_printable(data, notes)
    if name in ("base64", "base-64", "b64"):
        return _base64(data, notes)
    if name in ("x-uuencode", "uuencode", "x-uue", "uue"):
        found = first_file(data)
        if found is None:
            notes.add("encoding-damaged")
        return data if found is None else found
    if name not in PLAIN:
        notes.add("encoding-unknown")
    return data


def _quoted_printable(data: bytes, notes: Notes) -> bytes:
    data = re.sub(rb"=[ \t]+(?=\r?\n|\Z)", b"=", data)
    if re.search(rb"=(?!\r?\n|[0-9A-Fa-f]{2}|\Z)", data):
        notes.add("encoding-damaged")
    return binascii.a2b_qp(data)


def _base64(data: bytes, notes: Notes) -> bytes:
    """Decode piece by piece: several in a row, stray characters, a footer in clear."""
    packed = re.sub(rb"\s+", b"", data)
    junk = _NOT_BASE64.findall(packed)
    if junk:
        notes.add("encoding-damaged")
        data = _without_footer(data)
        packed = re.sub(rb"\s+", b"", data)
        junk = _NOT_BASE64.findall(packed)
        if len(junk) * 12 > len(packed) or _is_prose(data):
            return data  # this never was base64
        packed = _NOT_BASE64.sub(b"", data)
    out = b""
    pieces = re.findall(rb"[A-Za-z0-9+/]+", packed)
    for piece in pieces[:10_000]:
        even = piece[:-1] if len(piece) % 4 == 1 else piece
        out += base64.b64decode(even + b"=" * (-len(even) % 4))
    return out


def _is_prose(data: bytes) -> bool:
    """Whether most lines are words with blanks between them."""
    lines = [line.strip() for line in data[:20_000].splitlines() if line.strip()]
    return sum(len(line.split()) > 2 for line in lines) * 2 > len(lines)


def _without_footer(data: bytes) -> bytes:
    """Lines after the padding that are words, not base64: what a list added."""
    lines = data.splitlines(keepends=True)
    for at, line in enumerate(lines):
        if line.rstrip().endswith(b"=") and _BASE64_LINE.fullmatch(line.strip()):
            rest = [x for x in lines[at + 1 :] if x.strip()]
            if any(not _BASE64_LINE.fullmatch(x.strip()) for x in rest[:3]):
                return b"".join(lines[: at + 1])
    return data
