"""What mail servers and mail programs report about a message of the house: not delivered, or opened."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from amends.cases.choices import Channel
from amends.cases.models import Message
from amends.cases.models.message import Direction
from amends.correspondence.arrivals.belonging import addresses_of
from amends.correspondence.arrivals.reading import Read
from amends.correspondence.incoming.headers import Header, split
from amends.correspondence.incoming.limits import Notes
from amends.correspondence.incoming.mime import Part
from amends.correspondence.reply_token import complaint_of_address

LOOKED_AT = 200_000  # bytes of each part
_STATUS = ("message/delivery-status", "message/global-delivery-status")
_RETURNED = ("message/rfc822", "message/global", "text/rfc822-headers", "message/global-headers")
_TOLD_ID = re.compile(r"message-id[^\n<]{0,40}<([^<>\s]{3,990})>", re.IGNORECASE)
_CODE = re.compile(r"(?<![\d.])(?:[45]\d\d[ -]|[45]\.\d{1,3}\.\d{1,3}\b)")
_WAITS = re.compile(r"\b(?:delayed|warning)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Report:
    """What came back: of which message, for good or not yet, and in whose words."""

    message: Message | None
    final: bool
    reason: str


def bounce_of(read: Read) -> Report:
    """What a bounce says (RFC 3464; those without a report by their words). ``final`` is False for one that

    only tells of a delay, or of anything but a failure.
    """
    fields = [header for part in _parts(read.root, *_STATUS) for header in _groups(part)]
    actions = {header.first("action").strip().lower().split(" ")[0] for header in fields} - {""}
    if actions:
        final = "failed" in actions
    else:
        final = not _is_abuse(read.root) and not _WAITS.search(read.said.subject)
    message = _message(read) or _last_to(read, fields)
    return Report(message, final, _reason(fields) or _first_words(read.said.text))


def opened_of(read: Read) -> Message | None:
    """The message that its reader opened, as their mail program says (RFC 8098); None if it says else."""
    for part in _parts(read.root, "message/disposition-notification"):
        for header in _groups(part):
            if "displayed" in header.first("disposition").lower():
                return _message(read)
    return None


def is_receipt(read: Read) -> bool:
    """Whether it tells what became of a message at its reader's."""
    kind = read.root.told.get("report-type", "").lower()
    return read.root.type == "multipart/report" and "disposition" in kind


def _is_abuse(root: Part) -> bool:
    """Whether somebody called our mail unwelcome (RFC 5965): it was delivered."""
    return "feedback" in root.told.get("report-type", "").lower()


def _message(read: Read) -> Message | None:
    ids = list(dict.fromkeys([*_returned_ids(read), *read.referred_to]))[:50]
    rows = Message.objects.exclude(message_id="").filter(message_id__in=ids, direction=Direction.OUT)
    found = sorted(rows.select_related("complaint"), key=lambda row: ids.index(row.message_id))
    return found[0] if found else None


def _last_to(read: Read, fields: list[Header]) -> Message | None:
    """Where nothing is returned but the bounce came to a complaint's own address: what went there last."""
    complaint = next((found for one in addresses_of(read) if (found := complaint_of_address(one))), None)
    if complaint is None:
        return None
    told = {
        value.rpartition(";")[2].strip().lower()
        for header in fields
        for value in (header.first("original-recipient"), header.first("final-recipient"))
    }
    sent = Message.objects.filter(complaint=complaint, direction=Direction.OUT, channel=Channel.EMAIL)
    rows = sent.exclude(to="").select_related("complaint").order_by("-pk")[:20]
    return next((row for row in rows if not told - {""} or row.to.lower() in told), None)


def _returned_ids(read: Read) -> Iterator[str]:
    """The Message-IDs of what is returned: from fields of the report, the header returned, or the words."""
    for part in read.root.leaves():
        if part.type in _RETURNED:
            text = _text(part)
            header, _ = split(text, 0, len(text), Notes())
            yield from _ids(header, "message-id")
        elif part.type in (*_STATUS, "message/disposition-notification"):
            for header in _groups(part):
                yield from _ids(header, "original-message-id")
                yield from _ids(header, "x-original-message-id")
    for part in read.root.leaves():
        yield from (f"<{one}>" for one in _TOLD_ID.findall(_text(part).decode("utf-8", "replace")))


def _ids(header: Header, name: str) -> list[str]:
    return [f"<{value.strip().strip('<>')}>" for value in header.every(name) if value.strip()]


def _parts(root: Part, *types: str) -> Iterator[Part]:
    return (part for part in root.leaves() if part.type in types)


def _text(part: Part) -> bytes:
    return part.content(Notes())[:LOOKED_AT]


def _groups(part: Part) -> list[Header]:
    """The groups of fields of a report: one for the message, one for each recipient."""
    text = _text(part).replace(b"\r\n", b"\n")
    groups = [group.lstrip(b"\n") + b"\n\n" for group in re.split(rb"\n[ \t]*\n", text) if group.strip()]
    return [split(group, 0, len(group), Notes())[0] for group in groups[:200]]


def _reason(fields: list[Header]) -> str:
    """The server's own words about the recipient whom it did not reach."""
    failed = [one for one in fields if "failed" in one.first("action").lower()]
    for header in failed or fields:
        told = header.first("diagnostic-code") or header.first("status")
        words = re.sub(r"^[\w-]+\s*;\s*", "", " ".join(told.split()))  # “smtp; 550 …”
        if words:
            return words[:300]
    return ""


def _first_words(text: str) -> str:
    """Of a report in plain words the line with a number as SMTP has them; without one, how it begins."""
    lines = [" ".join(line.split()) for line in text.split("\n") if line.strip()]
    coded = (line for line in lines if _CODE.search(line))
    return (next(coded, "") or " ".join(lines))[:300]
