"""Making a table of JSON. What is wrong is said fault by fault, with its row and its column."""

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from amends.rules.capabilities import HIGHEST_LEVEL
from amends.rules.policy import situation as known
from amends.rules.policy.faults import Faulty, Reading
from amends.rules.policy.table import Gives, Measure, Row, Table, When
from amends.rules.policy.writing import FORMAT
from amends.rules.statutes import SECTORS

MOST_ROWS = 300
_SHARE = re.compile(r"\d{1,3}(\.\d{1,4})?")
_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")


def read(told: object) -> Table:
    """The table of this JSON (as ``table.as_data`` writes it). Raises Faulty with every fault."""
    reading = Reading()
    said = reading.mapping(told if told is not None else [], "", ("format", "departure_level", "rows"))
    if said and said.get("format") != FORMAT:
        reading.wrong("format", "other_format", said.get("format"))
    level = reading.whole(said.get("departure_level", 0), "departure_level", HIGHEST_LEVEL)
    rows = said.get("rows", [])
    if not isinstance(rows, list) or len(rows) > MOST_ROWS:
        reading.wrong("rows", "not_a_list" if not isinstance(rows, list) else "too_many")
        rows = []
    table = Table(tuple(_rows(reading, rows)), level)
    if reading.faults:
        raise Faulty(reading.faults)
    return table


def _rows(reading: Reading, told: Sequence[object]) -> Iterator[Row]:
    seen: set[str] = set()
    names = ("id", "name", "when", "gives", "approve_level", "also", "note")
    for number, one in enumerate(told, start=1):
        reading.row = number
        said = reading.mapping(one if one is not None else [], "", names)
        row_id = said.get("id")
        if not isinstance(row_id, str) or not _ID.fullmatch(row_id):
            reading.wrong("id", "not_an_id", row_id)
        elif row_id in seen:
            reading.wrong("id", "twice", row_id)
        seen.add(str(row_id))
        name = reading.text(said.get("name", ""), "name", 120)
        if isinstance(said.get("name", ""), str) and not name.strip():
            reading.wrong("name", "missing")
        yield Row(
            id=str(row_id),
            name=name,
            when=_when(reading, said.get("when")),
            gives=tuple(_gives(reading, said.get("gives", []))),
            approve_level=reading.whole(said.get("approve_level", 0), "approve_level", HIGHEST_LEVEL),
            also=reading.yes(said.get("also", False), "also"),
            note=reading.text(said.get("note", ""), "note", 1000),
        )
    reading.row = 0


_SETS: Mapping[str, Sequence[Any]] = {
    "category": known.CATEGORIES,
    "finding": known.FINDINGS,
    "severity": known.SEVERITIES,
    "harm": known.HARMS,
    "sector": SECTORS,
}


def _when(reading: Reading, told: object) -> When:
    spans = ("years", "purchases", "repeats")
    said = reading.mapping(told, "when", (*_SETS, "country", "value", *spans))
    value = reading.mapping(said.get("value"), "when/value", ("from", "below"))
    low = reading.sums(value.get("from"), "when/value/from")
    high = reading.sums(value.get("below"), "when/value/below")
    if any(low[currency] >= high[currency] for currency in low.keys() & high.keys()):
        reading.wrong("when/value", "empty_range")
    if low and high and low.keys() != high.keys():
        reading.wrong("when/value", "other_currencies")
    sets = {name: reading.some_of(said.get(name), f"when/{name}", among) for name, among in _SETS.items()}
    ranges = {name: reading.span(said.get(name), f"when/{name}") for name in spans}
    asked: dict[str, Any] = {**sets, **ranges}
    country = _countries(reading, said.get("country"))
    return When(country=country, value_from=low, value_below=high, **asked)


def _countries(reading: Reading, told: object) -> frozenset[str]:
    if told is None:
        return frozenset()
    if not isinstance(told, list):
        reading.wrong("when/country", "not_a_list")
        return frozenset()
    codes = [str(one) for one in told]
    for code in codes:
        if not re.fullmatch("[A-Z]{2}", code):
            reading.wrong("when/country", "not_a_country", code)
    return frozenset(codes)


def _gives(reading: Reading, told: object) -> Iterator[Gives]:
    if not isinstance(told, list):
        reading.wrong("gives", "not_a_list")
        return
    for number, one in enumerate(told, start=1):
        column = f"gives/{number}"
        said = reading.mapping(
            one if one is not None else [], column, ("kind", "words", "how_much", "little_more", "by")
        )
        kind = str(said.get("kind", ""))
        if kind not in known.KINDS:
            reading.wrong(f"{column}/kind", "unknown_word", kind)
        much = _measure(reading, said.get("how_much"), f"{column}/how_much")
        if kind in known.MONEY and much is None:
            reading.wrong(f"{column}/how_much", "missing")
        if kind in known.WORDS and much is not None:
            reading.wrong(f"{column}/how_much", "no_sum_here")
        yield Gives(
            kind=kind,
            words=reading.text(said.get("words", ""), f"{column}/words", 300),
            how_much=much,
            little_more=reading.yes(said.get("little_more", False), f"{column}/little_more"),
            by=reading.whole(said.get("by", 0), f"{column}/by", HIGHEST_LEVEL),
        )


def _measure(reading: Reading, told: object, column: str) -> Measure | None:
    said = reading.mapping(told, column, ("fixed", "share", "least", "most"))
    if not said:
        return None
    fixed = reading.sums(said.get("fixed"), f"{column}/fixed")
    bounds = {name: reading.sums(said.get(name), f"{column}/{name}") for name in ("least", "most")}
    if "share" not in said:
        if not said.get("fixed"):
            reading.wrong(f"{column}/fixed", "missing")
        if bounds["least"] or bounds["most"]:
            reading.wrong(column, "bounds_of_a_fixed_sum")
        return Measure(fixed=fixed)
    if "fixed" in said:
        reading.wrong(column, "both")
    share = said["share"]
    if not isinstance(share, str) or not _SHARE.fullmatch(share) or not 0 < Decimal(share) <= 500:
        reading.wrong(f"{column}/share", "not_a_share", share)
        return None
    low, high = bounds["least"], bounds["most"]
    if any(low[currency] > high[currency] for currency in low.keys() & high.keys()):
        reading.wrong(column, "empty_range")
    return Measure(share=Decimal(share), **bounds)
