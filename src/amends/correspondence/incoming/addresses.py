"""Who a message is from and to: names and addresses, also where the line is not what RFC 5322 asks."""

import re
from dataclasses import dataclass

from amends.correspondence.incoming import limits
from amends.correspondence.incoming.headers import clean, decoded
from amends.correspondence.incoming.limits import Notes

_LOOSE = re.compile(r"[^\s<>\"',;:()\[\]]{1,200}@[^\s<>\"',;:()\[\]]{1,253}")


@dataclass(frozen=True)
class Address:
    """A mailbox. ``name`` is empty where none is told, ``email`` where only a name is."""

    name: str
    email: str


@dataclass
class _Piece:
    """What was read since the last comma."""

    words: str = ""
    comment: str = ""
    angle: str | None = None


def addresses(value: str, notes: Notes) -> list[Address]:
    """The mailboxes of a field, groups opened; a group without members gives none."""
    pieces = _pieces(value[: limits.FIELD])
    found: list[Address] = []
    before = ""  # “Doe, Jane <j@…>”: the comma belongs to a name
    for piece in pieces:
        email = _email(piece)
        if piece.angle is None and not email and (piece.words.strip() or before):
            before = f"{before}, {piece.words.strip()}" if before else piece.words.strip()
            continue
        if before and piece.angle is not None:
            piece.words = f"{before}, {piece.words.strip()}"
        before = ""
        if email:
            found.append(Address(_name(piece, email, notes), email))
    if not found and "=?" in value and (again := decoded(value, notes)) != value:
        return addresses(again, notes)
    if not found:
        found = [Address("", match) for match in _LOOSE.findall(value[:10_000])]
        if not found and before and value.strip():
            found = [Address(_tidy(decoded(before, notes)), "")] if not value.rstrip().endswith(";") else []
        if value.strip(" ,;<>") and not re.search(r":[\s;]*$", value):
            notes.add("address-damaged")
    return found[: limits.ADDRESSES]


def _pieces(value: str) -> list[_Piece]:
    pieces: list[_Piece] = []
    now, at = _Piece(), 0
    plain = ""  # signs that open something which never ends: plain ones from then on
    while at < len(value) and len(pieces) < limits.ADDRESSES * 2:
        sign = value[at]
        if sign in plain:
            at += 1
        elif sign == '"':
            text, after = _quoted(value, at)
            plain += sign * (after == at + 1)
            now.words += text
            at = after
        elif sign == "(":
            text, after = _comment(value, at)
            plain += sign * (after == at + 1)
            at = after
            now.comment = now.comment or text
            now.words += " "
        elif sign == "<":
            stop = value.find(">", at)
            inside = value[at + 1 : stop if stop > 0 else len(value)]
            if "<" in inside:  # “<name <a@b>”: the inner one is the address
                now.words += " "
                at += 1
                continue
            now.angle = inside if now.angle is None or "@" in inside else now.angle
            at = stop + 1 if stop > 0 else len(value)
        elif sign in ",;":
            pieces.append(now)
            now, at = _Piece(), at + 1
        elif sign == ":" and "@" not in now.words and now.angle is None:  # the name of a group
            now, at = _Piece(), at + 1
        else:
            now.words += sign
            at += 1
    return [*pieces, now]


def _quoted(value: str, at: int) -> tuple[str, int]:
    found = re.compile(r'"((?:[^"\\]|\\.)*)"', re.DOTALL).match(value, at)
    if not found:
        return "", at + 1  # a quote that never ends is no quote
    text = re.sub(r"\\(.)", r"\1", found[1])
    if "@" in text and value[found.end() : found.end() + 1] == "@":
        return found[0], found.end()
    return (found[0] if value[found.end() : found.end() + 1] == "@" else text), found.end()


def _comment(value: str, at: int) -> tuple[str, int]:
    depth, start = 0, at
    while at < len(value):
        sign = value[at]
        if sign == "\\":
            at += 1
        elif sign == "(":
            depth += 1
        elif sign == ")":
            depth -= 1
            if not depth:
                return re.sub(r"\\(.)", r"\1", value[start + 1 : at]), at + 1
        at += 1
    return "", start + 1


def _email(piece: _Piece) -> str:
    text = piece.words if piece.angle is None else piece.angle
    text = re.sub(r"\([^()]*\)", "", text).strip()
    text = text.rpartition(":")[2] if text.startswith("@") or text.lower().startswith("mailto:") else text
    text = text.strip(" <>'\"" if not re.match(r'"[^"]*"@', text) else " <>'")
    if text.startswith("=?") and piece.angle is not None:
        text = decoded(text, Notes())
    if piece.angle is None:
        if "@" not in text:
            return ""
        if re.search(r"\s", text) and not re.match(r'"[^"]*"@\S+$', text):
            joined = re.sub(r"\s*([@.])\s*", r"\1", text)  # “user @ example . org”, as of old
            found = _LOOSE.findall(joined)
            text = found[-1] if found else ""
    return clean(re.sub(r"\s+", "", text)) if "@" in text or piece.angle is not None else ""


def _name(piece: _Piece, email: str, notes: Notes) -> str:
    words = piece.words if piece.angle is not None else ""
    if piece.angle is None and email not in piece.words.strip().strip("'\""):
        words = ""
    elif piece.angle is None:
        words = piece.words.replace(email, " ", 1)
    name = _tidy(decoded(words, notes))
    return name or _tidy(decoded(piece.comment, notes))


def _tidy(name: str) -> str:
    name = re.sub(r"\s+", " ", clean(name)).strip(" ,;<>")
    if len(name) > 1 and name[0] == name[-1] and name[0] in "'\"":
        name = name[1:-1].strip()
    return name.strip('"').strip()
