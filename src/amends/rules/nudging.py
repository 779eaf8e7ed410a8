"""When somebody is reminded of a duty that nobody has reported done. Pure.

A ladder of four rungs: the day before it is due, when it is late, and twice more. After that the case rises
to the next level (the clock of the duties), and no mail helps.
"""

from datetime import datetime, timedelta

BEFORE = timedelta(days=1)
EVERY = timedelta(days=2)
FIRST_WHEN_LATE = 2  # the rung on which it is late; the one below it may be passed over
LAST = FIRST_WHEN_LATE + 2


def next_nudge(due: datetime, nudges: int, nudged_at: datetime | None) -> datetime | None:
    """When to remind of a duty due then, that was reminded of up to rung ``nudges``, the last time at
    ``nudged_at``; None after the last rung.
    """
    if nudges == 0 or nudged_at is None:
        return due - BEFORE
    if nudges < FIRST_WHEN_LATE:
        return due
    return nudged_at + EVERY if nudges < LAST else None
