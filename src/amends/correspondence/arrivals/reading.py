"""A kept message, read: what ``incoming`` says of it, and the fields of its row."""

import re
from dataclasses import dataclass
from email.utils import parseaddr
from functools import cached_property
from typing import Any

from django.conf import settings

from amends.cases.models import Message
from amends.correspondence.arrivals.keeping import LARGEST, raw_of
from amends.correspondence.incoming.headers import Header
from amends.correspondence.incoming.limits import Notes
from amends.correspondence.incoming.mime import Part, take_apart
from amends.correspondence.incoming.parse import Incoming, parse
from amends.correspondence.incoming.sayings import sayings
from amends.correspondence.models import Arrival

LOOKED_AT = 200_000  # bytes of a message that the program does not read as a whole: its beginning
_UNSTORABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_KEY = re.compile(r"(?:code\.)?([2-9a-hj-km-np-z]{16})")


@dataclass(frozen=True)
class Read:
    """A message and what it says."""

    raw: bytes
    said: Incoming

    @cached_property
    def root(self) -> Part:
        """Its parts, for what only some messages are asked about."""
        return take_apart(self.raw, Notes())

    @property
    def header(self) -> Header:
        """Its header."""
        return self.root.header

    @property
    def message_id(self) -> str:
        """With its angle brackets, or nothing."""
        return stored(self.said.message_id or "", 998)

    @property
    def referred_to(self) -> list[str]:
        """The Message-IDs that it answers or refers to, the nearest first."""
        nearest = [self.said.in_reply_to] if self.said.in_reply_to else []
        return list(dict.fromkeys([*nearest, *reversed(self.said.references)]))[:50]

    @property
    def subject(self) -> str:
        """Without “Re:”, “Fwd:” and the like in front."""
        return sayings().answers.sub("", self.said.subject, count=1).strip()

    @property
    def forwards(self) -> bool:
        """Whether it passes on what somebody else wrote."""
        return sayings().forwards.match(self.said.subject) is not None

    def head(self) -> dict[str, Any]:
        """The fields of ``Arrival`` that tell what the message is, whatever becomes of it."""
        return {
            "message_id": self.message_id,
            "sender_name": stored(self.said.sender.name, 200),
            "sender": stored(self.said.sender.email.lower(), 254),
            "subject": stored(self.said.subject, 200),
            "auto": self.said.auto or "",
            "problems": self.said.problems,
        }


def read(arrival: Arrival) -> Read:
    """Open a kept message. Raises OSError where its bytes are gone."""
    raw = raw_of(arrival)
    if len(raw) > LARGEST:
        return read_beginning(raw)
    return Read(raw, parse(raw, own=own_domains(), ours=sent_by_us))


def read_beginning(raw: bytes) -> Read:
    """The first of a message that is not read as a whole."""
    return Read(raw[:LOOKED_AT], parse(raw[:LOOKED_AT], own=own_domains(), ours=sent_by_us))


def sent_by_us(name: str) -> bool:
    """Whether a Message-ID of our domain (without brackets) is of a message of ours: colleagues write too."""
    found = _KEY.fullmatch(name.rpartition("@")[0])
    return found is not None and (name.startswith("code.") or Message.objects.filter(key=found[1]).exists())


def own_address() -> str:
    """The address from which the house writes, in small letters."""
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1].lower()


def own_domains() -> frozenset[str]:
    """The domain from which the house writes, if it is one that the world knows."""
    return frozenset({own_address().rpartition("@")[2]} - {"", "localhost"})


def stored(text: str, longest: int) -> str:
    """A line as every database takes it."""
    return _UNSTORABLE.sub("", text)[:longest]
