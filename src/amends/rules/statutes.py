"""What laws and codes of practice ask, country by country, as ``packs/countries`` has it.

One table of data a country. Each rule says what begins it, how long it is, what meets it, what silence costs,
and where and when that was read; one that was not read in a source is not ``verified``, and is shown so.
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

from amends.rules.working_days import CalendarSpec, Weekend

SECTORS = ("consumer", "finance", "payments", "telecom", "housing")
PRACTICE = "ISO"  # the pack that fills what no law says
UNION = "EU"


class Trigger(StrEnum):
    """What begins a rule's time."""

    RECEIVED = "received"  # the complaint reached the house
    FILED = "filed"  # the customer turned to a body outside
    ACKNOWLEDGED = "acknowledged"
    DECIDED = "decided"  # the house's final answer
    AGREED = "agreed"
    HANDED_OVER = "handed over"  # a body outside handed the complaint to the house
    GOODS_BACK = "goods back"  # what the customer sent back has come
    ESCALATED = "escalated"  # the customer asked for the next stage
    ESCALATION_ACKNOWLEDGED = "escalation acknowledged"


class Unit(StrEnum):
    """What a length is counted in."""

    HOURS = "hours"
    OFFICE_HOURS = "office hours"  # they pass only while the house is open
    CALENDAR_DAYS = "calendar days"
    WORKING_DAYS = "working days"
    MONTHS = "months"


class Meets(StrEnum):
    """What must have happened by then: the answer was sent, or it has arrived."""

    DISPATCH = "dispatch"
    ARRIVAL = "arrival"


class Consequence(StrEnum):
    """What silence costs. The words for it stand with the faces."""

    ACCEPTED = "accepted"  # the complaint counts as accepted
    AS_WISHED = "as the client wished"  # it counts as resolved as the customer asked
    OUTSIDE = "may turn outside"  # the customer may go to a body outside
    BREACH = "breach"  # the law or code is broken
    GOOD_PRACTICE = "breach of good practice"
    DELIBERATE_DELAY = "deliberate delay"
    REFUSAL = "refusal"
    FULL_RULES = "full rules apply"
    UNTIMELY = "untimely response"
    CLOSED = "closed unanswered"
    TURNED_AWAY = "body turns it away"
    NONE = "none"


@dataclass(frozen=True)
class Extension:
    """A longer time that the rule permits, with what must be said to use it, so often."""

    length: int
    unit: Unit
    counted_from: str  # "trigger": this long in all; "due": so much more
    times: int
    must_say: tuple[str, ...]


WITHDRAWAL = "withdrawal"  # no clock of ours: so long the customer may take back a signature


@dataclass(frozen=True)
class Rule:
    """One time limit. The day of the trigger counts only where ``counts_trigger_day`` says so."""

    id: str
    jurisdiction: str
    clock: str  # a ClockKind, or "summary", "outside" or WITHDRAWAL
    sectors: tuple[str, ...]
    trigger: Trigger
    length: int
    unit: Unit
    meets: Meets
    consequence: Consequence
    source: str
    read_on: str
    verified: bool
    counts_trigger_day: bool = False
    rolls: bool = False  # a last day that is a day off moves to the next working day
    pausable: bool = False  # whether it waits while the house waits for the customer
    extension: Extension | None = None
    valid_from: date | None = None
    valid_until: date | None = None
    note: str = ""

    def holds_on(self, day: date) -> bool:
        """Whether the rule was in force on this day."""
        return (self.valid_from or day) <= day <= (self.valid_until or day)


@dataclass(frozen=True)
class Body:
    """Somebody outside to whom the customer can turn."""

    id: str
    name: str
    web: str
    sectors: tuple[str, ...]
    source: str
    read_on: str
    verified: bool
    address: tuple[str, ...] = ()
    smallest: tuple[Decimal, str] | None = None
    largest: tuple[Decimal, str] | None = None
    fee: tuple[Decimal, str] | None = None
    within: tuple[int, Unit, Trigger] | None = None
    note: str = ""


@dataclass(frozen=True)
class Country:
    """One pack: its rules, its bodies, its working days."""

    code: str
    rules: tuple[Rule, ...]
    bodies: tuple[Body, ...]
    calendar: CalendarSpec
    also: tuple[str, ...] = ()
    part_of: tuple[str, ...] = ()
    members: tuple[str, ...] = field(default=())


class UnknownPlace(ValueError):
    """A country without a pack, or a sector that no pack knows; ``known`` are those there are."""

    def __init__(self, given: str, known: tuple[str, ...]) -> None:
        super().__init__(given)
        self.given, self.known = given, known


@cache
def packs() -> Mapping[str, Country]:
    """Every pack by its code. Raises ValueError, naming pack and rule, for one that cannot be read."""
    folder = files("amends.packs") / "countries"
    names = sorted(file.name for file in folder.iterdir() if file.name.endswith(".toml"))
    read = (_country(tomllib.loads((folder / name).read_text("utf-8"))) for name in names)
    return {country.code: country for country in read}


def countries() -> tuple[str, ...]:
    """The codes that a person may name."""
    return tuple(code for code in packs() if code != PRACTICE)


def country(code: str) -> Country:
    """The pack of this code, in any case (GB is UK). Raises UnknownPlace."""
    wanted = code.strip().upper()
    for pack in packs().values():
        if wanted in (pack.code, *pack.also) and pack.code != PRACTICE:
            return pack
    raise UnknownPlace(code, countries())


def pack_for(code: str) -> Country:
    """The pack for a country as a complaint names it: its own, its union's, or the practice."""
    try:
        return country(code)
    except UnknownPlace:
        union = packs()[UNION]
        return union if code.upper() in union.members else packs()[PRACTICE]


def applicable(pack: Country, sector: str, day: date) -> tuple[Rule, ...]:
    """The rules for a complaint of this sector that came on ``day``: the country's, then its union's.

    Where neither says anything about a kind of clock, the practice of ISO 10002 does. UnknownPlace for a
    sector that there is not.
    """
    if sector not in SECTORS:
        raise UnknownPlace(sector, SECTORS)
    own = [rule for place in _jurisdictions(pack) for rule in place.rules]
    own = [rule for rule in own if sector in rule.sectors and rule.holds_on(day)]
    said = {rule.clock for rule in own}
    rest = packs()[PRACTICE].rules if pack.code != PRACTICE else ()
    return (*own, *(rule for rule in rest if rule.clock not in said and sector in rule.sectors))


def bodies(pack: Country, sector: str) -> tuple[Body, ...]:
    """Where a customer of this sector can turn, the country's own first."""
    return tuple(body for place in _jurisdictions(pack) for body in place.bodies if sector in body.sectors)


def _jurisdictions(pack: Country) -> Iterator[Country]:
    yield pack
    for code in pack.part_of:
        yield packs()[code]


def _country(told: dict[str, Any]) -> Country:
    calendar = dict(told.get("calendar", {}))
    weekends = tuple(
        Weekend(tuple(row["regions"]), frozenset(row["days"]), row.get("until"))
        for row in calendar.pop("weekends", ())
    )
    if "categories" in calendar:
        calendar["categories"] = tuple(calendar["categories"])
    return Country(
        code=told["code"],
        rules=tuple(_rule(told["code"], row) for row in told.get("rules", ())),
        bodies=tuple(_body(row) for row in told.get("bodies", ())),
        calendar=CalendarSpec(**calendar, weekends=weekends),
        also=tuple(told.get("also", ())),
        part_of=tuple(told.get("part_of", ())),
        members=tuple(told.get("members", ())),
    )


def _rule(jurisdiction: str, told: dict[str, Any]) -> Rule:
    try:
        extension = told.get("extension")
        given = told | {
            "sectors": tuple(told["sectors"]),
            "trigger": Trigger(told["trigger"]),
            "unit": Unit(told["unit"]),
            "meets": Meets(told["meets"]),
            "consequence": Consequence(told["consequence"]),
            "extension": _extension(extension) if extension else None,
        }
        return Rule(jurisdiction=jurisdiction, **given)
    except (KeyError, TypeError, ValueError) as wrong:
        raise ValueError(f"{jurisdiction}: rule {told.get('id', '?')}: {wrong}") from wrong


def _extension(told: dict[str, Any]) -> Extension:
    given = told | {"unit": Unit(told["unit"]), "must_say": tuple(told["must_say"])}
    return Extension(**given)


def _body(told: dict[str, Any]) -> Body:
    sums = {
        name: (Decimal(told[name]["amount"]), told[name]["currency"])
        for name in ("smallest", "largest", "fee")
        if name in told
    }
    within = told.get("within")
    given = told | sums | {"sectors": tuple(told["sectors"]), "address": tuple(told.get("address", ()))}
    given["within"] = (within["length"], Unit(within["unit"]), Trigger(within["from"])) if within else None
    return Body(**given)
