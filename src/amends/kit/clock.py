"""What time it is, for those who may ask: faces and jobs. Actions and rules are told (``at``).

A story, a simulation or a test puts its own time in place with ``set_to``; there is no other way in.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime

from django.utils import timezone

_set: ContextVar[datetime | None] = ContextVar("clock_set_to", default=None)


def now() -> datetime:
    """The present moment, aware, in UTC; or the moment that ``set_to`` put in its place."""
    return _set.get() or timezone.now()


@contextmanager
def set_to(moment: datetime) -> Iterator[None]:
    """Within the block, ``now()`` answers ``moment`` (aware)."""
    if moment.tzinfo is None:
        raise ValueError("the clock can only be set to an aware time")
    token = _set.set(moment)
    try:
        yield
    finally:
        _set.reset(token)
