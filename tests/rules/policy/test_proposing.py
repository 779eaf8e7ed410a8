"""What a case would get: the first row that fits, what adds to it, and every sum to the cent."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amends.rules.policy import Gives, Measure, Proposal, Row, Situation, Span, Table, When, propose
from amends.rules.policy.situation import MONEY, OF_THE_PRICE, to_the_cent, whole_years
from tests.rules.policy.strategies import measures, situations, sums, tables

EUR = {"EUR": Decimal("10.00")}
KETTLE = Situation("product", "justified", "EUR", value=Decimal("40.00"), country="SE")
LITTLE = Gives("goodwill", how_much=Measure(EUR), little_more=True)
WHOLE = Gives("refund", how_much=Measure(share=Decimal(100)))


def table(*rows: Row) -> Table:
    return Table(rows)


def amounts(proposal: Proposal) -> list[tuple[str, str]]:
    return [(line.kind, str(line.amount)) for line in proposal.lines]


def test_the_first_row_that_fits_holds_and_the_others_add() -> None:
    policy = table(
        Row("none", "Untrue", When(finding=frozenset({"untrue"})), (Gives("explanation"),)),
        Row("loyal", "Loyal", When(years=Span(3)), (LITTLE,), also=True),
        Row("dear", "Dear", When(value_from={"EUR": Decimal(100)}), (WHOLE,), approve_level=2),
        Row("usual", "Usual", When(category=frozenset({"product"})), (WHOLE, Gives("apology", by=1)), 1),
        Row("rest", "Rest", gives=(Gives("apology"),)),
    )  # fmt: skip
    usual = propose(policy, [KETTLE])
    assert (usual.rows, usual.approve_level, usual.cost) == (("usual",), 1, Decimal("40.00"))
    assert amounts(usual) == [("refund", "40.00"), ("apology", "None")]
    loyal = propose(policy, [replace(KETTLE, years=3)])
    assert loyal.rows == ("loyal", "usual")
    assert [(line.kind, line.little_more) for line in loyal.lines] == [
        ("goodwill", True),
        ("refund", False),
        ("apology", False),
    ]
    assert propose(policy, [replace(KETTLE, years=2)]).rows == ("usual",)
    assert propose(policy, [replace(KETTLE, value=Decimal(100))]).rows == ("dear",)
    assert propose(policy, [replace(KETTLE, category="staff")]).rows == ("rest",)
    assert propose(table(), [KETTLE]) == Proposal("EUR")
    assert propose(policy, []) == Proposal("")


@pytest.mark.parametrize(
    ("value", "currency", "fits"),
    [("99.99", "EUR", False), ("100", "EUR", True), ("199.99", "EUR", True), ("200", "EUR", False),
     ("150", "SEK", False), (None, "EUR", False)],
)  # fmt: skip
def test_a_value_is_from_here_and_below_there(value: str | None, currency: str, fits: bool) -> None:
    bounds = When(value_from={"EUR": Decimal(100)}, value_below={"EUR": Decimal(200)})
    case = replace(KETTLE, value=None if value is None else Decimal(value), currency=currency)
    assert (propose(table(Row("a", "A", bounds)), [case]).rows == ("a",)) is fits


def test_what_is_not_known_fits_no_range() -> None:
    for name in ("years", "purchases"):
        row = Row("a", "A", When(**{name: Span(0)}))  # type: ignore[arg-type]
        assert propose(table(row), [KETTLE]).rows == ()
        assert propose(table(row), [replace(KETTLE, **{name: 0})]).rows == ("a",)  # type: ignore[arg-type]


def test_a_sum_that_cannot_be_reckoned_is_left_to_a_person() -> None:
    row = Row("a", "A", gives=(WHOLE, Gives("goodwill", how_much=Measure({"SEK": Decimal(5)}))))
    proposal = propose(table(row), [replace(KETTLE, value=None)])
    assert [(line.amount, line.cost, line.unknown) for line in proposal.lines] == [
        (None, None, "value"),
        (None, None, "currency"),
    ]
    assert proposal.open
    assert proposal.cost == 0


def test_a_case_gets_once_what_several_points_give() -> None:
    row = Row("a", "A", gives=(WHOLE, Gives("apology", by=0)))
    graver = Row("b", "B", When(category=frozenset({"staff"})), (WHOLE, Gives("apology", by=2)))
    proposal = propose(
        table(graver, row),
        [KETTLE, replace(KETTLE, point=2), replace(KETTLE, point=3, category="staff")],
    )
    assert [(line.kind, line.points, line.by) for line in proposal.lines] == [
        ("refund", (1, 2), 0),
        ("apology", (1, 2, 3), 2),
    ]
    assert proposal.cost == Decimal("40.00")  # the price is given back once, not for each point


@pytest.mark.parametrize(
    ("value", "share", "gives"),
    [("0.05", "50", "0.03"), ("0.25", "10", "0.03"), ("0.10", "25", "0.03"), ("33.33", "33.33", "11.11"),
     ("1.00", "0.5", "0.01"), ("0.99", "0.5", "0.00"), ("79.90", "12.5", "9.99")],
)  # fmt: skip
def test_half_a_cent_is_rounded_up(value: str, share: str, gives: str) -> None:
    assert str(Measure(share=Decimal(share)).of(Decimal(value), "EUR")) == gives


@settings(max_examples=200, deadline=None)
@given(measures(), sums, sums)
def test_who_lost_more_never_gets_less(measure: Measure, one: Decimal, other: Decimal) -> None:
    low, high = sorted((one, other))
    less, more = measure.of(low, "EUR"), measure.of(high, "EUR")
    assert (less is None) == (more is None)
    assert less is None or more is None or less <= more


@settings(max_examples=200, deadline=None)
@given(tables(), st.lists(situations, min_size=1, max_size=3))
def test_money_is_exact_and_never_more_than_the_price_comes_back(
    table: Table, cases: list[Situation]
) -> None:
    cases = [replace(case, currency="EUR", value=cases[0].value, point=n) for n, case in enumerate(cases, 1)]
    proposal = propose(table, cases)
    for line in proposal.lines:
        assert line.cost is None or (line.cost == to_the_cent(line.cost) and line.cost >= 0)
        assert (line.amount is None) == (line.kind not in MONEY or bool(line.unknown))
        assert line.points
    assert proposal.cost == sum((line.cost or Decimal(0) for line in proposal.lines), Decimal(0))
    back = sum(
        (line.amount or Decimal(0) for line in proposal.lines if line.kind in OF_THE_PRICE), Decimal(0)
    )
    assert cases[0].value is None or back <= cases[0].value
    assert sum(line.kind == "apology" for line in proposal.lines) <= 1
    assert sum(not r.also for r in table.rows if r.id in proposal.rows) <= len(cases)
    assert propose(table, cases) == proposal


def test_years_are_whole(later: Any) -> None:
    day = later(0).date()
    assert whole_years(day.replace(year=day.year - 3), day) == 3
    assert whole_years(day.replace(year=day.year - 3, day=day.day + 1), day) == 2
    assert whole_years(None, day) is None
    assert whole_years(later(1).date(), day) is None
