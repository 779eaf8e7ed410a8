"""Accepting files: how large, of what kind, and where their bytes lie.

What a file says it is (its name's ending) must be what its bytes are: a program with the name of a
photo is refused. Files are never shown in the page, only handed out as downloads.
"""

from __future__ import annotations

import os
import re
import secrets
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

import puremagic
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from amends.cases.models import Document
from amends.kit.chain import digest

LARGEST = 20 * 1024 * 1024  # bytes

KINDS: dict[str, tuple[str, tuple[str, ...]]] = {
    # ending: (media type, endings that the bytes may be recognised as)
    "pdf": ("application/pdf", ("pdf", "ai")),
    "png": ("image/png", ("png", "apng")),
    "jpg": ("image/jpeg", ("jpg", "jpeg", "jfif", "jpe")),
    "jpeg": ("image/jpeg", ("jpg", "jpeg", "jfif", "jpe")),
    "gif": ("image/gif", ("gif",)),
    "webp": ("image/webp", ("webp",)),
    "heic": ("image/heic", ("heic", "heif", "mp4", "mov")),
    "mp3": ("audio/mpeg", ("mp3",)),
    "m4a": ("audio/mp4", ("m4a", "mp4")),
    "mp4": ("video/mp4", ("mp4", "m4v", "mov")),
    "mov": ("video/quicktime", ("mov", "mp4")),
    "docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", ("docx", "zip")),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ("xlsx", "zip")),
    "odt": ("application/vnd.oasis.opendocument.text", ("odt", "zip")),
    "txt": ("text/plain", ()),
    "csv": ("text/csv", ()),
    "eml": ("message/rfc822", ()),
    "ics": ("text/calendar", ()),
    "vcf": ("text/vcard", ()),
}


# What an office file, which is a zip archive, holds: any other archive under its name is in disguise.
INSIDE = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml", "odt": "content.xml"}
LARGEST_UNPACKED = 200 * 1024 * 1024  # bytes; beyond it is a trap for who opens it


class NotAccepted(Exception):
    """A file that is refused. ``why`` is a sentence for the person; ``status`` an HTTP status code.

    ``code`` is one word for the same: large, empty, kind, disguised.
    """

    def __init__(self, why: str | Promise, status: int, code: str) -> None:
        super().__init__(str(why))
        self.why, self.status, self.code = why, status, code


def accept(upload: UploadedFile[Any]) -> Document:
    """Check an upload and put its bytes away. Returns an unsaved Document for ``actions.attach``.

    Raises NotAccepted: 413 for one over 20 MB, 415 for a kind we do not take or one in disguise.
    """
    name = clean_name(upload.name or "")
    _check_size(name, upload.size or 0)
    return accept_bytes(name, upload.read())


def accept_bytes(name: str, content: bytes) -> Document:
    """The same for a file that came otherwise, in a mail."""
    name = clean_name(name)
    _check_size(name, len(content))
    if not content:
        raise NotAccepted(_("“%(name)s” is empty.") % {"name": name}, 415, "empty")
    return kept(name, _checked_type(name, content), content)


def _check_size(name: str, size: int) -> None:
    if size > LARGEST:
        text = _("“%(name)s” is larger than 20 MB. Send a smaller one; the rest of what you wrote is kept.")
        raise NotAccepted(text % {"name": name}, 413, "large")


def kept(name: str, media_type: str, content: bytes) -> Document:
    """A file of the house's own making, or checked before, put away. Returns an unsaved Document."""
    return Document(name=name, media_type=media_type, size=len(content), sha256=put_away(content))


def put_away(content: bytes) -> str:
    """Put bytes where ``path_of`` finds them, on the disk before this returns; their digest.

    Flushed after it has its name, the file is there under this name after a power cut, and with one flush.
    """
    sha256 = digest(content)
    path = path_of(sha256)
    if path.exists() and path.stat().st_size == len(content):
        with path.open("rb") as file:
            os.fsync(file.fileno())  # whoever put it there may be at it still
        return sha256
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(f".{secrets.token_hex(4)}.part")  # two may put the same away at once
    with part.open("wb") as file:
        file.write(content)
        file.flush()
        part.replace(path)
        os.fsync(file.fileno())
    return sha256


def path_of(sha256: str) -> Path:
    """Where the bytes with this digest lie."""
    return Path(settings.AMENDS_DATA_DIR) / "documents" / sha256[:2] / sha256


def clean_name(name: str) -> str:
    """A file name without folders and control characters, at most 120 characters, its ending kept."""
    name = re.sub(r"[\x00-\x1f\x7f/\\]", "_", name.replace("\\", "/").rsplit("/", 1)[-1]).strip() or "file"
    stem, dot, ending = name.rpartition(".")
    return f"{stem[:110]}{dot}{ending[:9]}" if dot else name[:120]


def _checked_type(name: str, content: bytes) -> str:
    ending = name.rpartition(".")[2].lower()
    if ending not in KINDS:
        text = _(
            "“%(name)s” is of a kind we do not take. Photos, PDF, text, office files, sound, film are fine."
        )
        raise NotAccepted(text % {"name": name}, 415, "kind")
    media_type, recognised = KINDS[ending]
    if recognised:
        seen = {match.extension.lstrip(".").lower() for match in _recognise(content)}
        fine = bool(seen & set(recognised)) and (ending not in INSIDE or _is_office(content, INSIDE[ending]))
    else:
        fine = b"\0" not in content[:65536] and not content.startswith(
            (b"\x7fELF", b"MZ", b"%PDF", b"PK\x03\x04")
        )
    if not fine:
        text = _("“%(name)s” is not what its name says it is, so we do not take it.")
        raise NotAccepted(text % {"name": name}, 415, "disguised")
    return media_type


def _is_office(content: bytes, main_part: str) -> bool:
    """Whether an archive holds the part that makes it an office file, and unpacks to a bearable size."""
    try:
        with ZipFile(BytesIO(content)) as archive:
            parts = archive.infolist()
    except (BadZipFile, ValueError, RuntimeError):
        return False
    named = any(part.filename == main_part for part in parts)
    return named and sum(part.file_size for part in parts) <= LARGEST_UNPACKED


def _recognise(content: bytes) -> list[puremagic.PureMagicWithConfidence]:
    try:
        return puremagic.magic_string(content)
    except puremagic.PureError:
        return []
