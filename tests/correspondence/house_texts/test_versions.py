"""Versions of a text: the newest holds everywhere, none is lost, nobody writes over somebody else's."""

from datetime import timedelta

import pytest

from amends.cases.choices import Purpose
from amends.correspondence.house_texts.differences import Part, differences
from amends.correspondence.house_texts.versions import Clash, keep, tidy, versions_of
from amends.correspondence.models import HouseText
from amends.correspondence.phrasebook import letter_text, pack_text
from amends.correspondence.texts import draft_message
from tests.conftest import MONDAY, House

WORDS = "News about $reference\n\nDear friend of “$title”.\n\n$next\n\nYou hear from us by $word_by."


def saved(house: House, text: str = WORDS, seen: int = 0) -> HouseText:
    return keep("en", "progress", text, seen=seen, by=house.lead, at=MONDAY, why="warmer")


def test_the_house_s_words_take_the_place_of_the_pack_s(house: House) -> None:
    complaint = house.complaint()
    before = draft_message(Purpose.PROGRESS, complaint)
    saved(house)
    after = draft_message(Purpose.PROGRESS, complaint)
    assert after.subject == f"News about {complaint.reference}"
    assert after.text.startswith("Dear friend of “The kettle leaks”.")
    assert (after.greeting, after.close) == (before.greeting, before.close)
    assert letter_text("sv", "progress") == pack_text("sv", "progress")


def test_an_empty_version_gives_back_the_pack_s_words(house: House) -> None:
    saved(house)
    saved(house, text="", seen=1)
    assert letter_text("en", "progress") == pack_text("en", "progress")
    assert [row.version for row in versions_of("en", "progress")] == [2, 1]
    assert versions_of("en", "progress")[1].text == WORDS


def test_a_draft_costs_one_query_more(house: House, django_assert_num_queries: object) -> None:
    with django_assert_num_queries(1):  # type: ignore[operator]
        letter_text("en", "progress")
    saved(house)
    with django_assert_num_queries(1):  # type: ignore[operator]
        assert letter_text("en", "progress") == WORDS


def test_who_comes_second_does_not_write_over_the_first(house: House) -> None:
    first = saved(house)
    with pytest.raises(Clash) as clash:
        keep("en", "progress", "Mine", seen=0, by=house.handler, at=MONDAY + timedelta(hours=1))
    assert clash.value.newest == first
    assert [row.text for row in versions_of("en", "progress")] == [WORDS]


def test_versions_of_one_language_leave_the_others_alone(house: House) -> None:
    saved(house)
    keep("sv", "progress", "Nytt\n\n$title", seen=0, by=house.lead, at=MONDAY)
    assert [row.version for row in versions_of("sv", "progress")] == [1]


def test_a_text_is_kept_as_it_can_be_set() -> None:
    assert tidy("Subject \r\n\r\n \t\r\n\r\nOne\u00ad two\rthree  \n\n") == "Subject\n\nOne two\nthree"


def test_differences_are_told_by_words() -> None:
    assert differences("We refund $amount to you today.", "We refund ${amount} to you now.") == [
        Part("same", "We refund "), Part("gone", "$amount"), Part("new", "${amount}"),
        Part("same", " to you "), Part("gone", "today"), Part("new", "now"), Part("same", "."),
    ]  # fmt: skip
    assert differences("Thank you for your patience.", "Thanks for waiting.") == [
        Part("gone", "Thank you for your patience"), Part("new", "Thanks for waiting"), Part("same", "."),
    ]  # fmt: skip
    assert differences("我们向您道歉。", "我们向你道歉。") == [
        Part("same", "我们向"), Part("gone", "您"), Part("new", "你"), Part("same", "道歉。"),
    ]  # fmt: skip
    assert differences("Same.", "Same.") == [Part("same", "Same.")]
