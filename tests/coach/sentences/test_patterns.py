"""The small language of the rules."""

import pytest

from amends.coach.reading.language import language_of
from amends.coach.reading.words import words
from amends.coach.sentences.patterns import WrongPattern, pattern, written

EN = language_of("en")


def found(source: str, text: str, code: str = "en") -> str | None:
    language = language_of(code)
    place = pattern(source, language).search(written(words(text, language)))
    return None if place is None else text[place[0] : place[1]]


@pytest.mark.parametrize(
    ("source", "text", "wanted"),
    [
        ("sorry", "We’re SORRY.", "SORRY"),
        ("sorry", "We are sorryish", None),
        ("~deliver", "It was delivered late", "delivered"),
        ("deliver*", "a delivery", "delivery"),
        ("*ness", "our kindness", "kindness"),
        ("we are sorry", "We're sorry", "We're sorry"),
        ("sorry that you", "sorry, that you", "sorry, that you"),
        ("sorry (that | if)? you feel", "sorry you feel so", "sorry you feel"),
        ("sorry .. feel", "sorry you really must feel", "sorry you really must feel"),
        ("sorry .. feel", "sorry one two three four feel", None),
        ("sorry .. feel", "sorry you, as we feel", None),
        ("sorry ... feel", "sorry you, as we feel", "sorry you, as we feel"),
        ("sorry ..4!not feel", "sorry you do not feel", None),
        ("sorry ..4!(not | never) feel", "sorry you do feel", "sorry you do feel"),
        ("sorry !that", "sorry that", None),
        ("^ sorry", "We are sorry", None),
        ("^ sorry", "“Sorry!”", "Sorry"),
        ("sorry $", "I am sorry.", "sorry"),
        ("@second feel", "you feel", "you feel"),
        ("<num> days", "in 14 days", "14 days"),
        ("done <!>", "Done!", "Done!"),
        ("a ? b", "a b", "a b"),
    ],
)  # fmt: skip
def test_what_a_pattern_matches(source: str, text: str, wanted: str | None) -> None:
    assert found(source, text) == wanted


def test_in_chinese_every_character_is_a_word() -> None:
    assert found("给您 ..4 麻烦", "给您添了些麻烦，抱歉", "zh-hans") == "给您添了些麻烦"
    assert found("给您 .. 麻烦", "给您写信；不麻烦", "zh-hans") is None


@pytest.mark.parametrize(
    "source", ["(a", "a)", "@nothing", "a |", "( | a)", "<what>", "!", "..3!", "a ? ?", "?"]
)
def test_a_pattern_that_cannot_be_read_is_said(source: str) -> None:
    with pytest.raises(WrongPattern):
        pattern(source, EN)


def test_a_beginning_of_a_word_leads_to_its_pattern() -> None:
    """So that a language of endings need not try every rule on every sentence."""
    assert pattern("deliver*", EN).needs == frozenset({"del*"})
    assert "del*" in written(words("We deliver.", EN)).keys
    assert pattern("*ness", EN).needs is None
    assert pattern("de*", EN).needs is None
