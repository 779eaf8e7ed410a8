"""What a house adds: words to avoid, must-haves of its own, codes it does not want."""

import pytest

from amends.coach.draft import coach
from amends.coach.house import HouseRules
from amends.coach.owed import ADVICE, MUST, owed

pytestmark = pytest.mark.usefixtures("rules_alone")


def test_a_word_to_avoid_is_found_in_all_its_forms() -> None:
    house = HouseRules(avoid={"client": "guest", "touch base": ""})
    draft = "I have told our clients about it. I look into it and touch base on Friday."
    found = [f for f in coach(draft, language="en", house=house).findings if f.code == "house-word"]
    assert [(draft[f.start : f.end], f.wording) for f in found] == [("clients", "guest"), ("touch base", "")]
    assert found[0].level == ADVICE


def test_a_saying_without_words_finds_nothing() -> None:
    assert coach("I took this on!", language="en", house=HouseRules(avoid={"!": "", " ": ""})).findings == []


def test_a_house_makes_a_must_of_advice_and_the_other_way_round() -> None:
    house = HouseRules(must=frozenset({"no-thanks", "house-word"}), advice=frozenset({"blame"}))
    changed = house.owed(owed("decision.upheld"))
    assert changed.level("no-thanks") == changed.level("house-word") == MUST
    assert changed.level("blame") == ADVICE
    assert changed.level("no-apology") == MUST
    assert set(changed.codes) == set(owed("decision.upheld").codes)


def test_what_is_off_is_not_raised() -> None:
    draft = "We are sorry that you feel that way."
    assert "no-thanks" in coach(draft, language="en").missing
    quiet = coach(draft, language="en", house=HouseRules(off=frozenset({"blame", "no-thanks"})))
    assert quiet.findings == []
    assert "no-thanks" not in quiet.missing
