"""Doing things every so often, once each, however many workers look at the clock."""

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from amends.kit.models import Scheduled

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Line:
    """One line of a schedule: ``do`` is called with the time, every ``every`` seconds."""

    name: str
    every: int
    do: Callable[[datetime], object]


def run_due(lines: Iterable[Line], at: datetime) -> list[str]:
    """Run the lines that are due at ``at``; their names. One that fails is logged and comes again.

    Who moves a line's next time on by a conditional update runs it; the others pass by.
    """
    nexts = dict(Scheduled.objects.values_list("name", "next_at"))
    ran = []
    for line in lines:
        if (nexts.get(line.name) or at) <= at and _claim(line, nexts.get(line.name), at):
            ran.append(line.name)
            try:
                line.do(at)
            except Exception:
                logger.exception("%s failed; it comes again in %d s", line.name, line.every)
    return ran


def _claim(line: Line, seen: datetime | None, at: datetime) -> bool:
    following = at + timedelta(seconds=line.every)
    if seen is None:
        return Scheduled.objects.get_or_create(name=line.name, defaults={"next_at": following})[1]
    return bool(Scheduled.objects.filter(name=line.name, next_at=seen).update(next_at=following))
