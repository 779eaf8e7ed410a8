"""amends letter: from a case file to a letter, without a database."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from tests.correspondence.letters.cases import whole_case


def run(folder: Path, given: dict[str, Any], *options: str) -> subprocess.CompletedProcess[str]:
    (folder / "case.json").write_text(json.dumps(given), "utf-8")
    command = [sys.executable, "-m", "amends.project", "letter", "--case", "case.json", *options]
    return subprocess.run(
        command, cwd=folder, capture_output=True, text=True, encoding="utf-8", timeout=60, check=False
    )


def test_a_letter_as_pdf(tmp_path: Path) -> None:
    options = "--layout semi-block --language sv --text decision-upheld --out letter.pdf".split()
    done = run(tmp_path, whole_case("sv"), *options)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert (
        "Ditt ärende 2026-000123: du har rätt" in PdfReader(tmp_path / "letter.pdf").pages[0].extract_text()
    )
    assert not list(tmp_path.rglob("*.sqlite3"))


def test_pages_as_pictures(tmp_path: Path) -> None:
    whole = whole_case(
        "pl", reasons="\n\n".join(["Ekspres został otwarty i przerobiony w innym serwisie. " * 9] * 5)
    )
    done = run(tmp_path, whole, *"--language pl --text decision-rejected --format png --out a.png".split())
    assert done.returncode == 0
    assert sorted(path.name for path in tmp_path.glob("*.png")) == ["a-1.png", "a-2.png"]


def test_the_words_as_a_mail(tmp_path: Path) -> None:
    done = run(tmp_path, whole_case("zh-hans"), *"--language zh-hans --text offer --format text".split())
    assert done.stdout.startswith("关于您的投诉 2026-000123 的解决方案\n\n尊敬的王芳女士：\n\n感谢您的耐心。")


@pytest.mark.parametrize(
    ("given", "options", "said"),
    [
        ({}, "--text progress --out a.pdf", "title is missing: this text needs it."),
        ({"language": "xx"}, "--text closing-thanks --out a.pdf", "There are no letters in “xx”"),
        ({}, "--text closing-thanks", "Say with --out where the letter is to be written."),
        ({"title": "😀"}, "--text closing-thanks --out a.pdf", "The fonts have no picture for 😀 (U+1F600)."),
        ({}, "--text closing-thanks --out no/such/a.pdf", "No such file or directory"),
    ],
)  # fmt: skip
def test_what_cannot_be_set_is_refused_in_a_sentence(
    tmp_path: Path, given: dict[str, Any], options: str, said: str
) -> None:
    least = {"customer": {"name": "Anna"}, "reference": "1"} | (
        {"title": "x"} if "closing" in options else {}
    )
    done = run(tmp_path, least | given, *options.split())
    assert done.returncode == 2
    assert said in done.stderr
    assert not list(tmp_path.rglob("*.pdf"))
