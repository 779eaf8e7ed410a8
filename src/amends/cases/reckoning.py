"""When a clock that starts now falls due: the strictest of the house's promise and what the law asks.

What the law asks comes from ``rules.statutes``, with the house's own rules over it. Both are read once for
each ``Office.version``, so that registering a complaint costs one look at that number.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache, lru_cache

from django.utils import timezone

from amends.cases.models.complaint import Complaint
from amends.cases.models.house_rule import HouseRule, Office
from amends.kit.prepared import Prepared
from amends.rules.capabilities import HIGHEST_LEVEL
from amends.rules.deadlines import ClockKind, promised, rule_name
from amends.rules.due import Due, dues
from amends.rules.office_hours import last_open
from amends.rules.statutes import (
    PRACTICE,
    Consequence,
    Country,
    Meets,
    Rule,
    Trigger,
    Unit,
    applicable,
    pack_for,
    packs,
)
from amends.rules.working_days import OfficeHours, UnknownRegion, WorkingDays

HOUSE = "house"
AGREEMENT = "agreement"  # the rule of a clock that goes by what was agreed
LADDER_DAYS = (2, 5, 10)  # days late at which a case rises to level 1, 2, 3, unless the house says otherwise
REMIND_DAYS = 3  # before an offer ends, unless the house says otherwise
RISES = (ClockKind.ACKNOWLEDGEMENT, ClockKind.UPDATE, ClockKind.ANSWER, ClockKind.DUTY, ClockKind.BODY)

_versions = Prepared(lambda _: Office.objects.only("version").order_by("pk")[:1])


@dataclass(frozen=True)
class Reckoned:
    """One way to count: by which rule, until when, and what silence costs."""

    rule: str
    due_at: datetime
    consequence: str = Consequence.NONE


@dataclass(frozen=True)
class OfficeNow:
    """The house's calendar and rules, as they stand at one version."""

    country: str = ""
    region: str = ""
    sector: str = "consumer"
    closed: frozenset[date] = frozenset()
    hours: OfficeHours | None = None
    warn_share: float = 0.25
    ladder: tuple[int, ...] = LADDER_DAYS
    remind_days: int = REMIND_DAYS
    added: tuple[Rule, ...] = ()
    off: frozenset[str] = frozenset()


def office() -> OfficeNow:
    """The house as it stands now; one query."""
    rows = _versions()
    return _office(rows[0].pk, rows[0].version) if rows else OfficeNow()


@lru_cache(maxsize=4)
def _office(pk: int, version: int) -> OfficeNow:
    row = Office.objects.get(pk=pk)
    rules = list(HouseRule.objects.filter(replaced=False))
    return OfficeNow(
        country=row.country,
        region=row.region,
        sector=row.sector,
        closed=frozenset(date.fromisoformat(day) for day in row.closed_days),
        hours=OfficeHours(row.opens, row.closes) if row.opens and row.closes else None,
        warn_share=float(row.warn_share),
        ladder=tuple(row.ladder_days) or LADDER_DAYS,
        remind_days=row.remind_days,
        added=tuple(_as_rule(one) for one in rules if not one.off),
        off=frozenset(one.name for one in rules),  # switched off, or standing in the place of a pack's
    )


def _as_rule(row: HouseRule) -> Rule:
    """The rule as it is reckoned with. In a pack's place it keeps the extension that the law permits."""
    law = pack_rule(row.name)
    same = law is not None and (law.clock, law.trigger) == (row.clock, row.trigger)
    return Rule(
        id=row.name,
        jurisdiction=row.country or HOUSE,
        clock=row.clock,
        sectors=tuple(row.sectors),
        trigger=Trigger(row.trigger),
        length=row.length,
        unit=Unit(row.unit),
        meets=Meets(row.meets),
        consequence=Consequence(row.consequence),
        pausable=row.pausable,
        rolls=row.rolls,
        counts_trigger_day=law.counts_trigger_day if law and same else False,
        extension=law.extension if law and same else None,
        source=row.source,
        read_on=row.at.date().isoformat(),
        verified=True,
        valid_from=row.valid_from,
        valid_until=row.valid_until,
        note=row.note,
    )


class Reckoning:
    """The reckoning for one complaint, with the house as it stands now (one query, if it is not brought)."""

    def __init__(self, complaint: Complaint, house: OfficeNow | None = None) -> None:
        self.complaint = complaint
        self.house = house or office()
        self.pack = pack_for(complaint.country or self.house.country)
        self.sector = complaint.sector or self.house.sector

    def rules(self, day: date) -> tuple[Rule, ...]:
        """Every rule of the law, of practice and of the house for a complaint that came on ``day``."""
        theirs = [rule for rule in applicable(self.pack, self.sector, day) if rule.id not in self.house.off]
        return (*(rule for rule in self.house.added if self._concerns(rule, day)), *theirs)

    def _concerns(self, rule: Rule, day: date) -> bool:
        place = self.complaint.country or self.house.country  # also one that has no pack of its own
        here = (HOUSE, place, self.pack.code, *self.pack.also, *self.pack.part_of)
        of_the_trade = not rule.sectors or self.sector in rule.sectors
        return rule.jurisdiction in here and of_the_trade and rule.holds_on(day)

    def by_law(self, moments: Mapping[Trigger, datetime]) -> list[Due]:
        """Each rule whose trigger is among ``moments``, the strictest first."""
        zone = timezone.get_default_timezone()
        came = moments.get(Trigger.RECEIVED, self.complaint.received_at).astimezone(zone).date()
        return dues(self.rules(came), moments, zone=zone, days=self.working_days)

    @property
    def working_days(self) -> WorkingDays:
        """The house's working days, by the calendar of the complaint's country."""
        return self._days_of(self.pack)

    def _days_of(self, pack: Country) -> WorkingDays:
        house = self.house
        at_home = bool(house.country) and pack is pack_for(house.country)
        try:
            return WorkingDays(pack.calendar, house.region if at_home else "", house.closed, house.hours)
        except UnknownRegion:  # the pack was changed after the house named its region
            return WorkingDays(pack.calendar, "", house.closed, house.hours)

    def warn_at(self, started: datetime, due: datetime) -> datetime | None:
        """When to say that a clock runs out soon; nothing for one that has run out already.

        Where the house says its hours, and was open since ``started``, it comes while somebody is there.
        """
        if due <= started:
            return None
        warned = due.astimezone(UTC) - (due - started) * self.house.warn_share
        if self.house.hours is None:
            return warned
        here = self._days_of(pack_for(self.house.country)) if self.house.country else self.working_days
        zone = timezone.get_default_timezone()
        return last_open(warned, started, zone=zone, days=here) or warned

    def rises_at(self, kind: str, due: datetime, level: int) -> datetime | None:
        """When the case goes one level higher because of this clock, if it still runs then."""
        ladder = self.house.ladder[:HIGHEST_LEVEL]
        return due + timedelta(days=ladder[level]) if kind in RISES and level < len(ladder) else None


def laws_of(kind: str, found: list[Due]) -> list[Reckoned]:
    """What the law and the house's own rules ask of this kind of clock.

    Practice that binds nobody is left out: the house's own promise stands for it.
    """
    laws = (one for one in found if one.rule.clock == kind and one.rule.jurisdiction != PRACTICE)
    # UTC, or a moment of the hour that an autumn night shows twice would equal no other: not even itself as
    # the database has it, and the day that the clock has would be proposed to it.
    return [Reckoned(one.rule.id, one.at.astimezone(UTC), one.rule.consequence.value) for one in laws]


def promise_of(kind: ClockKind, at: datetime) -> Reckoned:
    """The house's own promise, started at ``at``."""
    return Reckoned(rule_name(kind), promised(kind, at))


def strictest(candidates: Iterable[Reckoned]) -> Reckoned | None:
    """Whichever is over first. A day that is past already stays: it is late, and must be seen to be."""
    return min(candidates, key=lambda one: one.due_at, default=None)


def pack_rule(name: str) -> Rule | None:
    """The rule of a pack with this id."""
    return _pack_rules().get(name)


@cache
def _pack_rules() -> Mapping[str, Rule]:
    return {rule.id: rule for pack in packs().values() for rule in pack.rules}


def rule_named(name: str) -> Rule | None:
    """The rule that a clock goes by, as the house has it; None for a promise of the house."""
    return rule_of(name, office()) if name else None


def rule_of(name: str, house: OfficeNow) -> Rule | None:
    """The same where the house is known: no query."""
    return next((rule for rule in house.added if rule.id == name), None) or pack_rule(name)
