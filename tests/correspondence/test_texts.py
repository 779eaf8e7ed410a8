"""The standard texts: whole in five languages, filled from the case, and never saying more than is known."""

import re
from datetime import UTC, datetime
from importlib.resources import files
from string import Template

import pytest

from amends.cases import actions
from amends.cases.choices import Purpose
from amends.cases.models import Complaint
from amends.correspondence.blanks import FROM_THE_CASE, ONLY_GIVEN
from amends.correspondence.phrasebook import message_text, phrases
from amends.correspondence.texts import draft_message
from amends.kit.clock import set_to
from amends.people.languages import LANGUAGES
from amends.rules.lifecycle import MAIN_WAY
from tests.conftest import MONDAY, House

CODES = [code for code, _ in LANGUAGES]
NAMES = [*Purpose.values, "follow_up_refused"]
CONDITIONAL = re.compile(
    r"sorry (if|that you (have|feel))|om du (upplever|känner)"
    r"|jeśli (poczuli|czują)|jika anda (rasa|berasa)|如果让您",
    re.IGNORECASE,
)


def in_language(house: House, language: str) -> Complaint:
    return house.complaint(language=language)


@pytest.mark.parametrize("code", CODES)
def test_every_purpose_has_a_text_in_every_language(code: str) -> None:
    folder = files("amends.packs") / "languages" / code / "messages"
    assert sorted(f.name for f in folder.iterdir()) == sorted(f"{name}.txt" for name in NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_all_languages_have_the_same_blanks_in_the_same_paragraphs(name: str) -> None:
    shapes = {
        code: [sorted(Template(p).get_identifiers()) for p in message_text(code, name).split("\n\n")]
        for code in CODES
        if code != "zh-hans"  # its closing formula stands in a paragraph of its own
    }
    assert all(shape == shapes["en"] for shape in shapes.values())
    blanks = {code: set(Template(message_text(code, name)).get_identifiers()) for code in CODES}
    assert all(found == blanks["en"] for found in blanks.values())
    assert blanks["en"] - {"signature"} <= FROM_THE_CASE.keys() | ONLY_GIVEN


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("purpose", Purpose.values)
def test_no_blank_is_left_over(house: House, code: str, purpose: str) -> None:
    values: dict[str, object] = {name: f"<{name}>" for name in FROM_THE_CASE if name != "house"}
    draft = draft_message(purpose, in_language(house, code), sender="Hanna", **values, code="123456")
    assert "$" not in draft.subject + draft.body
    assert "\n" not in draft.subject
    assert 0 < len(draft.subject) <= 200
    assert "<greeting>" in draft.body
    assert draft.body.rstrip().endswith("Hanna\nOur house")


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("purpose", [p for p in Purpose.values if p != Purpose.CODE])
def test_what_nothing_fills_is_left_out(house: House, code: str, purpose: str) -> None:
    with set_to(MONDAY):
        draft = draft_message(purpose, in_language(house, code))
    assert "$" not in draft.body
    assert not [p for p in draft.body.split("\n\n")[1:] if p.endswith((":", "：", ": "))]
    assert "2026-00001" in draft.subject


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("name", NAMES)
def test_no_text_makes_its_regret_conditional(code: str, name: str) -> None:
    assert CONDITIONAL.search(message_text(code, name)) is None


@pytest.mark.parametrize("code", CODES)
def test_every_stage_on_the_way_says_what_comes_next(code: str) -> None:
    assert list(phrases(code)["next"]) == [stage.value for stage in MAIN_WAY[:-1]]


@pytest.mark.parametrize(
    ("code", "first_word", "word"),
    [
        ("en", "by 3 March 2026.", "by 7 March 2026,"),
        ("sv", "senast den 3 mars 2026.", "senast den 7 mars 2026,"),
        ("pl", "do 3 marca 2026 r. napisze", "do 7 marca 2026 r. –"),
        ("ms", "pada 3 Mac 2026.", "pada 7 Mac 2026,"),
        ("zh-hans", "在2026年3月3日之前给您", "在2026年3月7日之前再次"),
    ],
)
def test_days_are_written_as_the_language_writes_them(
    house: House, code: str, first_word: str, word: str
) -> None:
    case = in_language(house, code)
    with set_to(MONDAY):
        assert first_word in draft_message(Purpose.RECEIPT, case).body
        assert word in draft_message(Purpose.ACKNOWLEDGEMENT, case).body


@pytest.mark.parametrize(
    ("code", "salutation", "opening"),
    [
        ("en", "", "Dear Clara Customer,"),
        ("en", "Mrs", "Dear Mrs Customer,"),
        ("en", "Captain Clara", "Dear Captain Clara,"),
        ("sv", "", "Hej Clara Customer,"),
        ("pl", "", "Dzień dobry,"),
        ("pl", "Pani", "Szanowna Pani,"),
        ("pl", "Szanowny Panie", "Szanowny Panie,"),
        ("pl", "Szanowny Panie Mecenasie,", "Szanowny Panie Mecenasie,"),
        ("ms", "", "Tuan/Puan Clara Customer,"),
        ("ms", "Puan", "Puan Clara Customer yang dihormati,"),
        ("zh-hans", "", "尊敬的Clara Customer："),
        ("zh-hans", "女士", "尊敬的Clara Customer女士："),
    ],
)
def test_the_greeting_is_the_one_the_customer_chose(
    house: House, code: str, salutation: str, opening: str
) -> None:
    house.customer.salutation = salutation
    house.customer.save()
    assert draft_message(Purpose.OTHER, in_language(house, code), text="x").body.startswith(opening + "\n\n")


def test_the_handler_is_named_and_questions_become_a_list(house: House) -> None:
    by = house.actor(house.handler)
    case = actions.assign(house.complaint(), by=by, at=MONDAY, handler=house.handler)
    draft = draft_message(Purpose.ACKNOWLEDGEMENT, case, questions=["Which batch?", "Since when?"])
    assert "Hanna Handler looks after your case" in draft.body
    assert "Please tell us:\n– Which batch?\n– Since when?\n" in draft.body


def test_a_day_that_is_past_is_not_promised(house: House) -> None:
    case = house.complaint()
    with set_to(datetime(2026, 3, 20, tzinfo=UTC)):
        assert "Our answer is due" not in draft_message(Purpose.PROGRESS, case).body
    with set_to(MONDAY):
        assert "Our answer is due by 16 March 2026." in draft_message(Purpose.PROGRESS, case).body


def test_responsibility_is_taken_only_for_what_was_found(house: House) -> None:
    case = house.complaint()
    assert "We answer for this" not in draft_message(Purpose.OFFER, case).body
    case.issues.update(finding="justified", reasons="A bad seal.")
    body = draft_message(Purpose.OFFER, case).body
    assert "This is what we found: A bad seal.\n\nWe answer for this, and we are sorry." in body


def test_a_value_that_no_text_knows_is_a_mistake(house: House) -> None:
    with pytest.raises(ValueError, match="undrestood"):
        draft_message(Purpose.SAY_BACK, house.complaint(), undrestood="The kettle leaks.")


def test_a_code_mail_without_a_code_is_a_mistake(house: House) -> None:
    with pytest.raises(KeyError, match="code"):
        draft_message(Purpose.CODE, house.complaint())


def test_the_code_does_not_travel_with_the_link(house: House) -> None:
    assert "/c/" not in draft_message(Purpose.CODE, house.complaint(), code="123456").body


def test_a_title_that_ends_with_a_full_stop_does_not_end_our_sentence(house: House) -> None:
    case = house.complaint(title="The kettle leaks.")
    assert "“The kettle leaks”, has reached us" in draft_message(Purpose.RECEIPT, case).body
