"""The letter texts: whole in five languages, regretful and clear, never saying more than the case does."""

import json
import re
from collections.abc import Callable
from importlib.resources import files
from string import Template

import pytest

from amends.correspondence.house_texts.checks import faults
from amends.correspondence.letters.case_file import CaseFile
from amends.correspondence.letters.letter import mail_of, words_of
from amends.correspondence.phrasebook import letter_needs, pack_text, phrases
from amends.people.languages import LANGUAGES
from tests.correspondence.letters.cases import whole_case

CODES = [code for code, _ in LANGUAGES]
TEXTS = list(letter_needs())
CONDITIONAL = re.compile(
    r"sorry (if|that you (have|feel))|any inconvenience|unforeseen|mistakes were made"
    r"|we would like to apologise"
    r"|om du (upplever|känner|har upplevt)|eventuella|jeśli (poczuli|czują|poczuł)|ewentualne|niedogodności"
    r"|jika (anda|tuan|puan|\$you) (rasa|berasa)|sebarang kesulitan|如果让您|可能造成的不便|表示遗憾",
    re.IGNORECASE,
)
APOLOGY = {
    "en": "apologise",
    "sv": "om ursäkt",
    "pl": "rzepraszam",
    "ms": "memohon maaf",
    "zh-hans": "向您道歉",
}
REGRET = {"en": "regret", "sv": "beklagar", "pl": "Z przykrością", "ms": "Dukacita", "zh-hans": "很遗憾"}
AT_FAULT = ["decision-upheld", "decision-in-part", "offer", "apology-from-above", "mass-letter"]


def blanks(language: str, paragraph: str) -> list[str]:
    pronouns = phrases(language)["letter"].get("you", {})
    return sorted(name for name in Template(paragraph).get_identifiers() if name not in pronouns)


@pytest.mark.parametrize("code", CODES)
def test_every_letter_is_there_in_every_language(code: str) -> None:
    folder = files("amends.packs") / "languages" / code / "letters"
    assert sorted(file.name for file in folder.iterdir()) == sorted(f"{name}.txt" for name in TEXTS)


@pytest.mark.parametrize("name", TEXTS)
def test_all_languages_say_the_same_in_the_same_paragraphs(name: str) -> None:
    shapes = {code: [blanks(code, p) for p in pack_text(code, name).strip().split("\n\n")] for code in CODES}
    assert [code for code, shape in shapes.items() if shape != shapes["en"]] == []


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("name", TEXTS)
def test_a_text_has_only_blanks_that_something_fills(code: str, name: str) -> None:
    assert faults(code, name, pack_text(code, name)) == []


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("name", TEXTS)
def test_no_apology_is_conditional_and_nobody_is_blamed(code: str, name: str) -> None:
    assert CONDITIONAL.search(pack_text(code, name)) is None


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("name", AT_FAULT)
def test_where_we_were_wrong_we_say_so(case: Callable[..., CaseFile], code: str, name: str) -> None:
    assert APOLOGY[code] in words_of(case(code), code, name).text


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("name", ["decision-rejected", "decision-in-part"])
def test_a_no_is_regretful_gives_its_reasons_and_says_where_to_turn(code: str, name: str) -> None:
    text = pack_text(code, name)
    assert REGRET[code] in text
    assert text.index("$reasons") < text.index("$where_to_turn")
    assert {"reasons", "where_to_turn"} <= set(letter_needs()[name])


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("name", TEXTS)
def test_what_a_text_needs_is_enough(case: Callable[..., CaseFile], code: str, name: str) -> None:
    """With the least that it needs, each text is still a letter, and nothing is left over."""
    whole = whole_case(code)
    least = {key: None for key in whole if key not in {*letter_needs()[name], "customer", "reference"}}
    said = words_of(case(code, **least), code, name)
    assert said.paragraphs
    shown = json.dumps([said.subject, [(p.lines, p.points) for p in said.paragraphs]], ensure_ascii=False)
    assert "$" not in shown
    assert "None" not in shown


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("name", TEXTS)
def test_the_mail_says_what_the_letter_says(case: Callable[..., CaseFile], code: str, name: str) -> None:
    whole = case(code)
    letter, mail = words_of(whole, code, name), mail_of(whole, code, name)
    assert mail.subject == letter.subject
    assert "\n" not in mail.subject
    at = 0
    for paragraph in letter.paragraphs:
        for said in (*paragraph.lines, *paragraph.points):
            at = mail.body.index(said, at)
    assert whole.signatory in mail.body[at:]
    assert whole.house.name in mail.body[at:]


def test_polish_pronouns_follow_the_title(case: Callable[..., CaseFile]) -> None:
    customer = {"name": "Jan Nowak"}
    said = {
        title: mail_of(case("pl", customer=customer | {"title": title}), "pl", "decision-upheld").body
        for title in ("Pani", "Pan", "")
    }
    assert said["Pani"].startswith("Szanowna Pani,\n\ndziękujemy")
    assert "Przepraszamy Panią za" in said["Pani"]
    assert "Przepraszamy Pana za" in said["Pan"]
    assert said[""].startswith("Szanowni Państwo,")
    assert "Przepraszamy Państwa za" in said[""]


@pytest.mark.parametrize(
    ("code", "title", "name", "opening"),
    [
        ("en", "Dr", "Ada Byron", "Dear Dr Byron,"),
        ("en", "", "Ada Byron", "Dear Ada Byron,"),
        ("sv", "herr", "Erik Lund", "Bäste Erik Lund,"),
        ("sv", "", "Erik Lund", "Hej Erik Lund,"),
        ("ms", "Puan", "Aminah binti Ali", "Puan,"),
        ("ms", "", "Aminah binti Ali", "Tuan/Puan,"),
        ("ms", "Dato'", "Rahman bin Ali", "YBhg. Dato',"),
        ("zh-hans", "先生", "王明", "尊敬的王明先生："),
        ("zh-hans", "", "王明", "尊敬的王明："),
    ],
)
def test_salutations(case: Callable[..., CaseFile], code: str, title: str, name: str, opening: str) -> None:
    given = case(code, customer={"name": name, "title": title})
    assert mail_of(given, code, "progress").body.split("\n")[0] == opening


def test_sums_and_dates_are_those_of_the_language(case: Callable[..., CaseFile]) -> None:
    said = {code: mail_of(case(code), code, "refund-notice").body.replace("\u00a0", " ") for code in CODES}
    assert "£129.00" in said["en"]
    assert "21 November 2026" in said["en"]
    assert "1 250,00 kr" in said["sv"]
    assert "den 21 november 2026" in said["sv"]
    assert "599,00 zł" in said["pl"]
    assert "21 listopada 2026 r." in said["pl"]
    assert "RM549.00" in said["ms"]
    assert "¥899.00" in said["zh-hans"]
    assert "2026年11月21日" in said["zh-hans"]
