"""The case file: every fault is named by its field, and all of them at once."""

import json
import re
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from amends.correspondence.letters.case_file import CaseFile, WrongCaseFile, read_case_file
from amends.correspondence.letters.fields import FIELDS, Money, Remedy
from amends.correspondence.letters.reading import clean
from amends.correspondence.phrasebook import letter_needs

ROOT = Path(__file__).resolve().parents[3]
LEAST = {"customer": {"name": "Anna"}, "reference": "1"}


def read(folder: Path, given: Any, *needs: str) -> CaseFile:
    path = folder / "case.json"
    path.write_text(given if isinstance(given, str) else json.dumps(given), "utf-8")
    return read_case_file(path, house="Our house", today=date(2026, 11, 22), needs=needs)


def problems(folder: Path, given: Any, *needs: str) -> list[str]:
    with pytest.raises(WrongCaseFile) as wrong:
        read(folder, given, *needs)
    return wrong.value.problems


def test_the_least(tmp_path: Path) -> None:
    case = read(tmp_path, LEAST)
    assert (case.house.name, case.day, case.customer.name, dict(case.values)) == (
        "Our house", date(2026, 11, 22), "Anna", {},
    )  # fmt: skip


def test_all_that_is_missing_is_said_at_once(tmp_path: Path) -> None:
    assert problems(tmp_path, {"title": " "}, "title", "findings", "remedies") == [
        f"{name} is missing: this text needs it."
        for name in ("customer.name", "reference", "title", "findings", "remedies")
    ]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"expires": "13/12/2026"}, "expires must be a date such as 2026-11-22."),
        ({"expires": 5}, "expires must be a date such as 2026-11-22."),
        ({"amount": 5}, 'amount must be a sum such as {"amount": "1250.00", "currency": "SEK"}.'),
        ({"amount": {"amount": "1", "currency": "XQZ"}}, "amount names the currency “XQZ”, which does not exist."),
        ({"amount": {"amount": "1e99", "currency": "SEK"}}, "amount holds the amount “1e99”, which is none."),
        ({"amount": {"amount": "NaN", "currency": "SEK"}}, "amount holds the amount “NaN”, which is none."),
        ({"link": "javascript:alert(1)"}, "link must be an address that begins with https:// or http://."),
        ({"remedies": [{"amount": "1"}]}, "remedies must say “what”, and may say “amount”, “currency” and “within_days”."),
        ({"remedies": [{"what": "a", "within_days": "x"}]}, "remedies must give “within_days” as a whole number."),
        ({"title": ["a"]}, "title must be text."),
        ({"house": "Us"}, "house must be an object: {…}."),
        ({"house": {"colour": "red"}}, "house.colour must be a colour such as #1f4e79."),
        ({"house": {"logo": "no.png"}}, "house.logo cannot be read: No such file or directory."),
        ({"house": {"logo": "case.json"}}, "house.logo must name a PNG, JPEG or SVG file."),
        ({"titel": "x"}, "No letter knows the field titel. Is “title” meant?"),
        ({"house": {"zzz": 1}}, "No letter knows the field house.zzz."),
        (
            {"customer": {"name": "A", "address": list("abcdefg")}},
            "customer.address has 7 lines; the window of the envelope shows 5.",
        ),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named(tmp_path: Path, given: dict[str, Any], said: str) -> None:
    assert problems(tmp_path, LEAST | given) == [said]


@pytest.mark.parametrize("given", ["", "{", "[1]", "7", "[" * 100_000])
def test_what_is_no_case_file(tmp_path: Path, given: str) -> None:
    assert len(problems(tmp_path, given)) == 1


def test_values_are_read_by_their_kind(tmp_path: Path) -> None:
    given = {
        "amount": {"amount": 12.5, "currency": "SEK"}, "expires": "2026-12-13T10:00:00", "questions": "One?",
        "remedies": ["A", {"what": "B", "amount": "7", "currency": "PLN", "within_days": 3}],
    }  # fmt: skip
    values = read(tmp_path, LEAST | given).values
    assert values["amount"] == Money(Decimal("12.5"), "SEK")
    assert values["expires"] == date(2026, 12, 13)
    assert values["questions"] == ("One?",)
    assert values["remedies"] == (Remedy("A"), Remedy("B", Money(Decimal(7), "PLN"), 3))


def test_nothing_invisible_comes_through() -> None:
    assert clean("a\u200bb\u0000c\ud800\u202ed\r\ne\tf\u00ad") == "abcd\ne f"
    assert clean("e\u0301") == "é"


def test_a_picture_that_is_none_is_refused(tmp_path: Path) -> None:
    (tmp_path / "logo.png").write_bytes(b"<html>")
    assert problems(tmp_path, LEAST | {"house": {"logo": "logo.png"}}) == [
        "house.logo is not the picture that its name says."
    ]


def test_the_documentation_names_every_field() -> None:
    told = (ROOT / "docs" / "letters.md").read_text("utf-8")
    assert [name for name in FIELDS if f"`{name}`" not in told] == []


@pytest.mark.parametrize("name", list(letter_needs()))
def test_the_example_of_each_text_is_enough_for_it(tmp_path: Path, name: str) -> None:
    told = (ROOT / "docs" / "letters.md").read_text("utf-8")
    example = re.search(rf"### {name}\n\n```json\n(.*?)```", told, re.DOTALL)
    assert example is not None
    assert read(tmp_path, example.group(1), *letter_needs()[name]).reference == "2026-000123"
