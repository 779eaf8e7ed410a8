"""What follows from a message that was read."""

from datetime import datetime

from amends.correspondence.arrivals.reading import Read
from amends.correspondence.models import Arrival

S = Arrival.State


def follow(arrival: Arrival, read: Read, at: datetime) -> None:
    """Say what becomes of a message, on its row (unsaved), and do it."""
    arrival.state = S.AUTOMATIC if read.said.auto else S.UNCLEAR
