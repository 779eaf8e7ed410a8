"""Everything that a person reads is there in all five languages."""

import pytest

from amends.cases import words
from amends.people.languages import LANGUAGES
from tools import messages

SAID = [
    str(text)
    for said in (words.STAGES, words.STEPS, words.EVENTS, words.CLOCKS, words.REASONS)
    for text in said.values()
]


def test_there_is_a_catalogue_for_every_language_but_english() -> None:
    locales = {"zh_Hans" if code == "zh-hans" else code for code, _ in LANGUAGES}
    assert set(messages.PLURALS) == locales - {"en"}


@pytest.mark.parametrize("language", messages.PLURALS)
def test_the_words_of_the_process_are_translated(language: str) -> None:
    there = messages.messages(messages.read(language))
    missing = [text for text in SAID if not all(messages.translations(there[text, None]))]
    assert missing == []


@pytest.mark.parametrize("language", messages.PLURALS)
def test_the_catalogue_is_complete_and_right(language: str) -> None:
    assert [line for line in messages.check() if line.startswith(f"{language}:")] == []
