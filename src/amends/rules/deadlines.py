"""When a promise falls due. Pure: the caller brings the moment, nothing here reads a clock.

These are the house's own promises, in calendar time, used where no law is stricter. What the law of a
country says comes as data in ``packs/countries`` and is laid over this table; every ``Clock`` row
remembers in ``rule`` which of the two it came from.
"""

from datetime import datetime, timedelta
from enum import StrEnum


class ClockKind(StrEnum):
    """What a clock measures. Started and stopped only by the steps in ``lifecycle``."""

    ACKNOWLEDGEMENT = "acknowledgement"  # from the first word to ours
    UPDATE = "update"  # how long a customer may stay without word
    ANSWER = "answer"  # until the decision reaches the customer
    APPROVAL = "approval"  # until the leadership has looked at a plan
    OFFER = "offer"  # until an offer expires
    DUTY = "duty"  # until a department has carried out its part
    FOLLOW_UP = "follow_up"  # until the customer is asked (again) whether it is good
    BODY = "body"  # until a body outside has our answer, or its word is due
    REVIEW = "review"  # until somebody senior looks at a case that takes long


PROMISES: dict[ClockKind, timedelta] = {
    ClockKind.ACKNOWLEDGEMENT: timedelta(days=1),
    ClockKind.UPDATE: timedelta(days=5),
    ClockKind.ANSWER: timedelta(days=14),
    ClockKind.APPROVAL: timedelta(days=2),
    ClockKind.OFFER: timedelta(days=14),
    ClockKind.DUTY: timedelta(days=7),
    ClockKind.FOLLOW_UP: timedelta(days=7),
    ClockKind.BODY: timedelta(days=14),
    ClockKind.REVIEW: timedelta(days=30),
}

THE_CUSTOMERS_TIME = frozenset({ClockKind.OFFER, ClockKind.FOLLOW_UP})  # no promise of ours is broken by it
MAY_WAIT = frozenset(
    {ClockKind.ANSWER, ClockKind.DUTY}
)  # for the customer; the rhythm of our words never does
FOLLOW_UP_BY_POST = timedelta(days=14)  # a letter is printed, posted, and its answer comes back
FOLLOW_UP_QUESTIONS = 2  # asked so often, each a follow-up clock apart, before silence may close a case
LAST_QUESTION_AFTER = timedelta(days=30)  # asked once more so long after that, and never again
LAST_QUESTION = "house:last_question"


def promised(kind: ClockKind, at: datetime) -> datetime:
    """When the house's promise of this kind, started at ``at`` (aware), falls due.

    Raises ValueError for a naive time, since a promise without a zone can be broken by an hour.
    """
    if at.tzinfo is None:
        raise ValueError("a clock needs an aware time")
    return at + PROMISES[kind]


def rule_name(kind: ClockKind) -> str:
    """The name under which a clock remembers that the house's own promise set it."""
    return f"house:{kind.value}"
