"""A policy as data: rows with conditions, and what they give."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from amends.rules.policy.situation import Situation, to_the_cent

Sums = Mapping[str, Decimal]  # by currency


@dataclass(frozen=True)
class Span:
    """A range of whole numbers, both ends included; None: open at that end."""

    least: int | None = None
    most: int | None = None

    def holds(self, number: int | None) -> bool:
        """Whether the number lies in it. What is not known lies in none."""
        if number is None:
            return False
        return (self.least is None or number >= self.least) and (self.most is None or number <= self.most)


@dataclass(frozen=True)
class Measure:
    """How much: fixed sums by currency, or a share (percent) of the value, with its bounds by currency."""

    fixed: Sums = field(default_factory=dict)
    share: Decimal | None = None
    least: Sums = field(default_factory=dict)
    most: Sums = field(default_factory=dict)

    def of(self, value: Decimal | None, currency: str) -> Decimal | None:
        """The sum to the cent; None where the value or a sum in this currency is not known."""
        if self.share is None:
            return self.fixed.get(currency)
        if value is None:
            return None
        sum_ = to_the_cent(value * self.share / 100)
        sum_ = max(sum_, self.least.get(currency, sum_))
        return min(sum_, self.most.get(currency, sum_))

    def unknown(self, value: Decimal | None) -> str:
        """What is missing where ``of`` says None: the ``value``, or a sum in this ``currency``."""
        return "value" if self.share is not None and value is None else "currency"


@dataclass(frozen=True)
class When:
    """The conditions of a row. An empty one asks nothing; all others must fit.

    The value's bounds are by currency: from this sum on, below that one. A value in a currency without a
    bound does not fit, nor does one that is not known.
    """

    category: frozenset[str] = frozenset()
    finding: frozenset[str] = frozenset()
    severity: frozenset[int] = frozenset()
    harm: frozenset[str] = frozenset()
    country: frozenset[str] = frozenset()
    sector: frozenset[str] = frozenset()
    value_from: Sums = field(default_factory=dict)
    value_below: Sums = field(default_factory=dict)
    years: Span | None = None
    purchases: Span | None = None
    repeats: Span | None = None

    def of_kind(self, s: Situation) -> bool:
        """Whether what sorts a case fits: a few values each, so that the answer can be kept."""
        return (
            (not self.category or s.category in self.category)
            and (not self.finding or s.finding in self.finding)
            and (not self.severity or s.severity in self.severity)
            and (not self.harm or s.harm in self.harm)
            and (not self.country or s.country in self.country)
            and (not self.sector or s.sector in self.sector)
        )

    @cached_property
    def ranges(self) -> bool:
        """Whether anything is asked beside that."""
        spans = (self.years, self.purchases, self.repeats)
        return bool(self.value_from or self.value_below) or any(span is not None for span in spans)

    def in_range(self, s: Situation) -> bool:
        """Whether value, loyalty and repeats fit."""
        return (
            (self.years is None or self.years.holds(s.years))
            and (self.purchases is None or self.purchases.holds(s.purchases))
            and (self.repeats is None or self.repeats.holds(s.repeats))
            and self._worth(s)
        )

    def _worth(self, s: Situation) -> bool:
        for bounds, above in ((self.value_from, True), (self.value_below, False)):
            if not bounds:
                continue
            bound = bounds.get(s.currency)
            if bound is None or s.value is None or (s.value >= bound) is not above:
                return False
        return True


@dataclass(frozen=True)
class Gives:
    """One thing that a row gives. Of money ``how_much`` is the sum to the customer, of things the cost to us.

    ``by`` is the level of who says the apology or pays the visit (0 handler … 3 executive).
    """

    kind: str
    words: str = ""
    how_much: Measure | None = None
    little_more: bool = False
    by: int = 0


@dataclass(frozen=True)
class Row:
    """One line of the policy. The first that fits holds; one that is ``also`` adds to it whenever it fits."""

    id: str
    name: str
    when: When = When()
    gives: tuple[Gives, ...] = ()
    approve_level: int = 0  # the lowest level that may approve what it gives
    also: bool = False
    note: str = ""


@dataclass(frozen=True)
class Table:
    """The whole policy. ``departure_level`` is the lowest level that may approve what departs from it."""

    rows: tuple[Row, ...] = ()
    departure_level: int = 0

    def row(self, row_id: str) -> Row | None:
        """The row of this id."""
        return next((row for row in self.rows if row.id == row_id), None)

    def rows_for(self, s: Situation) -> Iterator[Row]:
        """The first row that fits this point, and all that add to it, in the order of the table."""
        found = False
        kind = (s.category, s.finding, s.severity, s.harm, s.country, s.sector)
        rows = self._of_kind.get(kind)
        if rows is None:
            rows = self._of_kind[kind] = tuple(row for row in self.rows if row.when.of_kind(s))
        for row in rows:
            if (row.also or not found) and (not row.when.ranges or row.when.in_range(s)):
                found = found or not row.also
                yield row

    @cached_property
    def _of_kind(self) -> dict[tuple[str, str, int, str, str, str], tuple[Row, ...]]:
        return {}  # the rows that can fit a kind of case, each kind looked at once
