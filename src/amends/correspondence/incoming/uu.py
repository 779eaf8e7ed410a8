"""Files that stand uuencoded in a text, as they were sent before MIME and still are."""

import binascii
import re

from amends.correspondence.incoming import limits

_BEGIN = re.compile(rb"^begin(?:-base64)?[ ]+[0-7]{3,4}[ ]+([^\r\n]{1,255}?)[ \t]*\r?$", re.MULTILINE)


def files_in(data: bytes) -> tuple[bytes, list[tuple[str, bytes]]]:
    """The text without the files, and the files (name, bytes). A block without its end stays text."""
    if b"begin" not in data:
        return data, []
    files: list[tuple[str, bytes]] = []
    kept: list[bytes] = []
    at = 0
    while len(files) < limits.INSIDE and (found := _BEGIN.search(data, at)):
        read = _body(data, found.end())
        if read is None:
            kept.append(data[at : found.end()])
            at = found.end()
            continue
        content, stop = read
        kept.append(data[at : found.start()])
        files.append((found[1].decode("utf-8", "replace"), content))
        at = stop
    return b"".join([*kept, data[at:]]), files


def first_file(data: bytes) -> bytes | None:
    """The bytes of the one file that a uuencoded body carries, or None."""
    _, files = files_in(data)
    return files[0][1] if files else None


def _body(data: bytes, at: int) -> tuple[bytes, int] | None:
    """The lines up to “end”: their bytes, and where the text goes on. None where a line is no such line."""
    out: list[bytes] = []
    at = data.find(b"\n", at) + 1
    while at and at < len(data):
        stop = data.find(b"\n", at)
        line = data[at : stop if stop >= 0 else len(data)].rstrip(b"\r")
        at = stop + 1 if stop >= 0 else len(data)
        if line.strip() == b"end":
            return b"".join(out), at
        try:
            out.append(_line(line))
        except binascii.Error:
            return None
    return None


def _line(line: bytes) -> bytes:
    if not line.strip():
        return b""
    length = (line[0] - 32) & 63
    if not 32 <= line[0] <= 96 or len(line) > 1 + (length + 2) // 3 * 4 + 4:
        raise binascii.Error("not a line of a file")
    try:
        return binascii.a2b_uu(line)
    except binascii.Error:
        # Encoders of old wrote more signs than the length needs, or lost blanks at the end.
        return binascii.a2b_uu(line[: 1 + (length * 4 + 2) // 3].ljust(1 + (length + 2) // 3 * 4))
