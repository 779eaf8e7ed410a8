"""Letters as pages: every text in every language, each layout's places, hostile words, missing characters."""

import re
from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import cast

import pytest
from pypdf import PdfReader
from pypdf.generic import DictionaryObject, StreamObject

from amends.correspondence.letters.address import salutation
from amends.correspondence.letters.case_file import CaseFile
from amends.correspondence.letters.layouts import Layout, Paper, Window
from amends.correspondence.letters.letter import letter_data
from amends.correspondence.letters.setting import NoGlyph, set_pdf, set_png
from amends.correspondence.phrasebook import letter_needs
from amends.people.languages import LANGUAGES
from tests.correspondence.letters.conftest import Set

CODES = [code for code, _ in LANGUAGES]
Letter = Callable[..., Set]
HOSTILE = (
    'A #panic("x") $x^2$ *b* _i_ @ref <label> \\ \\u{41} `code` [c] {d} '
    '// e /* f */ = g + h - i ~ "q" \' ${title}'
)
MARGIN, CENTRE, HALF_INCH = 25.0, 105.0, 12.7
NEAR = 0.3  # millimetres
LOGO = {"name": "Harbour", "logo": "logo.svg"}


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("name", list(letter_needs()))
def test_every_letter_in_every_language(
    letter: Letter, case: Callable[..., CaseFile], code: str, name: str
) -> None:
    made, given = letter(code, name), case(code)
    assert made.data.startswith(b"%PDF-1.7")
    assert len(made.reader.pages) <= 2
    for words in (salutation(given.customer, code), given.reference, given.house.name, given.signatory):
        assert words.replace("　", "") in made.text
    assert not re.search(r"\$\w|None\b", made.text)


def test_the_file_is_fit_for_the_archive_and_for_a_screen_reader(letter: Letter) -> None:
    reader = letter("pl").reader
    root = reader.root_object
    assert cast(DictionaryObject, root["/MarkInfo"])["/Marked"]
    assert str(root["/Lang"]) == "pl-PL"
    assert reader.metadata is not None
    assert reader.metadata.title == "Reklamacja 2026-000123 – uznanie reklamacji"
    assert reader.metadata.creation_date is not None
    assert reader.metadata.creation_date.date() == date(2026, 11, 22)
    xmp = cast(StreamObject, root["/Metadata"]).get_data().decode()
    assert "<pdfaid:part>2</pdfaid:part>" in xmp
    assert "<pdfaid:conformance>A</pdfaid:conformance>" in xmp
    assert "<pdfuaid:part>1</pdfuaid:part>" in xmp


def test_full_block_begins_everything_at_the_left(letter: Letter) -> None:
    made = letter("en", layout=Layout.FULL_BLOCK)
    for words in (
        "22 November 2026",
        "Ms Anna",
        "Dear Ms",
        "Thank you for telling",
        "Yours sincerely",
        "Helen Moss",
    ):
        assert made.at(words)[0] == pytest.approx(MARGIN, abs=NEAR)


def test_modified_block_begins_date_and_close_at_the_centre(letter: Letter) -> None:
    made = letter("en", layout=Layout.MODIFIED_BLOCK)
    for words in ("22 November 2026", "Yours sincerely", "Helen Moss"):
        assert made.at(words)[0] == pytest.approx(CENTRE, abs=NEAR)
    for words in ("Ms Anna", "Dear Ms", "Thank you for telling"):
        assert made.at(words)[0] == pytest.approx(MARGIN, abs=NEAR)


@pytest.mark.parametrize("code", CODES)
def test_semi_block_indents_first_lines_by_half_an_inch(
    letter: Letter, case: Callable[..., CaseFile], code: str
) -> None:
    made, given = letter(code, layout=Layout.SEMI_BLOCK), case(code)
    first = {
        "en": "Thank you",
        "sv": "Tack för",
        "pl": "dziękujemy",
        "ms": "Terima kasih",
        "zh-hans": "感谢您向",
    }[code]
    assert made.at(first)[0] == pytest.approx(MARGIN + HALF_INCH, abs=NEAR)
    assert made.at(salutation(given.customer, code))[0] == pytest.approx(MARGIN, abs=NEAR)
    signed = "李静" if code == "zh-hans" else given.signatory
    assert made.at(signed)[0] >= CENTRE - NEAR


@pytest.mark.parametrize("code", CODES)
def test_a_layout_puts_the_close_where_its_table_says_in_every_language(letter: Letter, code: str) -> None:
    close = {"en": "Yours", "sv": "Med vänlig", "pl": "Z poważaniem", "ms": "Yang benar", "zh-hans": "敬礼"}[
        code
    ]
    assert letter(code, layout=Layout.FULL_BLOCK).at(close)[0] == pytest.approx(MARGIN, abs=NEAR)
    assert letter(code, layout=Layout.MODIFIED_BLOCK).at(close)[0] == pytest.approx(CENTRE, abs=NEAR)


def test_swedish_letters(letter: Letter) -> None:
    made = letter("sv")
    assert made.at("22 november 2026")[0] > CENTRE
    assert made.at("Anna Lindgren")[0] == pytest.approx(117, abs=NEAR)
    assert made.at("Ditt ärende")[1] < made.at("Bästa Anna")[1]
    assert made.at("Med vänlig hälsning")[0] == pytest.approx(MARGIN, abs=NEAR)


def test_polish_letters(letter: Letter) -> None:
    made = letter("pl")
    x, y = made.at("Warszawa, 22 listopada 2026 r.")
    assert x > CENTRE
    assert made.at("Pani Anna Żółkiewska")[1] > y
    assert made.at("Pani Anna Żółkiewska")[0] > CENTRE
    assert made.at("Reklamacja 2026")[1] < made.at("Szanowna Pani,")[1]
    assert made.reader.metadata is not None
    assert not str(made.reader.metadata.title).endswith(".")
    assert made.at("Z poważaniem")[0] > CENTRE
    assert made.at("Hanna Łęcka")[0] > CENTRE


def test_malay_letters(letter: Letter) -> None:
    made = letter("ms")
    yours, ours, dated = (made.at(words) for words in ("Ruj. Tuan:", "Ruj. Kami:", "Tarikh:"))
    assert min(yours[0], ours[0], dated[0]) > CENTRE
    assert yours[1] < ours[1] < dated[1] < made.at("Encik Ahmad")[1]
    assert made.at("Encik Ahmad")[0] == pytest.approx(MARGIN, abs=NEAR)
    assert made.at("Tuan,")[1] < made.at("Aduan 2026")[1]
    numbers = re.findall(r"(?<![\d.])(\d)\. +[A-Z]", made.text)
    assert numbers == [str(n) for n in range(2, 2 + len(numbers))]
    assert len(numbers) == 8
    assert "1. Terima" not in made.text
    assert "(a) Kami memulangkan" in made.text
    assert made.at("Sekian, terima kasih.")[1] < made.at("Yang benar,")[1]


def test_chinese_letters(letter: Letter) -> None:
    made, two = letter("zh-hans"), 2 * 11 / 72 * 25.4
    assert made.at("尊敬的王芳女士：")[0] == pytest.approx(MARGIN, abs=NEAR)
    assert made.at("感谢您向")[0] == pytest.approx(MARGIN + two, abs=NEAR)
    assert made.at("此致")[0] == pytest.approx(MARGIN + two, abs=NEAR)
    assert made.at("敬礼")[0] == pytest.approx(MARGIN, abs=NEAR)
    assert made.at("敬礼")[1] > made.at("此致")[1]
    assert made.at("客户服务部经理")[0] > CENTRE
    assert "客户服务部经理李静2026年11月22日" in made.text.replace(" ", "")


def test_the_address_stands_in_the_window(letter: Letter) -> None:
    assert 45 < letter("en").at("Ms Anna")[1] < letter("en").at("GL50 1AA")[1] < 90
    assert letter("en", window=Window.RIGHT).at("Ms Anna")[0] == pytest.approx(117, abs=NEAR)
    assert letter("sv", window=Window.LEFT).at("Anna Lindgren")[0] == pytest.approx(MARGIN, abs=NEAR)
    us = letter("en", paper=Paper.US_LETTER)
    assert [round(float(side)) for side in us.reader.pages[0].mediabox[2:]] == [612, 792]
    assert us.at("Ms Anna")[1] > 2.3 * 25.4
    assert "November 22, 2026" in us.text


def test_pages_are_numbered_from_the_second_on(letter: Letter) -> None:
    reason = "It had been opened by another workshop, and the seal was gone when it came to us. " * 6
    made = letter("en", "decision-rejected", reasons="\n\n".join([reason] * 9))
    texts = [page.extract_text() for page in made.reader.pages]
    assert len(texts) >= 2
    assert "Page" not in texts[0]
    assert [f"Page {n} of {len(texts)}" in text for n, text in enumerate(texts[1:], start=2)] == [True] * (
        len(texts) - 1
    )
    assert "Yours sincerely" in texts[-1]
    assert "Thank you for telling us openly" in texts[-1]  # the signature does not stand alone


def test_many_letters_in_one_file_have_pages_of_their_own(case: Callable[..., CaseFile]) -> None:
    long = "\n\n".join(["It was opened by another workshop before it came to us. " * 9] * 5)
    letters = [
        letter_data(case("en", reasons=long), "en", "decision-rejected", layout=None, paper=Paper.A4, window=None),
        letter_data(case("zh-hans"), "zh-hans", "mass-letter", layout=None, paper=Paper.A4, window=None),
        letter_data(case("en", reasons=long), "en", "decision-rejected", layout=None, paper=Paper.A4, window=None),
    ]  # fmt: skip
    texts = [page.extract_text() for page in PdfReader(BytesIO(set_pdf(letters))).pages]
    assert len(texts) == 5
    assert ["Page 2 of 2" in text for text in texts] == [False, True, False, False, True]


@pytest.mark.parametrize("field", ["title", "findings", "prevention", "text"])
def test_what_people_write_is_shown_and_never_carried_out(letter: Letter, field: str) -> None:
    made = letter("en", **{field: HOSTILE})
    assert " ".join(HOSTILE.split()) in made.text


def test_numbered_lines_hang_beside_their_number(letter: Letter) -> None:
    said = "What we do:\n1. Refund, within 5 days\nto your account\n2. Apology"
    made = letter("en", findings=said)
    assert "What we do: 1. Refund, within 5 days to your account 2. Apology" in made.text
    refund = made.at("Refund, within")[0]
    assert refund > MARGIN + 5
    for words in ("to your account", "Apology"):
        assert made.at(words)[0] == pytest.approx(refund, abs=NEAR)


def test_hostile_words_in_the_frame_of_a_letter(letter: Letter) -> None:
    made = letter(
        "en", reference="#1 *2*", your_reference="$x$", enclosures=["_a_ #b"], copies=["@c <d>"],
        customer={"name": "A #b *c*", "address": ["\\d `e`"]}, house={"name": "H #i", "address": ["[j]"]},
        signatory={"name": "$k$ _l_", "position": "#m"},
    )  # fmt: skip
    for words in ("#1 *2*", "$x$", "_a_ #b", "@c <d>", "A #b *c*", "\\d `e`", "H #i", "[j]", "$k$ _l_", "#m"):
        assert words in made.text


@pytest.mark.parametrize("character", ["😀", "ع", "𠮷"])
def test_a_character_that_no_font_has_is_refused(letter: Letter, character: str) -> None:
    with pytest.raises(NoGlyph) as refused:
        letter("en", findings=f"It broke {character} at once.")
    assert refused.value.characters == [character]


def test_names_of_all_five_languages_can_stand_in_one_letter(letter: Letter) -> None:
    name = "Åsa Żółć Ørsted 王小明"
    assert name in letter("en", customer={"name": name}).text.replace("  ", " ")


def test_the_same_letter_gives_the_same_file(letter: Letter) -> None:
    assert letter("sv").data == letter("sv").data


def test_pictures_of_the_pages(case: Callable[..., CaseFile]) -> None:
    for text, count in (("receipt", 1), ("offer", 2)):
        pages = set_png([letter_data(case("sv"), "sv", text, layout=None, paper=Paper.A4, window=None)])
        assert len(pages) == count
        assert all(page.startswith(b"\x89PNG") for page in pages)


def test_a_logo_stands_on_the_letter(letter: Letter, tmp_path: Path) -> None:
    picture = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 3"><rect width="9" height="3"/></svg>'
    (tmp_path / "logo.svg").write_text(picture)
    head = [letter("en", house=house).at("Harbour")[1] for house in ({"name": "Harbour"}, LOGO)]
    assert head[0] < 20
    assert head[1] > 90  # the name is in the picture; as words it first comes with the signature
