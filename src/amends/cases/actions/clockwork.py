"""What the program itself reports: a clock that ran out."""

from datetime import datetime

from amends.cases.actions.door import take
from amends.cases.models import Clock
from amends.rules.capabilities import Actor


def report_breach(clock: Clock, *, by: Actor, at: datetime) -> bool:
    """Put a clock that ran out on file, once. False when it was stopped or reported meanwhile."""
    with take("report_breach", clock.complaint, by=by, at=at) as case:
        claimed = Clock.objects.filter(pk=clock.pk, stopped_at__isnull=True, breached_at__isnull=True)
        if not claimed.update(breached_at=at):
            raise ClockStopped
        case.say(clock=clock.kind, due=clock.due_at.isoformat(), rule=clock.rule)
    return True


class ClockStopped(Exception):
    """Somebody stopped or reported the clock first: nothing to report, nothing was written."""
