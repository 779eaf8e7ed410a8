"""Writing a table as JSON. ``reading.read`` makes the same table of it."""

from typing import Any

from amends.rules.policy.table import Gives, Row, Span, Sums, Table, When

FORMAT = 1


def as_data(table: Table) -> dict[str, Any]:
    """As JSON has it; ``reading.read`` makes the same table of it. What is empty is left out."""
    return {
        "format": FORMAT,
        "departure_level": table.departure_level,
        "rows": [_row(row) for row in table.rows],
    }


def _row(row: Row) -> dict[str, Any]:
    said: dict[str, Any] = {"id": row.id, "name": row.name, "when": _when(row.when)}
    said |= {"gives": [_gives(one) for one in row.gives], "approve_level": row.approve_level}
    return said | _told({"also": row.also, "note": row.note})


def _when(when: When) -> dict[str, Any]:
    sets = ("category", "finding", "severity", "harm", "country", "sector")
    said = {name: sorted(getattr(when, name)) for name in sets}
    spans = {name: _span(getattr(when, name)) for name in ("years", "purchases", "repeats")}
    value = _told({"from": _sums(when.value_from), "below": _sums(when.value_below)})
    return _told(said | {"value": value} | spans)


def _gives(one: Gives) -> dict[str, Any]:
    measure: dict[str, Any] = {}
    if (much := one.how_much) is not None:
        measure = {"share": str(much.share)} if much.share is not None else {"fixed": _sums(much.fixed)}
        measure |= _told({"least": _sums(much.least), "most": _sums(much.most)})
    return {"kind": one.kind} | _told(
        {"words": one.words, "how_much": measure, "little_more": one.little_more, "by": one.by}
    )


def _span(span: Span | None) -> dict[str, int]:
    if span is None:
        return {}
    ends = {"from": span.least, "to": span.most}
    return {name: end for name, end in ends.items() if end is not None}


def _sums(sums: Sums) -> dict[str, str]:
    return {currency: str(sum_) for currency, sum_ in sorted(sums.items())}


def _told(said: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in said.items() if value}
