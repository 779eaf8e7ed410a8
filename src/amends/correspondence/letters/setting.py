"""Setting letters with Typst. One compiler a process: to make one costs more than to set thirty letters."""

import json
import threading
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import typst

from amends.correspondence.letters.fonts import font_folder, uncovered

TEMPLATE = Path(__file__).with_name("letter.typ")
ARCHIVE: "list[typst.PDFStandard]" = ["a-2a", "ua-1"]  # for the archive, and for a screen reader
PIXELS_PER_INCH = 144
NOT_TEXT = {"data", "qr", "drawing", "style", "measures"}  # what no reader sees as letters

_one_at_a_time = threading.Lock()  # the inputs belong to the compiler, not to the call


class NoGlyph(ValueError):
    """Characters that the fonts cannot show; ``characters`` are these."""

    def __init__(self, characters: list[str]) -> None:
        super().__init__(" ".join(f"{c} (U+{ord(c):04X})" for c in characters))
        self.characters = characters


@cache
def _compiler() -> typst.Compiler:
    root = TEMPLATE.parent.parent  # where the templates of other papers lie as well
    return typst.Compiler(TEMPLATE, root=root, font_paths=[font_folder()], ignore_system_fonts=True)


def set_pdf(letters: Sequence[dict[str, Any]]) -> bytes:
    """The letters as one tagged PDF/A-2a and PDF/UA-1 document, titled and dated as the first of them.

    Raises NoGlyph when a character is in none of the fonts, typst.TypstError for a logo that is no picture.
    """
    _check_glyphs(letters)
    return _compile(letters, format="pdf", pdf_standards=ARCHIVE)[0]


def set_png(letters: Sequence[dict[str, Any]]) -> list[bytes]:
    """The same pages as pictures, one a page. Raises as ``set_pdf``."""
    _check_glyphs(letters)
    return _compile(letters, format="png", ppi=PIXELS_PER_INCH)


def _compile(letters: Sequence[dict[str, Any]], **options: Any) -> list[bytes]:
    return compiled(TEMPLATE, {"letters": json.dumps(list(letters), ensure_ascii=False)}, **options)


def compiled(template: Path, said: Mapping[str, str], **options: Any) -> list[bytes]:
    """What ``typst.Compiler.compile`` makes of a template with these inputs. Raises typst.TypstError."""
    with _one_at_a_time:
        made = _compiler().compile(input=template, sys_inputs=dict(said), **options)
    assert made is not None
    return made if isinstance(made, list) else [made]


def _check_glyphs(letters: Sequence[dict[str, Any]]) -> None:
    if missing := uncovered("".join(dict.fromkeys("".join(strings(list(letters)))))):
        raise NoGlyph(missing)


def without(letter: dict[str, Any], characters: Sequence[str], *, instead: str = "") -> dict[str, Any]:
    """The letter without these characters, or with another one instead of each."""
    gone = str.maketrans(dict.fromkeys(characters, instead))
    return {name: part if name in NOT_TEXT else _cleared(part, gone) for name, part in letter.items()}


def _cleared(value: Any, gone: dict[int, str]) -> Any:
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value).translate(gone)
    if isinstance(value, dict):
        return {name: part if name in NOT_TEXT else _cleared(part, gone) for name, part in value.items()}
    return [_cleared(part, gone) for part in value] if isinstance(value, list | tuple) else value


def strings(value: Any) -> Iterator[str]:
    """Everything in it that a reader sees."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, part in value.items():
            if name not in NOT_TEXT:
                yield from strings(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from strings(part)
