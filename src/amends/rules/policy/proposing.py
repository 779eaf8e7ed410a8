"""What a case would get by a policy. Every point takes the first row that fits it, and all that add to it.

What several points would get by the same row the case gets once. What is given back of the price is never
more than the price.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

from amends.rules.policy.situation import MONEY, OF_THE_PRICE, Situation
from amends.rules.policy.table import Gives, Row, Table

_NOTHING = Decimal("0.00")


class Proposed(NamedTuple):
    """One remedy that the policy proposes. Sums in the proposal's currency; None: to be said by a person,
    because ``unknown`` (the value, or a sum in this currency) is missing.
    """

    kind: str
    row: str
    words: str = ""
    amount: Decimal | None = None  # to the customer
    cost: Decimal | None = None  # to us
    little_more: bool = False
    by: int = 0
    points: tuple[int, ...] = ()
    unknown: str = ""


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the policy proposes for one case. Without ``rows`` it says nothing about it.

    ``withheld`` are remedies that the law of the country gives only under conditions that no table can see.
    """

    currency: str
    lines: tuple[Proposed, ...] = ()
    rows: tuple[str, ...] = ()
    approve_level: int = 0
    withheld: tuple[Proposed, ...] = ()

    @property
    def cost(self) -> Decimal:
        """What it costs the house, as far as it is known."""
        return sum((line.cost for line in self.lines if line.cost is not None), _NOTHING)

    @property
    def open(self) -> bool:
        """Whether some sum is to be said by a person."""
        return any(line.unknown for line in self.lines)

    def as_data(self) -> dict[str, Any]:
        """As JSON has it: sums as text."""
        return {
            "currency": self.currency,
            "cost": str(self.cost),
            "approve_level": self.approve_level,
            "rows": list(self.rows),
            "lines": [_line(line) for line in self.lines],
            "withheld": [_line(line) for line in self.withheld],
        }


def propose(table: Table, situations: Sequence[Situation]) -> Proposal:
    """What a case of these points would get. They share the currency; without a point there is nothing."""
    if not situations:
        return Proposal(currency="")
    given: dict[tuple[str, int], Proposed] = {}
    rows: dict[str, int] = {}
    for situation in situations:
        for row in table.rows_for(situation):
            rows[row.id] = row.approve_level
            for number, gives in enumerate(row.gives):
                before = given.get((row.id, number))
                given[row.id, number] = (
                    before._replace(points=(*before.points, situation.point))
                    if before
                    else _proposed(row, gives, situation)
                )
    first = situations[0]
    lines = tuple(_within_the_price(_one_apology(given.values()), first.value))
    return Proposal(first.currency, lines, tuple(rows), max(rows.values(), default=0))


def _proposed(row: Row, gives: Gives, s: Situation) -> Proposed:
    sum_: Decimal | None = _NOTHING
    unknown = ""
    if gives.how_much is not None:
        sum_ = gives.how_much.of(s.value, s.currency)
        unknown = gives.how_much.unknown(s.value) if sum_ is None else ""
    return Proposed(
        kind=gives.kind,
        row=row.id,
        words=gives.words,
        amount=sum_ if gives.kind in MONEY else None,
        cost=sum_,
        little_more=gives.little_more,
        by=gives.by,
        points=(s.point,),
        unknown=unknown,
    )


def _one_apology(lines: Collection[Proposed]) -> Collection[Proposed]:
    """One apology for the case, by the highest of those who would have to say one."""
    if [line.kind for line in lines].count("apology") < 2:
        return lines
    kept: list[Proposed] = []
    for line in lines:
        place = next((n for n, other in enumerate(kept) if other.kind == "apology"), None)
        if line.kind != "apology" or place is None:
            kept.append(line)
            continue
        higher = max(line, kept[place], key=lambda one: one.by)
        points = tuple(sorted({*line.points, *kept[place].points}))
        kept[place] = higher._replace(points=points)
    return kept


def _within_the_price(lines: Iterable[Proposed], price: Decimal | None) -> Iterator[Proposed]:
    left = price
    for line in lines:
        if left is None or line.kind not in OF_THE_PRICE or line.amount is None:
            yield line
            continue
        sum_ = min(line.amount, left)
        left -= sum_
        if sum_ == line.amount:
            yield line
        elif sum_ > 0:
            yield line._replace(amount=sum_, cost=sum_)


def _line(line: Proposed) -> dict[str, Any]:
    said = line._asdict()
    return said | {
        "amount": None if line.amount is None else str(line.amount),
        "cost": None if line.cost is None else str(line.cost),
        "points": list(line.points),
    }
