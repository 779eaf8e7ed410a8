"""The policy in versions: drafts change, what was ever in force does not."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import pytest

from amends.cases import house_policy
from amends.cases.house_policy import Clash
from amends.cases.models import PolicyVersion
from amends.people.languages import LANGUAGES
from amends.rules.policy import Table
from tests.cases.with_policy import FAULTY, TABLE, in_force
from tests.conftest import MONDAY, House

Later = Callable[[int], datetime]


def drafted(house: House, table: Table = TABLE) -> PolicyVersion:
    return house_policy.draft(by=house.lead, at=MONDAY, name="A draft", table=table)


def on(version: PolicyVersion, house: House, at: datetime, since: datetime) -> PolicyVersion:
    seen = house_policy.seen_of(version)
    return house_policy.switch_on(version, by=house.lead, at=at, since=since, note="So", seen=seen)


def test_a_draft_is_rewritten_by_who_saw_it_as_it_is(house: House) -> None:
    draft = drafted(house)
    seen = house_policy.seen_of(draft)
    other = Table((replace(FAULTY, name="Goods"),))
    assert house_policy.table_of(house_policy.rewrite(draft, other, seen=seen)) == other
    with pytest.raises(Clash):
        house_policy.rewrite(draft, TABLE, seen=seen)
    draft.refresh_from_db()
    assert house_policy.table_of(draft) == other


def test_what_is_in_force_is_never_changed(house: House) -> None:
    version = in_force(house)
    seen = house_policy.seen_of(version)
    for change in (
        lambda: house_policy.rewrite(version, Table(), seen=seen),
        lambda: house_policy.throw_away(version, seen=seen),
        lambda: house_policy.call_back(version, at=MONDAY),
        lambda: on(version, house, MONDAY, MONDAY),
    ):
        with pytest.raises(Clash):
            change()
    version.refresh_from_db()
    assert house_policy.table_of(version) == TABLE
    assert (version.in_force_from, version.switched_on_by) == (MONDAY, house.lead)


def test_one_replaces_the_other_on_its_day(house: House, later: Later) -> None:
    first = in_force(house)
    second = on(drafted(house), house, later(1), later(5))
    first.refresh_from_db()
    assert (first.replaced_at, second.replaced_at) == (later(5), None)
    assert house_policy.in_force(later(4)) == first
    assert house_policy.in_force(later(5)) == second
    assert house_policy.in_force(MONDAY.replace(year=2025)) is None
    third = on(drafted(house), house, later(2), later(2))
    first.refresh_from_db()
    third.refresh_from_db()
    assert (first.replaced_at, third.replaced_at) == (later(2), later(5))
    house_policy.call_back(second, at=later(3))
    second.refresh_from_db()
    third.refresh_from_db()
    assert (second.in_force_from, third.replaced_at) == (None, None)


def test_none_begins_before_it_is_switched_on(house: House, later: Later) -> None:
    assert on(drafted(house), house, later(3), MONDAY).in_force_from == later(3)


def test_a_draft_is_thrown_away(house: House) -> None:
    draft = drafted(house)
    with pytest.raises(Clash):
        house_policy.throw_away(draft, seen="something else")
    assert PolicyVersion.objects.count() == 1
    house_policy.throw_away(draft, seen=house_policy.seen_of(draft))
    assert not PolicyVersion.objects.exists()


def test_a_new_house_begins_with_one_and_only_once(house: House, later: Later) -> None:
    first = house_policy.begin(by=house.lead, at=MONDAY)
    assert (first.version, first.name, first.in_force_from) == (1, "What we begin with", MONDAY)
    assert house_policy.begin(by=house.lead, at=later(1)) == first
    assert PolicyVersion.objects.count() == 1


@pytest.mark.parametrize("language", [code for code, _ in LANGUAGES])
def test_it_is_named_in_every_language(language: str) -> None:
    table = house_policy.start_table(language)
    names = [row.name for row in table.rows]
    assert len(set(names)) == len(names) == 14
    english = [row.name for row in house_policy.start_table("en").rows]
    assert (names == english) is (language == "en")
