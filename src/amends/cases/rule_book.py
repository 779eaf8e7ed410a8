"""All rules for complaints of one country and trade, and what a complaint of a day would get by them.

A clock goes by the strictest; the others are listed beside it, so that nobody has to take it on trust.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from amends.cases.models import Complaint, HouseRule
from amends.cases.reckoning import OfficeNow, Reckoning, office, promise_of
from amends.rules.deadlines import ClockKind
from amends.rules.statutes import PRACTICE, WITHDRAWAL, Rule, Trigger, applicable, pack_for

ORDER = (*(kind.value for kind in ClockKind), "summary", "outside", WITHDRAWAL)


@dataclass(frozen=True)
class Line:
    """One rule, or a promise of the house (``rule`` is None), and the day that it would give."""

    clock: str
    due_at: datetime
    rule: Rule | None = None
    own: HouseRule | None = None  # as the house has it, in the pack's place, or switched off
    first: bool = False  # of those that begin with the complaint the one that is over first

    @property
    def off(self) -> bool:
        """Whether the house has switched it off."""
        return self.own is not None and self.own.off

    @property
    def begins_it(self) -> bool:
        """Whether its time begins with the complaint itself."""
        return self.rule is None or self.rule.trigger is Trigger.RECEIVED

    @property
    def binds(self) -> bool:
        """Whether clocks go by it. Practice that binds nobody is kept in sight."""
        return not self.off and (self.rule is None or self.rule.jurisdiction != PRACTICE)


def rule_book(country: str, sector: str, at: datetime, *, region: str | None = None) -> list[Line]:
    """Every rule for a complaint of this country and trade that comes at ``at``, clock by clock.

    Empty means the house's own; ``region`` is another one than the house's. Raises UnknownPlace for a trade
    that there is not.
    """
    house = office()
    if region is not None:
        house = replace(house, country=country or house.country, region=region)
    reckoning = Reckoning(Complaint(country=country, sector=sector, received_at=at), house)
    own = {row.name: row for row in HouseRule.objects.filter(replaced=False)}
    found = reckoning.by_law(dict.fromkeys(Trigger, at))
    lines = [Line(one.rule.clock, one.at, one.rule, own.get(one.rule.id)) for one in found]
    lines += _promises(at)
    lines += [Line(rule.clock, at, rule, own[rule.id]) for rule in _switched_off(reckoning, house, at, own)]
    return _first_marked(sorted(lines, key=lambda line: (ORDER.index(line.clock), line.off, line.due_at)))


def _promises(at: datetime) -> list[Line]:
    begun = (ClockKind.ACKNOWLEDGEMENT, ClockKind.UPDATE, ClockKind.ANSWER, ClockKind.REVIEW)
    return [Line(kind.value, promise_of(kind, at).due_at) for kind in begun]


def _switched_off(
    reckoning: Reckoning, house: OfficeNow, at: datetime, own: dict[str, HouseRule]
) -> Iterable[Rule]:
    pack = pack_for(reckoning.complaint.country or house.country)
    for rule in applicable(pack, reckoning.sector, at.date()):
        if rule.id in own and own[rule.id].off:
            yield rule


def _first_marked(lines: list[Line]) -> list[Line]:
    first: dict[str, Line] = {}
    for line in lines:
        if line.binds and line.begins_it and line.clock in set(ClockKind):
            best = first.get(line.clock)
            first[line.clock] = line if best is None or line.due_at < best.due_at else best
    return [replace(line, first=first.get(line.clock) is line) for line in lines]
