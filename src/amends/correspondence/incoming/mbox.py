"""A file of several messages, each after a line “From …”."""

import re

_FROM = re.compile(rb"^From [^\r\n]*\d{2}:\d{2}[^\r\n]*\r?\n(?=[!-9;-~]+[ \t]*:|>From )", re.MULTILINE)
MESSAGES = 100_000  # in one file


def messages(raw: bytes) -> list[bytes]:
    """The messages of a file; one that is no mbox is one message, an empty one too."""
    if not raw.startswith(b"From "):
        return [raw]
    starts = [found.start() for found in _FROM.finditer(raw)][:MESSAGES]
    if len(starts) <= 1 or starts[0] != 0:
        return [raw]
    ends = [*starts[1:], len(raw)]
    return [_unescaped(raw[start:end]) for start, end in zip(starts, ends, strict=True)]


def _unescaped(message: bytes) -> bytes:
    """Lines that began with “From ” were marked with “>” in the file."""
    head, blank, body = message.partition(b"\n\n")
    return head + blank + re.sub(rb"^>(>*From )", rb"\1", body, flags=re.MULTILINE) if blank else message
