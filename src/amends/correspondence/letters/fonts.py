"""The fonts of letters, and whether they have a picture for every character.

Latin letters are set in Libertinus Serif, which Typst carries, Chinese in Noto Serif SC and, for the subject,
Noto Sans SC, as Chinese print has it. ``coverage.txt`` lists what these have together, since Typst sets a
missing character as nothing at all and says so only for PDF/A.
"""

import unicodedata
from bisect import bisect_right
from functools import cache
from pathlib import Path

from pylopdf_fonts_zh_cn import serif_path

COVERAGE = Path(__file__).with_name("coverage.txt")


def font_folder() -> Path:
    """Where the Chinese fonts lie."""
    return serif_path().parent


@cache
def _ranges() -> tuple[list[int], list[int]]:
    pairs = [row.split("-") for row in COVERAGE.read_text("ascii").split()]
    return [int(pair[0], 16) for pair in pairs], [int(pair[-1], 16) for pair in pairs]


def covered(character: str) -> bool:
    """Whether the fonts have this one character."""
    starts, ends = _ranges()
    at = bisect_right(starts, ord(character)) - 1
    return at >= 0 and ord(character) <= ends[at]


def uncovered(text: str) -> list[str]:
    """The characters that no font has, each once, in order. Line ends and spaces need no picture."""
    composed = unicodedata.normalize("NFC", text)
    return [c for c in dict.fromkeys(composed) if not c.isspace() and not covered(c)]
