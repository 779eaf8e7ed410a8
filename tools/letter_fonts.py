"""Write which characters the letter fonts have, to correspondence/letters/coverage.txt.

Run it after Typst or the font package has a new version: python -m tools.letter_fonts [--check]
"""

import io
import re
import sys
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

import typst
from fontTools.ttLib import TTFont, TTLibError

from amends.correspondence.letters.fonts import COVERAGE, font_folder

LATIN = ("Libertinus Serif Regular", "Libertinus Serif Semibold")
MOST_BYTES = 3_000_000  # more than any of the fonts in Typst has


def latin() -> set[int]:
    """What both weights of the Latin font have, read out of Typst's own binary."""
    binary = next(Path(typst.__file__).parent.glob("*.so")).read_bytes()
    found = dict(_fonts(binary))
    return found[LATIN[0]] & found[LATIN[1]]


def _fonts(binary: bytes) -> Iterator[tuple[str, set[int]]]:
    for match in re.finditer(b"OTTO", binary):
        data = io.BytesIO(binary[match.start() : match.start() + MOST_BYTES])
        try:
            font = TTFont(data, lazy=True)
            name = font["name"].getDebugName(4)
            if name in LATIN:
                yield name, set(font.getBestCmap())
        except (TTLibError, KeyError, AssertionError, OverflowError, ValueError, AttributeError):
            continue  # four letters that were no font


def chinese() -> set[int]:
    """What the serif font has; the subject falls back to it."""
    return set(TTFont(font_folder() / "NotoSerifSC-Regular.otf", lazy=True).getBestCmap())


def table() -> str:
    """The ranges, one a line, in hexadecimal."""
    points = sorted(latin() | chinese())
    rows = []
    for _, run in groupby(enumerate(points), lambda pair: pair[1] - pair[0]):
        codes = [code for _, code in run]
        rows.append(f"{codes[0]:x}" if len(codes) == 1 else f"{codes[0]:x}-{codes[-1]:x}")
    return "\n".join(rows) + "\n"


if __name__ == "__main__":
    if "--check" in sys.argv:
        sys.exit(0 if COVERAGE.read_text("ascii") == table() else f"{COVERAGE.name} is not up to date")
    COVERAGE.write_text(table(), "ascii")
