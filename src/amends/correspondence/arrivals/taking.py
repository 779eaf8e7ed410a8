"""Taking a kept message in: once, whoever tries, and never in a loop of errors."""

import logging
from contextlib import suppress
from datetime import datetime, timedelta

from django.db import OperationalError, transaction
from django.db.models import F

from amends.correspondence.arrivals.following import NotYet, carry_out, way_of
from amends.correspondence.arrivals.reading import Read, read
from amends.correspondence.models import Arrival

logger = logging.getLogger(__name__)

TRIES = 3
SETTLED = timedelta(seconds=5)  # whoever kept a message takes it in at once; the sweep leaves them that time
SAME = 8  # arrivals of the same Message-ID that are compared
DECIDED = ("state", "why_unclear", "complaint", "became", "problems", "error")
AT_ONCE = 1000  # messages in one sweep: some ten seconds


def take_in(arrival: Arrival, *, at: datetime) -> Arrival:
    """Read a kept message and let follow what follows: a complaint, a message of one, a bounce, nothing.

    Returns the row as it stands then. Does nothing to one that was taken in before. Never raises for what
    stands in the mail: a fault is kept with it, it is tried again by ``take_in_waiting``, and after TRIES a
    person looks at it. The try is counted before the message is opened, so that one which kills the program
    does so three times only.
    """
    mine = Arrival.objects.filter(pk=arrival.pk, state=Arrival.State.WAITING)
    if not mine.filter(attempts=arrival.attempts).update(attempts=F("attempts") + 1):
        arrival.refresh_from_db()  # somebody else has it, or had it
        return arrival
    arrival.attempts += 1
    try:
        if arrival.attempts > TRIES:
            _give_up(arrival)
        else:
            return _take(arrival, read(arrival), at)
    except NotYet:
        logger.info("arrival %s is looked at again later", arrival.key)
    except OperationalError:  # the database was busy or full: no fault of the mail
        logger.warning("arrival %s has to wait", arrival.key, exc_info=True)
        with suppress(OperationalError):
            mine.update(attempts=F("attempts") - 1)
    except Exception as fault:
        logger.exception("arrival %s could not be taken in", arrival.key)
        mine.update(error=f"{type(fault).__name__}: {fault}"[:300])
        if arrival.attempts >= TRIES:
            _give_up(arrival)
    arrival.refresh_from_db()
    return arrival


def take_in_waiting(at: datetime) -> int:
    """Take in what was kept some seconds ago and not read: its reader died, or failed. How many."""
    waiting = Arrival.objects.filter(state=Arrival.State.WAITING, arrived_at__lte=at - SETTLED)
    found = list(waiting.order_by("arrived_at", "pk")[:AT_ONCE])
    return sum(take_in(arrival, at=at).state != Arrival.State.WAITING for arrival in found)


def _take(arrival: Arrival, read: Read, at: datetime) -> Arrival:
    # Committed before the rest, so that the same mail by two ways at once is seen by both.
    Arrival.objects.filter(pk=arrival.pk).update(**read.head())
    way = way_of(arrival, read)
    with transaction.atomic():
        fresh, same = _locked(arrival, read.message_id)
        if fresh.state == Arrival.State.WAITING:
            carry_out(way, fresh, read, same, at)
            fresh.error = ""
            fresh.save(update_fields=DECIDED)
    return fresh


def _locked(arrival: Arrival, message_id: str) -> tuple[Arrival, list[Arrival]]:
    """The row, locked; and before it the first ones of the same Message-ID, for which all of them queue."""
    rows = Arrival.objects.select_for_update()
    same: list[Arrival] = []
    if message_id:
        same = list(rows.exclude(message_id="").filter(message_id=message_id).order_by("pk")[:SAME])
    return next((row for row in same if row.pk == arrival.pk), None) or rows.get(pk=arrival.pk), same


def _give_up(arrival: Arrival) -> None:
    waiting = Arrival.objects.filter(pk=arrival.pk, state=Arrival.State.WAITING)
    waiting.update(state=Arrival.State.UNCLEAR, why_unclear="fault")
