"""Which days are worked, by country and region. Pure: the dates come from the ``holidays`` package.

A weekend day that a government moved work to (China) is worked, a weekday off in its place is not.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, time, timedelta
from functools import cache

import holidays
from holidays.holiday_base import HolidayBase

DAY = timedelta(days=1)
SATURDAY_SUNDAY = frozenset({5, 6})


class UnknownRegion(ValueError):
    """A region that this country has not; ``known`` are those it has."""

    def __init__(self, region: str, known: Sequence[str]) -> None:
        super().__init__(region)
        self.region, self.known = region, tuple(known)


@dataclass(frozen=True)
class Weekend:
    """Other days of rest than Saturday and Sunday (0 is Monday), in some regions, until a day if it ended."""

    regions: tuple[str, ...]
    days: frozenset[int]
    until: date | None = None


@dataclass(frozen=True)
class CalendarSpec:
    """What a country's pack says about its working days. Without ``holidays`` only weekends are free."""

    holidays: str = ""  # ISO 3166 code as the holidays package knows it
    financial: str = ""  # or a financial calendar of that package
    region: str = ""
    categories: tuple[str, ...] = ("public",)
    weekends: tuple[Weekend, ...] = ()


@dataclass(frozen=True)
class OfficeHours:
    """From when to when the house is open on a day that it works, by the clocks of its own zone."""

    opens: time
    closes: time

    def __post_init__(self) -> None:
        """Raises ValueError for a house that would close before it opens."""
        if self.opens >= self.closes:
            raise ValueError("a house opens before it closes")


@dataclass(frozen=True)
class WorkingDays:
    """The working days of one place, less the days on which the house itself is closed."""

    spec: CalendarSpec = CalendarSpec()
    region: str = ""
    closed: frozenset[date] = field(default_factory=frozenset)
    hours: OfficeHours | None = None  # none said: the whole working day

    def __post_init__(self) -> None:
        """Raises UnknownRegion at once, and not when the first day is asked for."""
        _days_off(self.spec, self._region)

    @property
    def _region(self) -> str:
        return self.region or self.spec.region

    def works(self, day: date) -> bool:
        """Whether the house works on this day."""
        if day in self.closed:
            return False
        off = _days_off(self.spec, self._region)
        if off is not None:
            if day in off:
                return False
            if day in off.weekend_workdays:
                return True
        return day.weekday() not in self._weekend(day)

    def rests(self, day: date) -> bool:
        """Whether the place rests on this day: a weekend or holiday, and not one of the house's own days."""
        return not replace(self, closed=frozenset()).works(day)

    def after(self, day: date, count: int) -> date:
        """The ``count``-th working day after ``day``, which itself does not count; ``day`` for none."""
        while count > 0:
            day += DAY
            count -= self.works(day)
        return day

    def _weekend(self, day: date) -> frozenset[int]:
        for weekend in self.spec.weekends:
            if self._region in weekend.regions and (weekend.until is None or day <= weekend.until):
                return weekend.days
        return SATURDAY_SUNDAY


def regions(spec: CalendarSpec) -> list[tuple[str, str]]:
    """The regions that have holidays of their own, by code, with the names people call them by."""
    if not spec.holidays:
        return []
    known = holidays.country_holidays(spec.holidays).get_subdivision_aliases()
    return sorted(((code, max([code, *names], key=len)) for code, names in known.items()), key=lambda r: r[1])


@cache
def _days_off(spec: CalendarSpec, region: str) -> HolidayBase | None:
    if spec.financial:
        return holidays.financial_holidays(spec.financial)
    if not spec.holidays:
        return None
    known: Mapping[str, Sequence[str]] = holidays.list_supported_countries(include_aliases=False)
    if region and region not in known[spec.holidays]:
        raise UnknownRegion(region, known[spec.holidays])
    return holidays.country_holidays(spec.holidays, subdiv=region or None, categories=spec.categories)
