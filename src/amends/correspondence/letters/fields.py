"""The fields of a case file that a letter's text can speak of, each with its kind."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum, auto


class Kind(Enum):
    """What a field holds, and so how it is read and written."""

    TEXT = auto()  # a string that stands within a sentence or after a colon
    PROSE = auto()  # a paragraph of its own: a string, or several points
    POINTS = auto()  # several points, one below the other
    REMEDIES = auto()  # points that may have a sum and a number of days
    DATE = auto()  # 2026-11-22
    SUM = auto()  # {"amount": "1250.00", "currency": "SEK"}
    LINK = auto()  # http:// or https://


FIELDS: dict[str, Kind] = {
    "title": Kind.TEXT,
    "received": Kind.DATE,
    "link": Kind.LINK,
    "contact": Kind.TEXT,
    "contact_phone": Kind.TEXT,
    "understood": Kind.TEXT,
    "text": Kind.PROSE,
    "first_word_by": Kind.DATE,
    "word_by": Kind.DATE,
    "answer_by": Kind.DATE,
    "answer_wanted_by": Kind.DATE,
    "questions": Kind.POINTS,
    "waiting": Kind.TEXT,
    "answer_missed": Kind.DATE,
    "known": Kind.PROSE,
    "unknown": Kind.PROSE,
    "done_so_far": Kind.PROSE,
    "still_to_do": Kind.PROSE,
    "next": Kind.TEXT,
    "findings": Kind.PROSE,
    "reasons": Kind.PROSE,
    "upheld": Kind.POINTS,
    "not_upheld": Kind.POINTS,
    "apology": Kind.TEXT,
    "remedies": Kind.REMEDIES,
    "prevention": Kind.TEXT,
    "done_by": Kind.DATE,
    "expires": Kind.DATE,
    "asked": Kind.TEXT,
    "agreement": Kind.PROSE,
    "signed_on": Kind.DATE,
    "code": Kind.TEXT,
    "minutes": Kind.TEXT,
    "items": Kind.POINTS,
    "shipped_on": Kind.DATE,
    "carrier": Kind.TEXT,
    "tracking": Kind.TEXT,
    "arrives_by": Kind.DATE,
    "amount": Kind.SUM,
    "paid_on": Kind.DATE,
    "paid_to": Kind.TEXT,
    "payment_reference": Kind.TEXT,
    "third_party": Kind.TEXT,
    "third_party_contact": Kind.TEXT,
    "where_to_turn": Kind.TEXT,
    "done": Kind.POINTS,
    "review_link": Kind.LINK,
    "stop_link": Kind.LINK,
    "action": Kind.POINTS,
    "talk_on": Kind.DATE,
    "talk_at": Kind.TEXT,
    "talk_how": Kind.TEXT,
    "talk_with": Kind.TEXT,
    "talk_where": Kind.TEXT,
    "talk_about": Kind.TEXT,
    "talk_was": Kind.TEXT,
    "talk_why": Kind.TEXT,
}


@dataclass(frozen=True)
class Money:
    """A sum and its ISO 4217 currency."""

    amount: Decimal
    currency: str


@dataclass(frozen=True)
class Remedy:
    """One thing that will be done, as a case file names it."""

    what: str
    money: Money | None = None
    within_days: int | None = None


Value = str | date | Money | tuple[str, ...] | tuple[Remedy, ...]
