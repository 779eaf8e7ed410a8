"""Which duties somebody must be reminded of now."""

from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from amends.cases import actions
from amends.cases.clocks import each, first_of
from amends.cases.models import Clock, Duty
from amends.cases.tasks import CAN_BE_DONE
from amends.rules.capabilities import SYSTEM
from amends.rules.deadlines import ClockKind
from amends.rules.lifecycle import Stage
from amends.rules.nudging import BEFORE, EVERY, FIRST_WHEN_LATE, LAST


def nudge_duties(at: datetime) -> int:
    """Remind of each duty whose day comes, or is past, as often as ``rules.nudging`` says; how many.

    One that waits for another is nobody's fault yet, and one of a case that waits for the customer neither.
    """
    return each(first_of(to_nudge(at)), lambda duty: actions.nudge(duty, by=SYSTEM, at=at))


def to_nudge(at: datetime) -> QuerySet[Duty]:
    """Those duties, the first due first: a scan of the index of open ones up to tomorrow."""
    waits = Clock.objects.filter(
        complaint=OuterRef("complaint"),
        kind=ClockKind.DUTY,
        stopped_at__isnull=True,
        paused_at__isnull=False,
    )
    never = Q(nudges=0)
    late_now = Q(nudges__gt=0, nudges__lt=FIRST_WHEN_LATE, due_at__lte=at)
    again = Q(nudges__gte=FIRST_WHEN_LATE, nudges__lt=LAST, nudged_at__lte=at - EVERY)
    rows = Duty.objects.filter(done_at__isnull=True, due_at__lte=at + BEFORE)
    rows = rows.filter(CAN_BE_DONE, never | late_now | again, ~Exists(waits))
    rows = rows.filter(complaint__stage=Stage.FULFILLING).select_related("complaint")
    return rows.order_by("due_at", "pk")
