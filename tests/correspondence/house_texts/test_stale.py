"""A language that has not followed another's change of meaning is shown as fallen behind."""

from datetime import datetime, timedelta

import pytest

from amends.correspondence.house_texts import stale
from amends.correspondence.house_texts.stale import CODES, Change, standings
from amends.correspondence.house_texts.versions import keep, versions_of
from amends.correspondence.models import HouseText
from amends.correspondence.phrasebook import letter_needs
from tests.conftest import MONDAY, House


def save(house: House, language: str, text: str, hour: int, *, new_meaning: bool = True) -> HouseText:
    seen = next((row.version for row in versions_of(language, "offer")), 0)
    at: datetime = MONDAY + timedelta(hours=hour)
    return keep(language, "offer", text, seen=seen, by=house.lead, at=at, new_meaning=new_meaning)


def behind() -> dict[str, Change]:
    return {code: row.behind for code, row in standings()["offer"].items() if row.behind}


def test_nothing_is_behind_in_a_new_house(db: None) -> None:
    everything = standings()
    assert list(everything) == list(letter_needs())
    assert [row for by in everything.values() for row in by.values() if row.behind or row.own] == []


def test_siblings_of_a_new_meaning_fall_behind_those_of_the_pack_too(house: House) -> None:
    save(house, "sv", "Gammalt", 1, new_meaning=False)
    save(house, "en", "New", 2)
    change = Change("en", MONDAY + timedelta(hours=2), house.lead.name)
    assert behind() == dict.fromkeys(["sv", "pl", "ms", "zh-hans"], change)


def test_better_words_leave_the_others_right(house: House) -> None:
    save(house, "en", "Better", 1, new_meaning=False)
    assert behind() == {}


def test_who_follows_makes_nobody_else_fall_behind(house: House) -> None:
    save(house, "en", "New", 1)
    save(house, "sv", "Nytt", 2, new_meaning=False)
    assert set(behind()) == {"pl", "ms", "zh-hans"}
    assert {change.language for change in behind().values()} == {"en"}


def test_still_right_is_a_version_with_the_same_words(house: House) -> None:
    save(house, "en", "New", 1)
    save(house, "pl", "", 2, new_meaning=False)
    polish = standings("offer")["offer"]["pl"]
    assert (polish.version, polish.own, polish.behind) == (1, False, None)


def test_the_latest_change_is_the_one_to_follow(house: House) -> None:
    save(house, "en", "New", 1)
    save(house, "sv", "Nyare", 2)
    found = behind()
    assert {code: change.language for code, change in found.items()} == {
        "en": "sv", "pl": "sv", "ms": "sv", "zh-hans": "sv",
    }  # fmt: skip


def test_other_texts_are_not_touched(house: House) -> None:
    save(house, "en", "New", 1)
    assert [row for row in standings()["progress"].values() if row.behind] == []


def test_the_whole_list_is_one_query(house: House, django_assert_num_queries: object) -> None:
    for code in CODES:
        for hour in range(3):
            save(house, code, f"{code} {hour}", hour)
    with django_assert_num_queries(1):  # type: ignore[operator]
        assert standings()["offer"]["en"].version == 3


def test_a_pack_whose_language_lags_is_shown(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    lagging = {"offer": {"en": 2, "sv": 2, "pl": 1, "ms": 2, "zh-hans": 2}}
    monkeypatch.setattr(stale, "text_revisions", lambda: lagging)
    assert behind() == {"pl": Change("en")}
