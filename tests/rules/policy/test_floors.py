"""What the law does not let a house go below, country by country."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from amends.rules.floors import (
    FloorRule,
    all_floors,
    concerning,
    floor_named,
    floors_of,
    undercut,
    without_what_needs_a_person,
)
from amends.rules.policy import Gives, Measure, Row, Situation, Table, Taken, propose

DAY = date(2026, 3, 2)
GOODS = Situation("product", "justified", "EUR", value=Decimal(100))
ALL = Decimal(100)


def below(country: str, *remedies: Taken, case: Situation = GOODS) -> tuple[str, ...]:
    return undercut(floors_of(country, DAY), [case], remedies)


@pytest.mark.parametrize(
    ("country", "remedies", "found"),
    [
        ("PL", [Taken("discount", Decimal(30))], ("pl-repair-first",)),
        ("PL", [Taken("repair"), Taken("discount", Decimal(30))], ()),
        ("PL", [Taken("replacement")], ()),
        ("PL", [Taken("refund", ALL)], ()),
        ("PL", [Taken("refund", Decimal(99))], ("pl-repair-first",)),
        ("PL", [Taken("goodwill", Decimal(50)), Taken("apology")], ("pl-repair-first",)),
        ("GB", [Taken("discount", Decimal(30))], ("uk-goods-tiers",)),
        ("UK", [Taken("replacement")], ()),
        ("SE", [Taken("discount", Decimal(30))], ()),  # its order was not seen in a source: shown, not held
        ("SE", [Taken("gift")], ("se-remedies",)),
        ("SE", [Taken("return"), Taken("discount", Decimal(100))], ("se-no-credit-note",)),
        ("SE", [Taken("return"), Taken("refund", ALL)], ()),
        ("MY", [Taken("goodwill", Decimal(10))], ("my-goods",)),
        ("MY", [Taken("compensation", Decimal(10))], ()),
        ("CN", [Taken("discount", Decimal(10)), Taken("apology")], ("cn-remedies",)),
        ("CN", [Taken("return")], ()),
        ("US", [Taken("apology")], ()),
        ("NO", [Taken("apology")], ()),  # no pack: nothing is known
    ],
)
def test_what_falls_below(country: str, remedies: list[Taken], found: tuple[str, ...]) -> None:
    assert below(country, *remedies) == found


def test_only_what_it_is_about() -> None:
    assert below("PL", Taken("apology"), case=replace(GOODS, finding="untrue")) == ()
    assert below("PL", Taken("apology"), case=replace(GOODS, category="staff")) == ()
    assert below("PL", Taken("apology"), case=replace(GOODS, sector="finance")) == ()
    assert below("UK", Taken("apology"), case=replace(GOODS, category="service")) == ("uk-services",)
    assert below("UK", Taken("discount", ALL), case=replace(GOODS, category="service")) == ()


def test_once_tried_or_asked_for_a_price_reduction_is_enough() -> None:
    assert below("PL", Taken("discount", Decimal(30)), case=replace(GOODS, tried=True)) == ()
    assert below("PL", Taken("goodwill", ALL), case=replace(GOODS, tried=True)) == ("pl-repair-first",)


def test_each_point_has_its_own_remedy() -> None:
    other = replace(GOODS, point=2)
    repairs = [Taken("repair", point=1)]
    assert undercut(floors_of("PL", DAY), [GOODS, other], repairs) == ("pl-repair-first",)
    assert undercut(floors_of("PL", DAY), [GOODS, other], [Taken("repair")]) == ()


def test_a_floor_holds_from_its_day_on() -> None:
    assert floors_of("PL", date(2022, 12, 31)) == ()
    assert [floor.id for floor in floors_of("PL", date(2026, 8, 1))] == [
        "pl-repair-first",
        "eu-right-to-repair",
    ]


def test_threefold_damages_are_never_proposed() -> None:
    def compensated(share: int) -> Table:
        much = Measure(share=Decimal(share))
        return Table((Row("a", "A", gives=(Gives("compensation", how_much=much), Gives("apology"))),))

    floors = floors_of("CN", DAY)
    threefold = without_what_needs_a_person(floors, [GOODS], propose(compensated(300), [GOODS]))
    assert [line.kind for line in threefold.lines] == ["apology"]
    assert [(line.kind, line.amount) for line in threefold.withheld] == [("compensation", Decimal("300.00"))]
    assert threefold.cost == 0
    twofold = propose(compensated(200), [GOODS])
    assert without_what_needs_a_person(floors, [GOODS], twofold) == twofold
    abroad = propose(compensated(300), [GOODS])
    assert without_what_needs_a_person(floors_of("PL", DAY), [GOODS], abroad) == abroad
    note = floor_named("cn-threefold")
    assert note is not None
    assert note.rule is FloorRule.NEVER_AUTOMATIC
    assert note in concerning(floors, [GOODS])


def test_every_floor_has_its_source_and_what_was_not_seen_binds_nobody() -> None:
    floors = [floor for found in all_floors().values() for floor in found]
    assert len({floor.id for floor in floors}) == len(floors) == 14
    assert all(floor.source and floor.read_on for floor in floors)
    assert [floor.id for floor in floors if not floor.verified] == ["se-repair-first"]
    assert not any(floor.binds for floor in floors if not floor.verified)
