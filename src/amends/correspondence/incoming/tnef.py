"""winmail.dat: what Outlook wraps a message and its files in (MS-OXTNEF), opened."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from amends.correspondence.incoming import limits
from amends.correspondence.incoming.charsets import decode

SIGNATURE = 0x223E9F78
_ATTACHMENT, _MESSAGE = 2, 1
_TITLE, _DATA, _PROPS, _RENDERED, _MESSAGE_PROPS, _CODEPAGE = 0x8010, 0x800F, 0x9005, 0x9002, 0x9003, 0x9007
_BODY_OLD = 0x800C
# MAPI properties
_LONG_NAME, _NAME, _BYTES, _MIME, _METHOD = 0x3707, 0x3704, 0x3701, 0x370E, 0x3705
_BODY, _BODY_HTML, _DISPLAY = 0x1000, 0x1013, 0x3001
_EMBEDDED = 5
_SIZES = {0x02: 4, 0x03: 4, 0x04: 4, 0x05: 8, 0x06: 8, 0x07: 8, 0x0A: 4, 0x0B: 4, 0x14: 8, 0x40: 8, 0x48: 16}
_STRING, _UNICODE, _OBJECT, _BINARY = 0x1E, 0x1F, 0x0D, 0x102
Values = dict[int, bytes | str]


class Unreadable(ValueError):
    """The bytes are no winmail.dat."""


@dataclass
class File:
    """One file in a winmail.dat."""

    name: str = ""
    type: str = ""
    data: bytes = b""


@dataclass
class Opened:
    """What a winmail.dat held."""

    files: list[File] = field(default_factory=list)
    text: str = ""
    html: str = ""


def opened(data: bytes) -> Opened:
    """Files and text of a winmail.dat. Raises Unreadable."""
    if len(data) < 6 or struct.unpack_from("<I", data)[0] != SIGNATURE:
        raise Unreadable
    found, codepage = Opened(), "cp1252"
    for level, tag, value in _attributes(data):
        if level == _MESSAGE and tag == _CODEPAGE and len(value) >= 4:
            codepage = f"cp{struct.unpack_from('<I', value)[0]}"
        elif level == _MESSAGE and tag == _BODY_OLD:
            found.text = found.text or _string(value, codepage)
        elif level == _MESSAGE and tag == _MESSAGE_PROPS:
            props = _properties(value, codepage)
            found.text = found.text or _as_text(props.get(_BODY), codepage)
            found.html = found.html or _as_text(props.get(_BODY_HTML), codepage)
        elif level == _ATTACHMENT:
            _attachment(found.files, tag, value, codepage)
    found.files = [file for file in found.files if file.data]
    return found


def _attributes(data: bytes) -> Iterator[tuple[int, int, bytes]]:
    at = 6
    while at + 9 <= len(data):
        level, tag, length = data[at], *struct.unpack_from("<II", data, at + 1)
        if level not in (_MESSAGE, _ATTACHMENT) or at + 9 + length > len(data):
            return
        yield level, tag & 0xFFFF, data[at + 9 : at + 9 + length]
        at += 9 + length + 2  # a checksum of two bytes follows


def _attachment(files: list[File], tag: int, value: bytes, codepage: str) -> None:
    if tag == _RENDERED or not files:
        if len(files) >= limits.INSIDE:
            return
        files.append(File())
    file = files[-1]
    if tag == _TITLE:
        file.name = file.name or _string(value, codepage)
    elif tag == _DATA:
        file.data = value
    elif tag == _PROPS:
        props = _properties(value, codepage)
        named = props.get(_LONG_NAME) or props.get(_NAME) or props.get(_DISPLAY)
        file.name = _as_text(named, codepage) or file.name
        file.type = _as_text(props.get(_MIME), codepage).strip().lower()
        inside = props.get(_BYTES)
        if isinstance(inside, bytes) and not file.data:
            file.data = inside[16:]  # an object begins with the id of its kind
            if struct.unpack("<I", file.data[:4].ljust(4, b"\0"))[0] == SIGNATURE:
                file.type, file.name = "application/ms-tnef", file.name or "message"


def _properties(data: bytes, codepage: str) -> Values:
    """The MAPI properties that were asked for; what cannot be read ends them."""
    values: Values = {}
    try:
        count, at = struct.unpack_from("<I", data)[0], 4
        for _ in range(min(count, 2000)):
            kind, tag = struct.unpack_from("<HH", data, at)
            at += 4
            if tag >= 0x8000:
                at = _past_name(data, at)
            at, value = _value(data, at, kind, codepage)
            values.setdefault(tag, value)
    except (struct.error, IndexError, Unreadable):
        pass  # what was read so far is kept
    return values


def _past_name(data: bytes, at: int) -> int:
    kind = struct.unpack_from("<I", data, at + 16)[0]
    if not kind:
        return at + 24
    length = struct.unpack_from("<I", data, at + 20)[0]
    return at + 24 + _even(length)


def _value(data: bytes, at: int, kind: int, codepage: str) -> tuple[int, bytes | str]:
    many, base = kind & 0x1000, kind & 0xEFFF
    if base in _SIZES:
        count = 1
        if many:
            count = struct.unpack_from("<I", data, at)[0]
            at += 4
        size = _even(_SIZES[base]) * count
        return at + size, data[at : at + size]
    if base not in (_STRING, _UNICODE, _OBJECT, _BINARY):
        raise Unreadable
    count, at = struct.unpack_from("<I", data, at)[0], at + 4
    first: bytes | None = None
    for _ in range(min(count, 1000)):
        length = struct.unpack_from("<I", data, at)[0]
        value = data[at + 4 : at + 4 + length]
        if len(value) < length:
            raise Unreadable
        first = value if first is None else first
        at += 4 + _even(length)
    raw = first or b""
    if base == _UNICODE:
        return at, raw.decode("utf-16-le", "replace").rstrip("\0")
    return at, _string(raw, codepage) if base == _STRING else raw


def _even(length: int) -> int:
    return length + -length % 4


def _string(value: bytes, codepage: str) -> str:
    return decode(value.rstrip(b"\0"), codepage)[0]


def _as_text(value: bytes | str | None, codepage: str) -> str:
    return _string(value, codepage) if isinstance(value, bytes) else value or ""
