"""What the law of a country does not let a house go below, as ``packs/countries`` has it (``[[floors]]``).

A floor that was not read in a source is shown, and holds up nothing.
"""

import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

from amends.rules.policy.departing import Taken
from amends.rules.policy.proposing import Proposal, Proposed
from amends.rules.policy.situation import CATEGORIES, FINDINGS, KINDS, Situation
from amends.rules.statutes import SECTORS, pack_for


class FloorRule(StrEnum):
    """What a floor asks. The words for it stand with the faces."""

    ONE_OF = "one of"  # a plan for such a point has at least one of these remedies
    TAKEN_BACK = "taken back"  # goods that are taken back are paid or replaced, not credited
    NEVER_AUTOMATIC = "never automatic"  # due only under conditions that no table can see
    NOTE = "note"  # to be known; nothing that a plan could be held against


@dataclass(frozen=True)
class Floor:
    """One thing that the law sees to. ``later`` is enough too once a repair was tried, or the customer asked
    for something else themself; ``whole``: a refund counts only where it gives back the whole price.
    """

    id: str
    jurisdiction: str
    rule: FloorRule
    sectors: tuple[str, ...]
    categories: tuple[str, ...]
    findings: tuple[str, ...]
    source: str
    read_on: str
    verified: bool
    one_of: tuple[str, ...] = ()
    later: tuple[str, ...] = ()
    whole: bool = False
    remedy: str = ""  # never automatic: this one, from so many ``times`` the price on
    times: Decimal = Decimal(0)
    valid_from: date | None = None
    valid_until: date | None = None
    note: str = ""

    def concerns(self, situation: Situation) -> bool:
        """Whether it says something about this point."""
        return (
            situation.sector in self.sectors
            and situation.category in self.categories
            and situation.finding in self.findings
        )

    @property
    def binds(self) -> bool:
        """Whether a plan is held against it."""
        return self.verified and self.rule in (FloorRule.ONE_OF, FloorRule.TAKEN_BACK)


@cache
def floors_of(country: str, day: date) -> tuple[Floor, ...]:
    """What the law of this country, and of its union, says for a complaint that came on ``day``."""
    pack = pack_for(country)
    found = (floor for code in (pack.code, *pack.part_of) for floor in all_floors().get(code, ()))
    return tuple(f for f in found if (f.valid_from or day) <= day <= (f.valid_until or day))


def concerning(floors: Iterable[Floor], situations: Sequence[Situation]) -> tuple[Floor, ...]:
    """Those that say something about one of these points."""
    return tuple(floor for floor in floors if any(floor.concerns(one) for one in situations))


def undercut(
    floors: Iterable[Floor], situations: Sequence[Situation], remedies: Sequence[Taken]
) -> tuple[str, ...]:
    """The ids of the floors that these remedies fall below."""
    return tuple(
        floor.id
        for floor in floors
        if floor.binds
        and any(_falls_below(floor, one, remedies) for one in situations if floor.concerns(one))
    )


def _falls_below(floor: Floor, situation: Situation, remedies: Sequence[Taken]) -> bool:
    here = [one for one in remedies if one.point in (None, situation.point)]
    if floor.rule is FloorRule.TAKEN_BACK and all(one.kind != "return" for one in here):
        return False
    enough = (*floor.one_of, *floor.later) if situation.tried else floor.one_of
    return not any(one.kind in enough and _whole(floor, situation, one) for one in here)


def _whole(floor: Floor, situation: Situation, remedy: Taken) -> bool:
    if not floor.whole or situation.tried or remedy.kind != "refund":
        return True
    return situation.value is None or (remedy.amount or 0) >= situation.value


def without_what_needs_a_person(
    floors: Iterable[Floor], situations: Sequence[Situation], proposal: Proposal
) -> Proposal:
    """The proposal without remedies that the law gives only under conditions that no table can see."""
    price = situations[0].value if situations else None
    never = [f for f in concerning(floors, situations) if f.rule is FloorRule.NEVER_AUTOMATIC]
    kept: list[Proposed] = []
    withheld: list[Proposed] = []
    for line in proposal.lines:
        least = [price * floor.times for floor in never if floor.remedy == line.kind and price is not None]
        over = line.amount is not None and any(line.amount >= sum_ for sum_ in least)
        (withheld if over else kept).append(line)
    if not withheld:
        return proposal
    return replace(proposal, lines=tuple(kept), withheld=tuple(withheld))


@cache
def all_floors() -> Mapping[str, tuple[Floor, ...]]:
    """Every floor by the code of its pack. Raises ValueError, naming pack and floor, for a wrong one."""
    folder = files("amends.packs") / "countries"
    names = sorted(file.name for file in folder.iterdir() if file.name.endswith(".toml"))
    read = (tomllib.loads((folder / name).read_text("utf-8")) for name in names)
    return {told["code"]: tuple(_floors(told)) for told in read}


def floor_named(floor_id: str) -> Floor | None:
    """The floor with this id, in whichever country."""
    return next((one for floors in all_floors().values() for one in floors if one.id == floor_id), None)


def _floors(told: Mapping[str, Any]) -> Iterator[Floor]:
    for row in told.get("floors", ()):
        try:
            yield _floor(told["code"], row)
        except (KeyError, TypeError, ValueError) as wrong:
            raise ValueError(f"{told['code']}: floor {row.get('id', '?')}: {wrong}") from wrong


def _floor(code: str, row: Mapping[str, Any]) -> Floor:
    among = {
        "sectors": SECTORS,
        "categories": CATEGORIES,
        "findings": FINDINGS,
        "one_of": KINDS,
        "later": KINDS,
    }
    lists = {name: tuple(row.get(name, ())) for name in among}
    for name, known in among.items():
        if unknown := set(lists[name]) - set(known):
            raise ValueError(f"{name}: {', '.join(sorted(unknown))}")
    given = {**row, **lists, "rule": FloorRule(row["rule"]), "times": Decimal(row.get("times", "0"))}
    floor = Floor(jurisdiction=code, **given)
    if (floor.rule in (FloorRule.ONE_OF, FloorRule.TAKEN_BACK)) != bool(floor.one_of):
        raise ValueError("one_of")
    if (floor.rule is FloorRule.NEVER_AUTOMATIC) != bool(floor.remedy and floor.times):
        raise ValueError("remedy, times")
    return floor
