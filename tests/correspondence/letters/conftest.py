"""Letters made from whole cases, and what stands where on their pages."""

import io
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from pypdf import PageObject, PdfReader

from amends.correspondence.letters.case_file import CaseFile, read_case_file
from amends.correspondence.letters.layouts import Layout, Paper, Window
from amends.correspondence.letters.letter import letter_data
from amends.correspondence.letters.setting import set_pdf
from tests.correspondence.letters.cases import whole_case

POINTS_A_MM = 72 / 25.4


@dataclass(frozen=True)
class Set:
    """A letter as it was set."""

    data: bytes
    reader: PdfReader

    @property
    def text(self) -> str:
        """All words, with plain spaces, whatever the lines are."""
        return " ".join(" ".join(page.extract_text() for page in self.reader.pages).split())

    def at(self, words: str) -> tuple[float, float]:
        """Where these words begin: millimetres from the left edge and from the top of the first page."""
        for page in self.reader.pages:
            for x, y, said in placed(page):
                if words in said:
                    return x, y + (page.page_number or 0) * float(page.mediabox.height) / POINTS_A_MM
        raise AssertionError(f"{words!r} is not in the letter")


def placed(page: PageObject) -> list[tuple[float, float, str]]:
    """Every run of text with its place, in millimetres from the left and the top."""
    found: list[tuple[float, float, str]] = []
    height = float(page.mediabox.height)

    def see(text: str, cm: list[float], tm: list[float], *_: Any) -> None:
        x = tm[4] * cm[0] + cm[4]
        y = tm[5] * cm[3] + cm[5]
        if text.strip():
            found.append((x / POINTS_A_MM, (height - y) / POINTS_A_MM, text.strip().replace("\u00a0", " ")))

    page.extract_text(visitor_text=see)
    return found


@pytest.fixture
def case(tmp_path: Path) -> Callable[..., CaseFile]:
    """case("sv", title=…): the whole case of a language, read from its JSON."""

    def read(language: str, **changes: Any) -> CaseFile:
        path = tmp_path / "case.json"
        path.write_text(json.dumps(whole_case(language, **changes)), "utf-8")
        return read_case_file(path, house="House", today=date(2026, 11, 22))

    return read


@pytest.fixture
def letter(case: Callable[..., CaseFile]) -> Callable[..., Set]:
    """letter("sv", "offer", layout=…): the letter set as PDF."""

    def make(
        language: str,
        name: str = "decision-upheld",
        layout: Layout | None = None,
        paper: Paper = Paper.A4,
        window: Window | None = None,
        **changes: Any,
    ) -> Set:
        made = letter_data(
            case(language, **changes), language, name, layout=layout, paper=paper, window=window
        )
        data = set_pdf([made])
        return Set(data, PdfReader(io.BytesIO(data)))

    return make
