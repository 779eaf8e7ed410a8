"""What stands on the pages of an agreement, in each language and for each way of signing."""

import json
import re
from datetime import date, timedelta
from io import BytesIO

import pytest
from pypdf import PdfReader

from amends.correspondence.letters.case_file import House
from amends.correspondence.letters.layouts import Paper
from amends.correspondence.letters.logo import Logo
from amends.correspondence.phrasebook import phrases
from amends.correspondence.sealing.agreement_pdf import agreement_pages, set_agreement
from amends.correspondence.sealing.signed import FileOnCase
from amends.kit.chain import digest
from amends.people.languages import LANGUAGES
from tests.correspondence.sealing.conftest import NOON, TEXT, signed

CODES = [code for code, _name in LANGUAGES]
DRAWN = "M10 50 C 20 10 30 90 45 40 S 60 10 70 45 L 160 42"


def words(pdf: bytes) -> str:
    """All that is printed, in one line."""
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).split())


def test_what_was_signed_and_by_whom() -> None:
    said = words(set_agreement(signed()))
    for sentence in (
        "Settlement of complaint 2026-00042",
        "The kettle leaked, and we are sorry.",
        "1. Replacement: a new kettle, within 7 days",
        "Your rights under the law stay as they are.",
        "Offer made by Hanna Handler on 28 February 2026, 13:00:00 (UTC+01:00)",
        "Signed on 2 March 2026, 13:00:00 (UTC+01:00) with a one-",
        "Round 2, version 3 of the plan, made on 28 February 2026",
        "Clara Customer, the customer",
        "With a one-time code, sent to c…@e….org",
        "sent 2 March 2026, 12:58:00 (UTC+01:00)",
        "entered 2 March 2026, 13:00:00 (UTC+01:00)",
        "The name was typed.",
        "Event 31 of this complaint",
        "amends verify-agreement FILE",
        digest(TEXT),
        "ab" * 32,
        "cd" * 32,
    ):
        assert sentence in said, sentence
    assert "clara@example.org" not in said
    assert "second person" not in said


def test_signed_on_paper_by_a_representative() -> None:
    file = set_agreement(
        signed(
            name="Oscar Ombud",
            representative=True,
            authority=FileOnCase("authority.pdf", "11" * 32),
            scan=FileOnCase("scan.pdf", "22" * 32),
            dated=date(2026, 2, 27),
            brought_by="Hanna Handler",
            brought_at=NOON - timedelta(hours=3),
            checked_by="Karl Colleague",
            code_sent_to="",
            code_sent_at=None,
            code_used_at=None,
            self_made=False,
            stamped=True,
        )
    )
    said = words(file)
    for sentence in (
        "Representative: Oscar Ombud",
        "Oscar Ombud, representing Clara Customer",
        "Written authority on file: authority.pdf",
        "Signed on paper; the scan is on file",
        "Date on the paper: 27 February 2026",
        "Put on file by Hanna Handler on 2 March 2026, 10:00:00 (UTC+01:00)",
        "On paper. The scan is on file: scan.pdf",
        "Checked by a second person: Karl Colleague",
        "A time-stamp authority confirms when it was sealed.",
        "11" * 32,
        "22" * 32,
    ):
        assert sentence in said, sentence
    assert "one-time code" not in said
    assert "itself" not in said  # that a reader does not know the certificate
    held = json.loads(PdfReader(BytesIO(file)).attachments["evidence.json"][0])
    assert held["signed_as"] == "representative"
    assert (held["means"], held["code_sent_to"], held["code_sent_at"]) == ("paper", "", "")
    assert (held["authority_sha256"], held["scan_sha256"]) == ("11" * 32, "22" * 32)
    assert held["text_sha256"] == digest(TEXT)


@pytest.mark.parametrize("language", CODES)
def test_every_language_says_all_of_it(language: str) -> None:
    said = words(set_agreement(signed(language=language, drawing=DRAWN)))
    mine = phrases(language)["agreement"]
    bare = said.replace(" ", "")
    for label in (mine["parties"], mine["signatures"], mine["evidence"]["title"], mine["evidence"]["drawn"]):
        assert label.replace(" ", "") in bare, label
    assert "$" not in said.replace("SEK", "")
    assert digest(TEXT) in said


def test_the_languages_have_the_same_phrases() -> None:
    def blanks(language: str) -> dict[str, set[str]]:
        mine = phrases(language)["agreement"]
        flat = mine | {f"evidence.{name}": said for name, said in mine["evidence"].items()}
        del flat["evidence"]
        return {name: set(re.findall(r"\$[a-z]+", said)) for name, said in flat.items()}

    for language in CODES:
        assert blanks(language) == blanks("en"), language


def test_a_drawn_signature_is_on_the_page() -> None:
    drawn, typed = agreement_pages(signed(drawing=DRAWN)), agreement_pages(signed())
    assert len(drawn) == len(typed) == 2
    assert drawn[0] != typed[0]
    said = words(set_agreement(signed(drawing=DRAWN)))
    assert "The name was typed, and the signature drawn on the screen." in said


def test_characters_that_no_font_has() -> None:
    file = set_agreement(signed(name="Clara 🫖 Customer", text=TEXT + "\n\n☏𓀀"))
    said = words(file)
    assert "These characters cannot be shown in print and are marked □: U+" in said
    assert "U+1FAD6" in said
    assert "Clara □ Customer" in said
    assert PdfReader(BytesIO(file)).attachments["settlement.txt"] == [(TEXT + "\n\n☏𓀀").encode()]


def test_a_long_agreement_runs_on() -> None:
    text = TEXT + "\n\n" + "\n\n".join(f"We also promise number {n}." for n in range(80))
    pages = PdfReader(BytesIO(set_agreement(signed(text=text)))).pages
    assert len(pages) == 5
    assert "Page 5 of 5" in pages[4].extract_text()
    assert "Evidence of this agreement" in pages[4].extract_text()


def test_a_letterhead_with_a_logo_on_us_letter() -> None:
    svg = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 10"><rect width="40" height="10"/></svg>'
    house = House("Kettles & Co", web="https://kettles.example", logo=Logo("svg", svg))
    page = PdfReader(BytesIO(set_agreement(signed(house=house), paper=Paper.US_LETTER))).pages[0]
    assert float(page.mediabox.width) == 612
    assert "https://kettles.example" in page.extract_text()


def test_the_same_agreement_is_the_same_file() -> None:
    assert set_agreement(signed()) == set_agreement(signed())
