"""Every rule of every language does what its examples say; a wrong rule is named."""

from typing import Any

import pytest

from amends.coach.reading.language import CODES, language_of
from amends.coach.sentences.rules import WrongRule, read_rule, rule_book
from tools.coach_rules import faults

RULE: dict[str, Any] = {
    "name": "x", "pattern": ["sorry"], "match": ["Sorry.", "So sorry."], "near": ["Hi.", "Hello."],
}  # fmt: skip


@pytest.mark.parametrize("code", CODES)
def test_rules_keep_their_word(code: str) -> None:
    assert faults(code) == []


@pytest.mark.parametrize("code", CODES)
def test_every_rule_can_be_reached_by_its_words(code: str) -> None:
    """A rule that no word leads to is tried on every sentence: there may be few of these."""
    book = rule_book(code)
    assert len(book.always) <= max(20, len(book.rules) // 5)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"match": ["Sorry."]}, "needs two sentences"),
        ({"near": []}, "needs two sentences"),
        ({"lacks": ["tail"]}, "no trait tail"),
        ({"vetoes": ["rude"]}, "no code rude"),
        ({"patern": ["x"]}, "does not know patern"),
        ({"pattern": ["(a"]}, "a “\\)” is missing"),
    ],
)
def test_a_wrong_rule_is_named(change: dict[str, Any], said: str) -> None:
    with pytest.raises(WrongRule, match=f"en/vague/x: .*{said}"):
        read_rule(RULE | change, "vague", language_of("en"))


def test_a_rule_for_a_code_that_does_not_exist_is_refused() -> None:
    with pytest.raises(WrongRule, match="there is no code “rude”"):
        read_rule(RULE, "rude", language_of("en"))
