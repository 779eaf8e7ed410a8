"""Any policy and any case, for Hypothesis."""

from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from amends.rules.policy import Gives, Measure, Row, Situation, Span, Table, When
from amends.rules.policy.situation import (
    CATEGORIES,
    CURRENCIES,
    FINDINGS,
    HARMS,
    KINDS,
    MONEY,
    SEVERITIES,
    THINGS,
)
from amends.rules.statutes import SECTORS

sums = st.decimals(min_value=0, max_value=99_999, places=2, allow_nan=False)
levels = st.integers(0, 3)
shares = st.decimals(min_value=Decimal("0.5"), max_value=500, places=2, allow_nan=False)


def by_currency(sum_: st.SearchStrategy[Decimal] = sums) -> st.SearchStrategy[dict[str, Decimal]]:
    return st.dictionaries(st.sampled_from(CURRENCIES), sum_, max_size=3)


def some_of(words: Any) -> st.SearchStrategy[frozenset[Any]]:
    return st.frozensets(st.sampled_from(words), max_size=3)


@st.composite
def spans(draw: st.DrawFn) -> Span | None:
    low = draw(st.none() | st.integers(0, 20))
    high = draw(st.none() | st.integers(low or 0, 40))
    return None if low is high is None else Span(low, high)


@st.composite
def measures(draw: st.DrawFn) -> Measure:
    if draw(st.booleans()):
        return Measure(fixed=draw(by_currency().filter(bool)))
    low = draw(by_currency())
    high = {currency: sum_ + draw(sums) for currency, sum_ in low.items()}
    return Measure(share=draw(shares), least=low, most=high if draw(st.booleans()) else {})


@st.composite
def things(draw: st.DrawFn) -> Gives:
    kind = draw(st.sampled_from(KINDS))
    much = draw(measures()) if kind in MONEY else draw(st.none() | measures()) if kind in THINGS else None
    words = draw(st.text(st.characters(exclude_characters="\0", codec="utf-8"), max_size=20))
    return Gives(kind, words, much, draw(st.booleans()), draw(levels))


@st.composite
def whens(draw: st.DrawFn) -> When:
    low = draw(by_currency())
    high = {currency: sum_ + draw(sums) + Decimal("0.01") for currency, sum_ in low.items()}
    return When(
        category=draw(some_of(CATEGORIES)),
        finding=draw(some_of(FINDINGS)),
        severity=draw(some_of(SEVERITIES)),
        harm=draw(some_of(HARMS)),
        country=draw(some_of(("SE", "PL", "CN"))),
        sector=draw(some_of(SECTORS)),
        value_from=low,
        value_below=high if draw(st.booleans()) else {},
        years=draw(spans()),
        purchases=draw(spans()),
        repeats=draw(spans()),
    )


@st.composite
def tables(draw: st.DrawFn) -> Table:
    count = draw(st.integers(0, 5))
    rows = tuple(
        Row(
            id=f"row-{number}",
            name=f"Row {number}",
            when=draw(whens()),
            gives=tuple(draw(st.lists(things(), max_size=3))),
            approve_level=draw(levels),
            also=draw(st.booleans()),
            note=draw(st.sampled_from(("", "Because"))),
        )
        for number in range(count)
    )
    return Table(rows, draw(levels))


situations = st.builds(
    Situation,
    category=st.sampled_from(CATEGORIES),
    finding=st.sampled_from(FINDINGS),
    currency=st.sampled_from(CURRENCIES),
    severity=st.sampled_from(SEVERITIES),
    value=st.none() | sums,
    harm=st.sampled_from(HARMS),
    years=st.none() | st.integers(0, 30),
    purchases=st.none() | st.integers(0, 30),
    repeats=st.integers(0, 5),
    country=st.sampled_from(("SE", "PL", "CN", "")),
    sector=st.sampled_from(SECTORS),
)
