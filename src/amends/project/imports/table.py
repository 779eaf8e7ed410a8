"""Reading a CSV file: its encoding, its fingerprint, its rows one by one with their line numbers."""

import csv
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

ENCODINGS = (
    "utf-8-sig",
    "cp1252",
)  # the first that decodes the whole file; cp1252 is what old Windows writes
LONGEST_CELL = 16 * 1024 * 1024  # characters; what is longer than a story may be is refused row by row


class WrongFile(Exception):
    """The file as a whole cannot be read as what it should be. Its text is a sentence for the person."""


@dataclass(frozen=True)
class Table:
    """A CSV file that was read through once: it decodes, and its size and SHA-256 are known."""

    path: Path
    encoding: str
    sha256: str
    header: tuple[str, ...]
    rows: int  # without header and empty lines

    @property
    def guessed(self) -> bool:
        """Whether it was not UTF-8, so that its letters are a guess."""
        return self.encoding != ENCODINGS[0]

    def read(self) -> Iterator[tuple[int, list[str]]]:
        """(line number where the row ends, cells) of each row after the header; empty lines are left out."""
        for line, cells in _rows(self.path, self.encoding):
            if line > 0:
                yield line, cells


def open_table(path: Path) -> Table:
    """Read the file through. Raises WrongFile with the reason when it is no readable CSV."""
    for encoding in ENCODINGS:
        try:
            return _read_through(path, encoding)
        except UnicodeDecodeError:
            continue
        except OSError as error:
            raise WrongFile(
                _("“%(name)s” cannot be opened: %(why)s") % _named(path, error.strerror)
            ) from error
        except csv.Error as error:
            raise WrongFile(_("“%(name)s” is not a CSV file: %(why)s") % _named(path, str(error))) from error
    raise WrongFile(_("“%(name)s” is neither UTF-8 nor Windows-1252 text.") % {"name": path.name})


def _named(path: Path, why: str | None) -> dict[str, str]:
    return {"name": path.name, "why": why or ""}


def _read_through(path: Path, encoding: str) -> Table:
    header: tuple[str, ...] = ()
    count = 0
    for line, cells in _rows(path, encoding):
        if line == 0:
            header = tuple(cell.strip() for cell in cells)
        else:
            count += 1
    with path.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    return Table(path, encoding, sha256, header, count)


def _rows(path: Path, encoding: str) -> Iterator[tuple[int, list[str]]]:
    """The header as line 0, then the rows with the line of the file on which each ends."""
    csv.field_size_limit(LONGEST_CELL)
    with path.open(encoding=encoding, newline="") as file:
        reader = csv.reader(file)
        yield 0, next(reader, [])
        yield from ((reader.line_num, cells) for cells in reader if cells)
