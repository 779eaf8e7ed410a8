"""A month or a week as the calendar page lays it out: whole weeks of days, each with what falls due on it."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from amends.cases.calendar import Entry

MOST_IN_A_MONTH = 5  # entries of a day; the rest is in its week


@dataclass(frozen=True)
class Day:
    """One day, whether it lies in what was asked for, and what falls due on it."""

    day: date
    inside: bool
    today: bool
    entries: Sequence[Entry]  # as many as fit
    more: int = 0


@dataclass(frozen=True)
class Span:
    """What was asked for: from Monday to Sunday, the weeks that it touches."""

    first: date  # of the month or week itself
    last: date
    is_week: bool

    @property
    def begins(self) -> date:
        """The Monday on or before."""
        return self.first - timedelta(days=self.first.weekday())

    @property
    def ends(self) -> date:
        """The Sunday on or after."""
        return self.last + timedelta(days=6 - self.last.weekday())

    @property
    def before(self) -> str:
        """The month or week before, as the address names it."""
        return self._named(self.first - timedelta(days=1))

    @property
    def after(self) -> str:
        """The one after."""
        return self._named(self.last + timedelta(days=1))

    def _named(self, day: date) -> str:
        return f"week={day.isoformat()}" if self.is_week else f"month={day:%Y-%m}"

    def moments(self) -> tuple[datetime, datetime]:
        """From midnight to midnight, in the house's zone."""
        return _midnight(self.begins), _midnight(self.ends + timedelta(days=1))

    def days(self, entries: Sequence[Entry], today: date) -> list[Day]:
        """Its days in order."""
        by_day: dict[date, list[Entry]] = defaultdict(list)
        for entry in entries:
            by_day[timezone.localtime(entry.at).date()].append(entry)
        count = (self.ends - self.begins).days + 1
        days = [self.begins + timedelta(days=number) for number in range(count)]
        most = None if self.is_week else MOST_IN_A_MONTH
        return [
            Day(
                day,
                self.first <= day <= self.last,
                day == today,
                by_day[day][:most],
                len(by_day[day][most:]) if most else 0,
            )
            for day in days
        ]


def span_of(month: str, week: str, today: date) -> Span:
    """The month ("2026-11") or the week with that day in it ("2026-11-22"); this month for neither.

    Raises ValueError for what is no month and no day, or lies too far away.
    """
    if week:
        day = date.fromisoformat(week)
        first = day - timedelta(days=day.weekday())
        last = first + timedelta(days=6)
    else:
        first = date.fromisoformat(f"{month}-01") if month else today.replace(day=1)
        last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    if not 2000 <= first.year <= 2100:
        raise ValueError(first)
    return Span(first, last, bool(week))


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
