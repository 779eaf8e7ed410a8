"""Sentences, words and quotations."""

import pytest

from amends.coach.reading.language import UnknownLanguage, code_of, language_of
from amends.coach.reading.sentences import sentences
from amends.coach.reading.words import words


def texts(text: str, code: str) -> list[str]:
    return [one.text for one in sentences(text, language_of(code))]


def test_abbreviations_numbers_and_initials_end_nothing() -> None:
    text = "Mr. Kerr paid 4.50 on 3 May, e.g. in cash. J. Smith was there! Was it you? Yes."
    assert texts(text, "en") == [
        "Mr. Kerr paid 4.50 on 3 May, e.g. in cash.", "J. Smith was there!", "Was it you?", "Yes.",
    ]  # fmt: skip


def test_a_polish_year_ends_a_sentence_only_before_a_new_one() -> None:
    assert texts("List z 4.09.2026 r. (AM-1) mam. Będzie do 23.09.2026 r. Odwiozę go.", "pl") == [
        "List z 4.09.2026 r. (AM-1) mam.", "Będzie do 23.09.2026 r.", "Odwiozę go.",
    ]  # fmt: skip


def test_chinese_needs_no_spaces() -> None:
    assert texts("对不起。我们查过了！您看呢？", "zh-hans") == ["对不起。", "我们查过了！", "您看呢？"]


def test_head_and_foot_are_lines_and_a_wrapped_line_goes_on() -> None:
    assert texts("Dear Ms Berg,\n\nthank you for\nyour letter.\nKind regards\nAnn", "en") == [
        "Dear Ms Berg,", "thank you for\nyour letter.", "Kind regards", "Ann",
    ]  # fmt: skip


def test_places_are_those_of_the_whole_text() -> None:
    text = "  One.\n\n Two, three."
    for one in sentences(text, language_of("en")):
        assert text[one.start : one.end] == one.text
        assert all(text[t.start : t.end].lower() == t.surface for t in one.tokens)


def test_what_is_quoted_at_length_is_not_read_and_a_single_word_is() -> None:
    (said,) = sentences("You write “nobody ever rang me back” and you are right.", language_of("en"))
    assert "nobody" not in [t.surface for t in said.tokens]
    (held_up,) = sentences("Your “problem” is being looked at.", language_of("en"))
    assert "problem" in [t.surface for t in held_up.tokens]


def test_contractions_are_read_in_full_and_keep_their_place() -> None:
    text = "We won’t, can't and don't; it's you're."
    found = words(text, language_of("en"))
    assert [t.surface for t in found if t.surface.isalpha() or "'" in t.surface] == [
        "we", "will", "not", "can", "not", "and", "do", "not", "it", "'s", "you", "are",
    ]  # fmt: skip
    assert text[found[1].start : found[2].end] == "won’t"


@pytest.mark.parametrize(
    ("written", "code"),
    [("zh", "zh-hans"), ("zh-Hans", "zh-hans"), ("zh_CN", "zh-hans"), ("sv-SE", "sv"), (" EN ", "en")],
)
def test_languages_are_known_by_many_names(written: str, code: str) -> None:
    assert code_of(written) == code


def test_a_language_that_is_not_read_is_said() -> None:
    with pytest.raises(UnknownLanguage, match="nb"):
        code_of("nb")
