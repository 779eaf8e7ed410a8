"""A scan as pictures, so that it can be seen beside the text that it should hold.

A browser is never given the file itself to show: a PDF is drawn here, page by page, by Typst.
"""

from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

import typst
from pypdf import PdfReader
from pypdf.errors import PyPdfError

from amends.cases.documents import path_of
from amends.cases.models import Document

MOST_PAGES = 20  # a settlement is shorter
PIXELS_PER_INCH = 110  # A4 at 900 pixels: handwriting can be read
SHOWN_AS_IT_IS = ("image/png", "image/jpeg", "image/gif", "image/webp")
DRAW = '#set page(width: auto, height: auto, margin: 0pt)\n#image("scan.pdf", page: {page}, width: 210mm)\n'


class NoPicture(ValueError):
    """A file, or a page of it, of which no picture can be made."""


def pages_of(scan: Document) -> int:
    """How many pages can be shown; 0 for a kind of file that cannot, or one that cannot be read."""
    if scan.media_type in SHOWN_AS_IT_IS:
        return 1
    if scan.media_type != "application/pdf":
        return 0
    try:
        return min(len(PdfReader(path_of(scan.sha256)).pages), MOST_PAGES)
    except (PyPdfError, OSError, ValueError, RecursionError):
        return 0


def page_picture(scan: Document, page: int) -> tuple[bytes, str]:
    """One page (from 1) as bytes, and their media type. Raises NoPicture."""
    if scan.media_type in SHOWN_AS_IT_IS and page == 1:
        try:
            return path_of(scan.sha256).read_bytes(), scan.media_type
        except OSError as gone:
            raise NoPicture(scan.name) from gone
    if scan.media_type != "application/pdf" or not 1 <= page <= MOST_PAGES:
        raise NoPicture(scan.name)
    return _drawn(scan.sha256, page), "image/png"


@lru_cache(maxsize=16)
def _drawn(sha256: str, page: int) -> bytes:
    with TemporaryDirectory() as folder:
        main, copy = Path(folder) / "main.typ", Path(folder) / "scan.pdf"
        try:
            copy.write_bytes(path_of(sha256).read_bytes())
            main.write_text(DRAW.format(page=page), "utf-8")
            made = typst.compile(main, root=Path(folder), format="png", ppi=PIXELS_PER_INCH)
        except (typst.TypstError, OSError) as wrong:
            raise NoPicture(str(wrong)) from wrong
    assert isinstance(made, bytes)  # one page was asked for
    return made
