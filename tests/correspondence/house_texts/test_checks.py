"""What would go wrong when a text is sent is said when it is saved."""

import pytest

from amends.correspondence.house_texts.blanks import blanks_of
from amends.correspondence.house_texts.checks import faults
from amends.correspondence.house_texts.words import BLANKS, PRONOUNS, TEXTS
from amends.correspondence.letters.fields import FIELDS
from amends.correspondence.phrasebook import letter_needs, pack_text, phrases
from amends.people.languages import LANGUAGES

CODES = [code for code, _ in LANGUAGES]
GOOD = "Your complaint $reference: news\n\nAbout “$title”.\n\n$next\n\nYou hear from us by $word_by."


def progress(old: str, new: str) -> list[str]:
    assert old in GOOD
    return faults("en", "progress", GOOD.replace(old, new))


def test_a_text_in_order_has_no_fault() -> None:
    assert faults("en", "progress", GOOD) == []


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("name", list(letter_needs()))
def test_every_text_of_the_packs_could_be_saved(code: str, name: str) -> None:
    assert faults(code, name, pack_text(code, name)) == []


def test_a_mistyped_blank_is_named_with_the_one_that_was_meant() -> None:
    assert progress("“$title”", "“$titel” and “$title”")[:1] == [
        "Nothing fills the blank $titel in this text. Is $title meant?"
    ]


def test_a_blank_of_another_text_would_never_be_filled() -> None:
    assert "Nothing fills the blank $carrier in this text." in progress("$next", "$next\n\n$carrier")


def test_what_the_text_must_say_is_missed() -> None:
    assert progress("$next", "Soon.") == ["$next is missing: this text must say it."]


@pytest.mark.parametrize("words", ["5 $", "$5 back", "${title", "$ title"])
def test_a_dollar_sign_that_begins_no_blank(words: str) -> None:
    found = progress("$next", words)
    assert len(found) == 1
    assert found[0].startswith("Line 5: in “$")
    assert found[0].endswith("for a dollar sign itself write $$.")


def test_two_dollar_signs_are_one() -> None:
    assert progress("$next", "$next It costs $$5.") == []


def test_a_subject_speaks_only_of_what_every_letter_has() -> None:
    assert progress(": news", ": $contact") == [
        "The subject speaks of $contact, which not every letter of this kind has. Say it below."
    ]
    assert progress(": news", ": $title") == []
    assert faults("en", "offer", pack_text("en", "offer").replace("our offer", "$remedies", 1)) == [
        "$remedies fills several lines; the subject is one."
    ]


def test_what_must_be_said_stands_where_it_is_never_left_out() -> None:
    assert progress("by $word_by", "by $word_by from $contact") == [
        "$word_by must always be said, but its paragraph also has $contact and is left out where that is not"
        " known. Put the two into separate paragraphs."
    ]


def test_a_list_stands_in_a_line_of_its_own() -> None:
    text = pack_text("en", "offer").replace("offer you:\n$remedies", "offer you: $remedies")
    assert faults("en", "offer", text) == ["$remedies is a list: give it a line of its own."]


def test_a_character_that_no_font_shows() -> None:
    assert progress("“$title”", "“$title” 🙂") == ["The letters’ fonts have no picture for 🙂 (U+1F642)."]


@pytest.mark.parametrize(
    ("text", "last"), [("", "There are no words"), ("Subject alone", "Below the subject")]
)
def test_a_text_without_words(text: str, last: str) -> None:
    assert faults("en", "other", text)[-1].startswith(last)


def test_a_subject_is_one_line_of_a_mail() -> None:
    assert progress(": news", ": " + "news " * 40)[0].startswith(
        "The subject, the first line, is 227 characters"
    )


def test_only_polish_knows_its_pronouns() -> None:
    assert progress("$next", "$next ${you_gen}") == ["Nothing fills the blank $you_gen in this text."]
    polish = pack_text("pl", "progress") + "\n\n${you_gen}"
    assert faults("pl", "progress", polish) == []


def test_every_text_and_every_blank_has_words() -> None:
    assert set(TEXTS) == set(letter_needs())
    assert set(BLANKS) == {*FIELDS, "reference"}
    pronouns = {name for code in CODES for name in phrases(code)["letter"].get("you", {})}
    assert set(PRONOUNS) == pronouns


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("name", list(letter_needs()))
def test_every_blank_has_an_example(code: str, name: str) -> None:
    rows = blanks_of(code, name)
    assert [row.name for row in rows if not row.example] == []
    assert {row.name for row in rows if row.needed} == set(letter_needs()[name])
