"""How far authority reaches: by case, month, kind of remedy, level, and for whom one stands in."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from amends.rules.authority import Limits, Spending, covering, covers

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
LEAD = Limits(
    holder=1,
    level=1,
    case={"SEK": Decimal(1000)},
    month={"SEK": Decimal(1500)},
    kinds={("goodwill", "SEK"): Decimal(200)},
)


def spending(cost: str, currency: str = "SEK", **more: object) -> Spending:
    return Spending(cost=Decimal(cost), currency=currency, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("plan", "covered"),
    [
        (spending("1000.00"), True),
        (spending("1000.01"), False),
        (spending("0.01", "EUR"), False),
        (spending("0", "EUR"), True),
        (spending("-5", "EUR"), True),
        (spending("600", before=Decimal(400)), True),
        (spending("600", before=Decimal("400.01")), False),
        (spending("900", kinds={"goodwill": Decimal(200), "refund": Decimal(700)}), True),
        (spending("900", kinds={"goodwill": Decimal("200.01")}), False),
        (spending("10", level=2), False),
        (spending("0", level=2), False),
    ],
)
def test_limits_reach_to_their_sum_and_not_a_cent_further(plan: Spending, covered: bool) -> None:
    assert covers(LEAD, plan) is covered


def test_what_was_spent_this_month_counts() -> None:
    spent = {"refund": Decimal(900), "goodwill": Decimal(100)}
    assert covers(LEAD, spending("500"), spent)
    assert not covers(LEAD, spending("500.01"), spent)


@pytest.mark.parametrize(
    ("cost", "spent", "covered"),
    [
        ("50", {"goodwill": "250"}, True),
        ("50.01", {"goodwill": "250"}, False),
        ("50.01", {"refund": "250"}, True),
        ("300", {}, True),
        ("300.01", {}, False),
    ],
)
def test_a_kind_of_remedy_has_a_month_of_its_own(cost: str, spent: dict[str, str], covered: bool) -> None:
    limits = Limits(holder=1, case={"SEK": Decimal(1000)}, month_kinds={("goodwill", "SEK"): Decimal(300)})
    plan = spending(cost, kinds={"goodwill": Decimal(cost)})
    assert covers(limits, plan, {kind: Decimal(sum_) for kind, sum_ in spent.items()}) is covered
    assert limits.counts_the_month("SEK")
    assert not limits.counts_the_month("EUR")


def test_who_stands_in_may_what_the_absent_one_may_on_those_days_only() -> None:
    own = Limits(holder=2, level=0)
    theirs = Limits(holder=1, level=1, case={"SEK": Decimal(1000)}, since=NOW, until=NOW + timedelta(days=1))
    many, plan = (own, theirs), spending("800")
    assert covering(many, plan, author=9, at=NOW, spent={}) is theirs
    assert covering(many, plan, author=9, at=NOW + timedelta(days=2), spent={}) is None
    assert covering(many, plan, author=9, at=NOW - timedelta(seconds=1), spent={}) is None
    assert covering(many, plan, author=9, at=None, spent={}) is None


def test_nobody_approves_the_plan_of_the_one_they_stand_in_for_with_that_ones_authority() -> None:
    theirs = Limits(holder=1, case={"SEK": Decimal(1000)}, since=NOW, until=NOW)
    assert covering((Limits(holder=2), theirs), spending("800"), author=1, at=NOW, spent={}) is None


def test_nobody_approves_with_the_authority_of_who_is_complained_about() -> None:
    theirs = Limits(holder=1, case={"SEK": Decimal(1000)}, since=NOW, until=NOW)
    many, plan = (Limits(holder=2), theirs), spending("800")
    assert covering(many, plan, author=9, about={1}, at=NOW, spent={}) is None
    assert covering(many, plan, author=9, about={3}, at=NOW, spent={}) is theirs


def test_each_holder_has_a_month_of_their_own() -> None:
    own, other = LEAD, Limits(holder=3, level=1, case={"SEK": Decimal(1000)})
    spent = {1: {"refund": Decimal(1400)}}
    assert covering((own, other), spending("500"), author=9, at=NOW, spent=spent) is other
