"""What the passing of time does to cases: clocks that ran out, offers that nobody answered.

Any number of workers may do this at once; whoever comes second finds nothing left to do.
"""

import logging
from collections.abc import Callable, Iterable
from datetime import datetime

from amends.cases import actions
from amends.cases.models import Clock, Offer
from amends.cases.models.settlement import OfferAnswer
from amends.rules.capabilities import SYSTEM
from amends.rules.deadlines import ClockKind
from amends.rules.lifecycle import Stage

logger = logging.getLogger(__name__)

AT_ONCE = 1000  # so many of a kind at one tick, so that jobs never wait long for the clock
NO_BREACH = (ClockKind.OFFER, ClockKind.FOLLOW_UP)  # the customer's time: it lapses, or they are asked


def report_breaches(at: datetime) -> int:
    """Put each promise that ran out before ``at`` on file, once; how many."""
    rows = Clock.objects.filter(
        due_at__lt=at,
        stopped_at__isnull=True,
        breached_at__isnull=True,
        paused_at__isnull=True,
        complaint__is_open=True,
    ).exclude(kind__in=NO_BREACH)
    due = rows.select_related("complaint").order_by("due_at", "pk")[:AT_ONCE]
    return each(due, lambda clock: actions.report_breach(clock, by=SYSTEM, at=at))


def report_warnings(at: datetime) -> int:
    """Say once of each clock that it runs out soon; how many. One that ran out already is a breach."""
    rows = Clock.objects.filter(
        warn_at__lte=at,
        warned_at__isnull=True,
        stopped_at__isnull=True,
        paused_at__isnull=True,
        due_at__gt=at,
        complaint__is_open=True,
    ).exclude(kind__in=NO_BREACH)
    due = rows.select_related("complaint").order_by("warn_at")[:AT_ONCE]
    return each(due, lambda clock: actions.report_warning(clock, by=SYSTEM, at=at))


def climb(at: datetime) -> int:
    """Take each case one level higher whose clock is late by as much as the house's ladder says (E3)."""
    rows = Clock.objects.filter(
        rise_at__lte=at, stopped_at__isnull=True, paused_at__isnull=True, complaint__is_open=True
    )
    due = rows.select_related("complaint").order_by("rise_at")[:AT_ONCE]
    return each(due, lambda clock: actions.climb(clock, by=SYSTEM, at=at))


def lapse_offers(at: datetime) -> int:
    """Let each offer lapse whose date is past ``at``; how many."""
    rows = Offer.objects.filter(answer=OfferAnswer.OPEN, expires_at__lt=at, complaint__stage=Stage.OFFERED)
    due = rows.select_related("complaint").order_by("expires_at")[:AT_ONCE]
    return each(due, lambda offer: actions.lapse(offer, by=SYSTEM, at=at))


def each[T](rows: Iterable[T], do: Callable[[T], object]) -> int:
    """Do it for each row in a transaction of its own; how many were done.

    Refused or stopped meanwhile: somebody was first. Any other fault is logged and keeps to its own row.
    """
    done = 0
    for row in rows:
        try:
            done += bool(do(row))
        except (actions.Refused, actions.ClockStopped):
            continue
        except Exception:
            logger.exception("the clock could not see to %r", row)
    return done
