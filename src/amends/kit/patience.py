"""How often a job is tried, and how long it waits in between."""

from datetime import timedelta

# A mail server that restarts is back in a minute, one that is being repaired in hours.
DELAYS = tuple(timedelta(seconds=s) for s in (10, 60, 300, 1800, 7200, 21600))
ATTEMPTS = len(DELAYS) + 1


def delay_after(attempt: int) -> timedelta | None:
    """How long to wait after this attempt (from 1) failed; None when it was the last."""
    return DELAYS[attempt - 1] if 1 <= attempt < ATTEMPTS else None
