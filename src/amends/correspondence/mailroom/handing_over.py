"""From whatever brought it into the house: kept first, then taken in."""

import logging
from datetime import datetime

from amends.correspondence.arrivals import arrive, take_in
from amends.correspondence.models import Arrival

logger = logging.getLogger(__name__)


def bring(raw: bytes, *, source: str, at: datetime) -> Arrival:
    """Keep a message and take it in. When this returns, it is safe: whoever holds it may let go of it.

    Raises OSError or ``django.db.Error`` where it could not be kept, and only then: what else goes wrong
    with it is taken up later by the schedule.
    """
    arrival = arrive(raw, source=source, at=at)
    take_up(arrival, at=at)
    return arrival


def take_up(arrival: Arrival, *, at: datetime) -> None:
    """Take in what was kept. Never raises: the schedule comes back to it."""
    try:
        if arrival.state == Arrival.State.WAITING:
            take_in(arrival, at=at)
    except Exception:
        logger.exception("arrival %s has to wait for the schedule", arrival.key)
