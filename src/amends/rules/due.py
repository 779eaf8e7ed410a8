"""When a rule's time is over. Pure: moments come in, moments go out.

Days are those of the house's own zone, since that is where letters are opened and answers are sent. A time
in days or months ends with the last second of its last day; one in hours ends to the minute, through a
night on which the clocks are changed as well; one in office hours likewise, and runs only while the house is
open. One that ends on a day off ends on the next working day only where the rule ``rolls``.
"""

from calendar import monthrange
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from amends.rules.office_hours import open_after
from amends.rules.statutes import Rule, Trigger, Unit
from amends.rules.working_days import DAY, WorkingDays

LAST_SECOND = time(23, 59, 59)
TO_THE_MINUTE = frozenset({Unit.HOURS, Unit.OFFICE_HOURS})


@dataclass(frozen=True)
class Due:
    """A rule applied to a case: when it must be met at the latest, and when if it is extended."""

    rule: Rule
    at: datetime
    extended: datetime | None


def due(rule: Rule, triggered: datetime, *, zone: tzinfo, days: WorkingDays) -> Due:
    """The rule's last moment, counted from ``triggered`` (aware), in ``zone``.

    Raises ValueError for a naive time: without a zone nobody knows which day it was.
    """
    if triggered.tzinfo is None:
        raise ValueError("a clock needs an aware time")
    first = rule.counts_trigger_day
    at = _after(triggered, rule.length, rule.unit, counts_first=first, zone=zone, days=days)
    longer, last = rule.extension, _rolled(rule, rule.unit, at, days)
    if longer is None:
        return Due(rule, last, None)
    anew = longer.counted_from == "due"  # from the day itself, and not from where it moved
    start, first = (at, False) if anew else (triggered, first)
    extended = _after(start, longer.length, longer.unit, counts_first=first, zone=zone, days=days)
    return Due(rule, last, _rolled(rule, longer.unit, extended, days))


def dues(
    rules: Iterable[Rule], moments: Mapping[Trigger, datetime], *, zone: tzinfo, days: WorkingDays
) -> list[Due]:
    """Every rule whose trigger has happened, the strictest (the one due first) first."""
    found = [
        due(rule, moments[rule.trigger], zone=zone, days=days) for rule in rules if rule.trigger in moments
    ]
    return sorted(found, key=lambda one: (one.at, one.rule.id))


def last_moment(moment: datetime, length: int, unit: Unit, *, zone: tzinfo, days: WorkingDays) -> datetime:
    """When so long a time, counted from ``moment`` (aware, its day does not count), is over."""
    return _after(moment, length, unit, counts_first=False, zone=zone, days=days)


def _after(
    moment: datetime, length: int, unit: Unit, *, counts_first: bool, zone: tzinfo, days: WorkingDays
) -> datetime:
    if unit is Unit.HOURS:
        return (moment.astimezone(UTC) + timedelta(hours=length)).astimezone(zone)
    if unit is Unit.OFFICE_HOURS:
        return open_after(moment, timedelta(hours=length), zone=zone, days=days)
    first = moment.astimezone(zone).date()
    if unit is Unit.MONTHS:
        last = _months_after(first, length)
    elif unit is Unit.WORKING_DAYS:
        last = days.after(first, length - (counts_first and days.works(first)))
    else:
        last = first + timedelta(days=length - counts_first)
    return datetime.combine(last, LAST_SECOND, tzinfo=zone)


def _rolled(rule: Rule, unit: Unit, at: datetime, days: WorkingDays) -> datetime:
    """Past the days off that a time in days or months may end on, where the rule says so.

    The house's own closing days are none: nobody can lengthen a customer's time by closing.
    """
    if not rule.rolls or unit in TO_THE_MINUTE:
        return at
    last = at.date()
    while days.rests(last):
        last += DAY
    return datetime.combine(last, LAST_SECOND, tzinfo=at.tzinfo)


def _months_after(day: date, months: int) -> date:
    """The same day so many months later; the month's last where it has none such."""
    year, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + year, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
