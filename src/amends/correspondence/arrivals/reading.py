"""A kept message, read: what ``incoming`` says of it, and the fields of its row."""

from dataclasses import dataclass
from email.utils import parseaddr
from typing import Any

from django.conf import settings

from amends.correspondence.arrivals.keeping import LARGEST, raw_of
from amends.correspondence.incoming.parse import Incoming, parse
from amends.correspondence.models import Arrival

LOOKED_AT = 500_000  # bytes of a message that is too large, or has brought the program down: its beginning


@dataclass(frozen=True)
class Read:
    """A message and what it says."""

    raw: bytes
    said: Incoming

    @property
    def message_id(self) -> str:
        """With its angle brackets, or nothing."""
        return (self.said.message_id or "")[:998]

    @property
    def sender(self) -> str:
        """The address in From, in small letters; or nothing."""
        return self.said.sender.email.lower()[:254]

    def head(self) -> dict[str, Any]:
        """The fields of ``Arrival`` that tell what the message is, whatever becomes of it."""
        return {
            "message_id": self.message_id,
            "sender_name": self.said.sender.name[:200],
            "sender": self.sender,
            "subject": self.said.subject[:200],
            "auto": self.said.auto or "",
            "problems": self.said.problems,
        }


def read(arrival: Arrival) -> Read:
    """Open a kept message. Raises OSError where its bytes are gone."""
    raw = raw_of(arrival)
    if len(raw) > LARGEST:
        return Read(raw, parse(raw[:LOOKED_AT]))
    return Read(raw, parse(raw, own=own_domains()))


def own_address() -> str:
    """The address from which the house writes, in small letters."""
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1].lower()


def own_domains() -> frozenset[str]:
    """The domain from which the house writes, if it is one that the world knows."""
    return frozenset({own_address().rpartition("@")[2]} - {"", "localhost"})
