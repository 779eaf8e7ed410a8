"""What a plan does otherwise than the policy proposed."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings

from amends.rules.policy import (
    Difference,
    Gives,
    Measure,
    Proposal,
    Row,
    Situation,
    Table,
    Taken,
    differences,
    propose,
)
from amends.rules.policy.departing import planned_of
from tests.rules.policy.strategies import situations, tables

CASE = Situation("product", "justified", "EUR", value=Decimal(40))
POLICY = Table(
    (
        Row(
            "a",
            "A",
            gives=(
                Gives("refund", how_much=Measure(share=Decimal(100))),
                Gives("gift", how_much=Measure({"EUR": Decimal(5)}), little_more=True),
                Gives("apology", by=1),
            ),
        ),
    )
)
PROPOSAL = propose(POLICY, [CASE])
REFUND, GIFT, SORRY = (
    Taken("refund", Decimal(40), Decimal(40)),
    Taken("gift", cost=Decimal(4)),
    Taken("apology"),
)


def test_the_proposal_itself_does_not_depart() -> None:
    assert differences(PROPOSAL, [REFUND, GIFT, SORRY], "EUR") == ()
    halves = [Taken("refund", Decimal(15), Decimal(15)), Taken("refund", Decimal(25), Decimal(25))]
    assert differences(PROPOSAL, [*halves, GIFT, SORRY], "EUR") == ()
    assert differences(PROPOSAL, [REFUND, GIFT, SORRY, Taken("explanation")], "EUR") == ()


@pytest.mark.parametrize(
    ("remedies", "kind", "proposed", "planned"),
    [
        ([GIFT, SORRY], "refund", 40, None),
        ([REFUND, GIFT], "apology", 0, None),
        ([replace(REFUND, amount=Decimal("39.99")), GIFT, SORRY], "refund", 40, Decimal("39.99")),
        ([REFUND, GIFT, SORRY, Taken("goodwill", Decimal(1), Decimal(1))], "goodwill", None, 1),
        ([REFUND, GIFT, SORRY, Taken("visit", cost=Decimal(80))], "visit", None, 0),
    ],
)
def test_another_sum_a_missing_or_a_further_remedy_departs(
    remedies: list[Taken], kind: str, proposed: int | None, planned: int | None
) -> None:
    assert differences(PROPOSAL, remedies, "EUR") == (Difference(kind, proposed, planned),)  # type: ignore[arg-type]


def test_another_currency_departs() -> None:
    assert [one.kind for one in differences(PROPOSAL, [REFUND, GIFT, SORRY], "SEK")] == ["refund"]


def test_a_sum_left_to_a_person_may_be_any() -> None:
    open_ = propose(POLICY, [replace(CASE, value=None)])
    assert differences(open_, [replace(REFUND, amount=Decimal(7)), GIFT, SORRY], "EUR") == ()
    assert [one.kind for one in differences(open_, [GIFT, SORRY], "EUR")] == ["refund"]


def test_nothing_departs_from_a_policy_that_says_nothing() -> None:
    assert differences(Proposal("EUR"), [REFUND], "EUR") == ()


@settings(max_examples=150, deadline=None)
@given(tables(), situations)
def test_no_proposal_departs_from_itself(table: Table, case: Situation) -> None:
    proposal = propose(table, [case])
    assert differences(proposal, planned_of(proposal), proposal.currency) == ()
