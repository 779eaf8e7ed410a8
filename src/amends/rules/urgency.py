"""What comes first: consequence times time left. Pure, and a table.

A clock whose silence means that the complaint counts as accepted presses a week before a courtesy that is due
on the same day: it is ordered as if it were due that much earlier.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

from amends.rules.statutes import Consequence

HEAD_START: Mapping[str, timedelta] = {
    Consequence.ACCEPTED: timedelta(days=7),
    Consequence.AS_WISHED: timedelta(days=7),
    Consequence.DELIBERATE_DELAY: timedelta(days=4),
    Consequence.OUTSIDE: timedelta(days=3),
    Consequence.REFUSAL: timedelta(days=3),
    Consequence.CLOSED: timedelta(days=3),
    Consequence.BREACH: timedelta(days=2),
    Consequence.UNTIMELY: timedelta(days=2),
    Consequence.FULL_RULES: timedelta(days=1),
    Consequence.GOOD_PRACTICE: timedelta(days=1),
    Consequence.TURNED_AWAY: timedelta(0),
    Consequence.NONE: timedelta(0),
}


def pressing(due: datetime, consequence: str) -> datetime:
    """The moment by which a clock is ordered among others: the earlier, the more it presses."""
    return due - HEAD_START.get(consequence, timedelta(0))
