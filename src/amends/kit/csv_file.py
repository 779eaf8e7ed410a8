"""A table as a CSV file, sent as it is read from the database.

UTF-8 with a byte order mark, because the spreadsheet programs of most houses read it wrongly without. What
people typed is never read as a formula by such a program: a text cell that looks like one begins with an
apostrophe.
"""

import csv
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.http import StreamingHttpResponse

MARK = "\ufeff"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_file(name: str, heads: Sequence[object], rows: Iterable[Sequence[object]]) -> StreamingHttpResponse:
    """The answer that brings ``rows`` under ``heads`` as the file ``name`` (ASCII). Numbers stay numbers,
    with a point; all else is written as text.
    """
    response = StreamingHttpResponse(_lines(heads, rows), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


class _Echo:
    def write(self, line: str) -> str:
        """What the writer wants written, given back."""
        return line


def _lines(heads: Sequence[object], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    writer: Any = csv.writer(_Echo())
    yield MARK + writer.writerow(heads)
    for row in rows:
        yield writer.writerow([_harmless(cell) for cell in row])


def _harmless(cell: object) -> object:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell
