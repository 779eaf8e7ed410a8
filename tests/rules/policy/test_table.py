"""A policy as data: what is written is read again, and what is wrong is said with row and column."""

import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings

from amends.cases import choices
from amends.rules.policy import Fault, Faulty, Table, as_data, read
from amends.rules.policy import situation as known
from tests.rules.policy.strategies import tables


@settings(max_examples=150, deadline=None)
@given(tables())
def test_what_is_written_is_read_again(table: Table) -> None:
    written = json.loads(json.dumps(as_data(table)))
    again = read(written)
    assert again == table
    assert as_data(again) == written


def test_the_words_are_those_of_the_complaint() -> None:
    assert tuple(choices.Category.values) == known.CATEGORIES
    assert tuple(choices.Finding.values) == known.FINDINGS
    assert tuple(choices.Severity.values) == known.SEVERITIES
    assert tuple(code for code, _ in choices.CURRENCIES) == known.CURRENCIES
    assert sorted(known.KINDS) == sorted(choices.RemedyKind.values)


def row(**changes: Any) -> dict[str, Any]:
    return {"id": "a", "name": "A", "when": {}, "gives": [], "approve_level": 0} | changes


def refund(**much: Any) -> dict[str, Any]:
    return row(gives=[{"kind": "refund", "how_much": much}])


@pytest.mark.parametrize(
    ("wrong", "column", "code", "given_"),
    [
        (row(colour="red"), "colour", "unknown_column", ""),
        (row(id="A b"), "id", "not_an_id", "A b"),
        (row(name=" "), "name", "missing", ""),
        (row(name=7), "name", "not_text", ""),
        (row(approve_level=4), "approve_level", "not_a_number", "4"),
        (row(approve_level=True), "approve_level", "not_a_number", "True"),
        (row(also="yes"), "also", "not_yes_or_no", "yes"),
        (row(when=[]), "when", "not_an_object", ""),
        (row(when={"category": "product"}), "when/category", "not_a_list", ""),
        (row(when={"category": ["kettle"]}), "when/category", "unknown_word", "kettle"),
        (row(when={"severity": [True]}), "when/severity", "unknown_word", "True"),
        (row(when={"country": ["Sweden"]}), "when/country", "not_a_country", "Sweden"),
        (row(when={"value": {"from": {"EUR": 10}}}), "when/value/from/EUR", "not_a_sum", "10"),
        (row(when={"value": {"from": {"DEM": "10"}}}), "when/value/from/DEM", "unknown_column", ""),
        (row(when={"value": {"from": {"EUR": "1"}, "below": {"EUR": "1"}}}), "when/value", "empty_range", ""),
        (row(when={"value": {"from": {"EUR": "1"}, "below": {"SEK": "9"}}}), "when/value",
         "other_currencies", ""),
        (row(when={"years": {"from": 3, "to": 2}}), "when/years", "empty_range", ""),
        (row(when={"years": {"from": -1}}), "when/years/from", "not_a_number", "-1"),
        (row(gives={}), "gives", "not_a_list", ""),
        (row(gives=[{"kind": "cake"}]), "gives/1/kind", "unknown_word", "cake"),
        (row(gives=[{"kind": "refund"}]), "gives/1/how_much", "missing", ""),
        (row(gives=[{"kind": "apology", "how_much": {"fixed": {"EUR": "1"}}}]), "gives/1/how_much",
         "no_sum_here", ""),
        (refund(fixed={"EUR": "1.005"}), "gives/1/how_much/fixed/EUR", "not_a_sum", "1.005"),
        (refund(fixed={"EUR": "-1"}), "gives/1/how_much/fixed/EUR", "not_a_sum", "-1"),
        (refund(fixed={"EUR": "1"}, share="50"), "gives/1/how_much", "both", ""),
        (refund(fixed={"EUR": "1"}, most={"EUR": "2"}), "gives/1/how_much", "bounds_of_a_fixed_sum", ""),
        (refund(share="50", least={"EUR": "9"}, most={"EUR": "2"}), "gives/1/how_much", "empty_range", ""),
    ],
)  # fmt: skip
def test_a_fault_has_its_row_and_column(wrong: dict[str, Any], column: str, code: str, given_: str) -> None:
    with pytest.raises(Faulty) as faulty:
        read({"format": 1, "rows": [row(id="fine"), wrong]})
    assert faulty.value.faults == (Fault(2, column, code, given_),)


def test_every_fault_is_said_at_once() -> None:
    told = {"format": 2, "departure_level": 9, "rows": [row(name=""), row(), row(gives=[7])]}
    with pytest.raises(Faulty) as faulty:
        read(told)
    assert [(fault.row, fault.column, fault.code) for fault in faulty.value.faults] == [
        (0, "format", "other_format"),
        (0, "departure_level", "not_a_number"),
        (1, "name", "missing"),
        (2, "id", "twice"),
        (3, "id", "twice"),
        (3, "gives/1", "not_an_object"),
        (3, "gives/1/kind", "unknown_word"),
    ]


@pytest.mark.parametrize("told", [None, [], "x", 7, {"format": 1, "rows": 7}, {"format": 1, "rows": [None]}])
def test_what_is_no_table_at_all_is_refused(told: object) -> None:
    with pytest.raises(Faulty) as faulty:
        read(told)
    assert faulty.value.faults


@pytest.mark.parametrize("share", ["0", "-5", "501", "1e2", "NaN", "50 %", 50, None, "12.34567"])
def test_a_share_is_a_percentage(share: object) -> None:
    with pytest.raises(Faulty) as faulty:
        read({"format": 1, "rows": [refund(share=share)]})
    assert [fault.code for fault in faulty.value.faults if fault.code == "not_a_share"] == ["not_a_share"]


def test_sums_keep_their_cents() -> None:
    table = read({"format": 1, "rows": [refund(fixed={"EUR": "10", "SEK": "99.5"})]})
    much = table.rows[0].gives[0].how_much
    assert much is not None
    assert {currency: str(sum_) for currency, sum_ in much.fixed.items()} == {"EUR": "10.00", "SEK": "99.50"}
    assert much.of(None, "PLN") is None
    assert much.of(Decimal(5), "EUR") == Decimal("10.00")
