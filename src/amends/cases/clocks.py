"""What the passing of time does to cases: clocks that run out, offers that nobody answered.

Any number of workers may do this at once. They claim clocks for a while, so that they do not get into each
other's way; what makes each thing happen once is the conditional update inside the transaction that puts it
on file. A worker that dies leaves nothing half done, and its claims run out.
"""

import logging
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Model, Q, QuerySet
from django.db.models.functions import Coalesce

from amends.cases import actions
from amends.cases.models import Clock, Complaint, Offer
from amends.cases.models.settlement import OfferAnswer
from amends.rules.capabilities import SYSTEM
from amends.rules.deadlines import THE_CUSTOMERS_TIME
from amends.rules.lifecycle import Stage

logger = logging.getLogger(__name__)

AT_ONCE = 1000  # so many of a kind at one tick, so that jobs never wait long for the clock
CLAIM = timedelta(minutes=5)  # much longer than a worker needs for so many


def report_breaches(at: datetime) -> int:
    """Put each promise that ran out before ``at`` on file, once; how many."""
    due = claim(_ran_out(at).order_by("due_at", "pk"), at)
    return each(due, lambda clock: actions.report_breach(clock, by=SYSTEM, at=at))


def report_warnings(at: datetime) -> int:
    """Say once of each clock that it runs out soon; how many. One that ran out already is a breach."""
    due = claim(_to_warn_of(at).order_by("warn_at", "pk"), at)
    return each(due, lambda clock: actions.report_warning(clock, by=SYSTEM, at=at))


def climb(at: datetime) -> int:
    """Take each case one level higher whose clock is late by as much as the house's ladder says (E3)."""
    due = claim(_running(rise_at__lte=at).order_by("rise_at", "pk"), at)
    return each(due, lambda clock: actions.climb(clock, by=SYSTEM, at=at))


def lapse_offers(at: datetime) -> int:
    """Let each offer lapse whose date is past ``at``; how many."""
    rows = Offer.objects.filter(answer=OfferAnswer.OPEN, expires_at__lt=at, complaint__stage=Stage.OFFERED)
    due = rows.select_related("complaint").order_by("expires_at")
    return each(first_of(due), lambda offer: actions.lapse(offer, by=SYSTEM, at=at))


def claim(rows: QuerySet[Clock], at: datetime, *, most: int = AT_ONCE) -> list[Clock]:
    """The first of ``rows`` that no worker is seeing to, now ours until ``at`` + CLAIM, with complaints.

    A claim from further ahead than that was made by a clock that stood wrong, and holds nothing.
    """
    free = Q(claimed_until__isnull=True) | Q(claimed_until__lt=at) | Q(claimed_until__gt=at + CLAIM)
    rows = rows.filter(free)
    if not rows.order_by().exists():  # looking must not keep others from writing
        return []
    with transaction.atomic():
        ours = list(rows.select_for_update(skip_locked=True)[:most])
        Clock.objects.filter(pk__in=[clock.pk for clock in ours]).update(claimed_until=at + CLAIM)
    # Of the case only what a rule is found by: the door reads it anew, and a thousand stories are heavy.
    cases = Complaint.objects.only("country", "sector").in_bulk({clock.complaint_id for clock in ours})
    for clock in ours:
        clock.complaint = cases[clock.complaint_id]
    return ours


def first_of[M: Model](rows: QuerySet[M]) -> list[M]:
    """As many of ``rows`` as are seen to at one tick. Whether there are any is asked first: mostly there are
    none, and to ask for wide rows with what belongs to them takes much longer than to look.
    """
    return list(rows[:AT_ONCE]) if rows.order_by().exists() else []


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


def _to_warn_of(at: datetime) -> QuerySet[Clock]:
    rows = _running(warn_at__lte=at, warned_at__isnull=True).exclude(kind__in=THE_CUSTOMERS_TIME)
    # Not the bare column, or a planner takes the index of all running clocks that lie ahead.
    return rows.alias(day=Coalesce("due_at", "due_at")).filter(day__gt=at)


def _ran_out(at: datetime) -> QuerySet[Clock]:
    return _running(due_at__lt=at, breached_at__isnull=True).exclude(kind__in=THE_CUSTOMERS_TIME)


def _running(**more: object) -> QuerySet[Clock]:
    return Clock.objects.filter(stopped_at__isnull=True, paused_at__isnull=True, **more)
