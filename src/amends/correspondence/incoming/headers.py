"""The header of a message or a part: its fields, and their words read (RFC 5322, 2047, 2231)."""

import base64
import binascii
import re
from urllib.parse import unquote_to_bytes

from amends.correspondence.incoming import limits
from amends.correspondence.incoming.charsets import codec, decode
from amends.correspondence.incoming.limits import Notes

_FIELD = re.compile(rb"([!-9;-~]{1,200})[ \t]*:")
_ENVELOPE = re.compile(rb">?From [ \t]*[^ \t:]")
_WORD = re.compile(r"=\?([^?\s]{1,80})\?([bBqQ])\?(.*?)\?=", re.DOTALL)
_ALPHABET = re.compile(rb"[^A-Za-z0-9+/]")


class Header:
    """Fields in their order. Names are compared without case; values are text, unfolded, not yet decoded."""

    def __init__(self, fields: list[tuple[str, bytes]], notes: Notes) -> None:
        """``fields``: name in small letters, and the bytes after the colon with their folds."""
        self.fields = fields
        self._notes = notes
        self.charset = ""  # what undecoded bytes are likely to be written in

    def every(self, name: str) -> list[str]:
        """All values of a field, as text on one line."""
        return [self._text(value) for named, value in self.fields if named == name]

    def first(self, name: str) -> str:
        """The first value of a field that says anything, or nothing."""
        return next((value for value in self.every(name) if value), "")

    def words(self, name: str) -> str:
        """The first value with its encoded words read."""
        return decoded(self.first(name), self._notes)

    def _text(self, value: bytes) -> str:
        line = re.sub(rb"(?:[ \t]*(?:\r\n|\r|\n))+[ \t]*", b" ", value[: limits.FIELD]).strip()
        text, fault = decode(line, None)
        if fault and self.charset and codec(self.charset) and not _fits_utf8(line):
            text, _ = decode(line, self.charset)
        if fault:
            self._notes.add("header-not-encoded")
        return clean(text)


def split(data: bytes, start: int, end: int, notes: Notes) -> tuple[Header, int]:
    """Read the header that begins at ``start``; also where the body begins.

    A line that is no field ends the header, unless more fields follow it before a blank line: then it is
    left out, as a reader would do (code ``header-damaged``).
    """
    fields: list[tuple[str, bytes]] = []
    at, end = start, min(end, start + limits.HEADER)
    while at < end:
        stop = _line_end(data, at, end)
        line = data[at:stop]
        bare = line.rstrip(b"\r\n")
        if not bare:
            return Header(fields, notes), stop
        if not bare.strip():
            if not _goes_on(data, stop, end):
                return Header(fields, notes), stop
            at = stop
            continue
        found, envelope = _FIELD.match(bare), bool(_ENVELOPE.match(bare))
        if bare[:1] in b" \t" and fields:
            name, value = fields[-1]
            if len(value) < limits.FIELD:
                fields[-1] = (name, value + line)
        elif found and not envelope:
            if len(fields) >= limits.HEADERS:
                notes.add("header-too-long")
            else:
                fields.append((found[1].decode("ascii").lower(), line[found.end() :]))
        elif not (envelope or (fields and _goes_on(data, stop, end))):
            notes.add("header-damaged")
            return Header(fields, notes), at
        elif not envelope:
            notes.add("header-damaged")
        at = stop
    return Header(fields, notes), end


def _line_end(data: bytes, at: int, end: int) -> int:
    stop = data.find(b"\n", at, end)
    return end if stop < 0 else stop + 1


def _goes_on(data: bytes, at: int, end: int) -> bool:
    """Whether a field or its continuation follows at once."""
    line = data[at : min(_line_end(data, at, end), at + 400)]
    return bool(_FIELD.match(line)) or bool(line[:1] in b" \t" and line.strip())


def _fits_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def clean(text: str) -> str:
    """Without control characters and halves of characters, which no JSON and no screen can carry."""
    return re.sub(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]", "", text).replace("\n", " ").strip()


def decoded(text: str, notes: Notes) -> str:
    """A text with its RFC 2047 words read; words that follow each other may share one character."""
    if "=?" not in text:
        return text
    out: list[str] = []
    held: list[tuple[str, bytes]] = []
    last = 0
    for found in _WORD.finditer(text):
        between = text[last : found.start()]
        if between.strip() or not held:
            out += [_join(held, notes), between]
            held = []
        charset = found[1].partition("*")[0].lower()
        data = _q(found[3]) if found[2] in "qQ" else _b(found[3])
        if held and held[-1][0] == charset:
            held[-1] = (charset, held[-1][1] + data)
        else:
            held.append((charset, data))
        last = found.end()
    return clean("".join([*out, _join(held, notes), text[last:]]))


def _join(held: list[tuple[str, bytes]], notes: Notes) -> str:
    texts = []
    for charset, data in held:
        text, fault = decode(data, charset)
        texts.append(re.sub(r"\s*[\r\n]+\s*", " ", text))
        if fault:
            notes.add(fault)
    return "".join(texts)


def _q(text: str) -> bytes:
    return binascii.a2b_qp(text.replace("_", " ").encode("utf-8", "replace"), header=True)


def _b(text: str) -> bytes:
    data = _ALPHABET.sub(b"", text.encode("ascii", "ignore"))
    if len(data) % 4 == 1:
        data = data[:-1]
    return base64.b64decode(data + b"=" * (-len(data) % 4))


def parameters(value: str, notes: Notes) -> tuple[str, dict[str, str]]:
    """The first word of a field such as Content-Type, in small letters, and its parameters read."""
    head, *rest = _semicolons(value)
    plain: dict[str, str] = {}
    pieces: dict[str, list[tuple[int, bool, str]]] = {}
    for part in _by_blanks(head)[1:] + rest:
        name, equals, told = part.partition("=")
        name, told = name.strip().lower(), _unquoted(told)
        if not equals or not name:
            continue
        found = re.fullmatch(r"([^*]+)\*(?:(\d{1,3})(\*?))?", name)
        if found:
            number, coded = int(found[2] or 0), bool(found[3]) or found[2] is None
            pieces.setdefault(found[1], []).append((number, coded, told))
        else:
            plain.setdefault(name, decoded(told, notes))
    whole = {name: _assembled(found, notes) for name, found in pieces.items()}
    return _by_blanks(head)[0].strip().lower(), plain | whole


def _by_blanks(head: str) -> list[str]:
    """“text/html charset=x”: a semicolon was forgotten."""
    found = re.match(r"\s*([^\s;]+)\s+([\w*-]+\s*=.*)", head, re.DOTALL)
    return [found[1], found[2]] if found else [head]


def _semicolons(value: str) -> list[str]:
    parts, quoted, start, at = [], False, 0, 0
    while at < len(value):
        sign = value[at]
        if sign == "\\" and quoted:
            at += 1
        elif sign == '"':
            quoted = not quoted
        elif sign == ";" and not quoted:
            parts.append(value[start:at])
            start = at + 1
        at += 1
    if quoted:  # a quote that never ends: take the semicolons as they come
        return value[:start].rstrip(";").split(";") * bool(start) + value[start:].split(";")
    return [*parts, value[start:]]


def _unquoted(text: str) -> str:
    text = text.strip()
    if text[:1] == '"':
        found = re.match(r'"((?:[^"\\]|\\.)*)"?', text, re.DOTALL)
        inside = found[1] if found else text.strip('"')
        # A backslash before anything but a quote or a backslash is a path of Windows, not an escape.
        return re.sub(r'\\(["\\])', r"\1", inside)
    if text[:1] == "'" and text[-1:] == "'" and len(text) > 1:
        return text[1:-1]
    return text


def _assembled(found: list[tuple[int, bool, str]], notes: Notes) -> str:
    charset, data, coded_any = "", b"", False
    for place, (_, coded, text) in enumerate(sorted(found, key=lambda piece: piece[0])):
        told = text
        if coded and not place and text.count("'") >= 2:
            charset, _, told = text.split("'", 2)
        coded_any |= coded
        data += unquote_to_bytes(told) if coded else told.encode("utf-8", "surrogatepass")
    text, fault = decode(data, charset or "utf-8")
    if fault:
        notes.add(fault)
    return clean(text) if coded_any else decoded(clean(text), notes)
