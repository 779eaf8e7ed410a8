"""The house's logo: read from beside a case file, or uploaded for the letterhead; both checked here."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from amends.correspondence.letters.reading import Wrong, line

FORMATS = {".png": "png", ".jpg": "jpg", ".jpeg": "jpg", ".svg": "svg"}
BEGINS = {"png": b"\x89PNG\r\n\x1a\n", "jpg": b"\xff\xd8\xff"}
MOST_BYTES = 2_000_000  # larger than any letterhead needs, and each letter carries it


@dataclass(frozen=True)
class Logo:
    """A picture's bytes, and which kind Typst is to read them as."""

    format: str
    data: bytes


def read_logo(folder: Path, given: Any) -> Logo:
    """The picture that a case file names, relative to its folder. Raises Wrong when it is none."""
    path = folder / line(given)
    _kind(path.name)
    try:
        data = path.read_bytes()
    except OSError as error:
        raise Wrong(_("cannot be read: %(reason)s") % {"reason": error.strerror}) from None
    return checked(path.name, data)


def checked(name: str, data: bytes) -> Logo:
    """A picture by its file name and its bytes. Raises Wrong when one does not fit the other."""
    kind = _kind(name)
    if len(data) > MOST_BYTES:
        raise Wrong(_("is larger than 2 MB"))
    if not data.startswith(BEGINS.get(kind, b"")) or (kind == "svg" and b"<svg" not in data):
        raise Wrong(_("is not the picture that its name says"))
    return Logo(kind, data)


def _kind(name: str) -> str:
    kind = FORMATS.get(Path(name).suffix.lower())
    if kind is None:
        raise Wrong(_("must name a PNG, JPEG or SVG file"))
    return kind
