"""Going through a long list page by page, by the place of the last row instead of by counting.

A page is one indexed scan however far down the list it lies; nothing is counted.
"""

import base64
import binascii
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db.models import Model, Q, QuerySet

SIZE = 25
_LARGEST_ID = 2**63 - 1


class NotACursor(ValueError):
    """A cursor that was not made here."""


@dataclass(frozen=True)
class Page[Row: Model]:
    """Some rows of a list, and the cursor behind the last of them; empty where the list ends."""

    rows: Sequence[Row]
    after: str


def page_by_time[Row: Model](rows: QuerySet[Row], field: str, *, after: str, size: int = SIZE) -> Page[Row]:
    """The rows behind ``after``, the earliest ``field`` (a time that is never empty here) first.

    Raises NotACursor.
    """
    if after:
        moment, row_id = _read(after)
        # A range the index can start at, then the rows of that very moment that were already seen.
        rows = rows.filter(**{f"{field}__gte": moment})
        rows = rows.filter(Q(**{f"{field}__gt": moment}) | Q(pk__gt=row_id))
    found = list(rows.order_by(field, "pk")[: size + 1])
    return _page(found, size, lambda row: f"{_utc(getattr(row, field))}|{row.pk}")


def page_by_number[Row: Model](rows: QuerySet[Row], *, after: str, size: int = SIZE) -> Page[Row]:
    """The rows behind ``after`` in the order in which they were made. Raises NotACursor."""
    if after:
        try:
            rows = rows.filter(pk__gt=int(_decode(after)))
        except ValueError as error:
            raise NotACursor(after) from error
    found = list(rows.order_by("pk")[: size + 1])
    return _page(found, size, lambda row: str(row.pk))


def page_from_the_latest[Row: Model](
    rows: QuerySet[Row], field: str, *, after: str, size: int = SIZE
) -> Page[Row]:
    """The rows behind ``after``, the latest ``field`` (a time that is never empty here) first.

    Raises NotACursor.
    """
    if after:
        moment, row_id = _read(after)
        rows = rows.filter(**{f"{field}__lte": moment})
        rows = rows.filter(Q(**{f"{field}__lt": moment}) | Q(pk__lt=row_id))
    found = list(rows.order_by(f"-{field}", "-pk")[: size + 1])
    return _page(found, size, lambda row: f"{_utc(getattr(row, field))}|{row.pk}")


def page_from_the_top[Row: Model](
    rows: QuerySet[Row], field: str, *, after: str, size: int = SIZE
) -> Page[Row]:
    """The rows behind ``after``, the largest ``field`` (unique: id, reference) first. Raises NotACursor."""
    if after:
        rows = rows.filter(**{f"{field}__lt": _decode(after)})
    found = list(rows.order_by(f"-{field}")[: size + 1])
    return _page(found, size, lambda row: str(getattr(row, field)))


def _page[Row: Model](found: list[Row], size: int, place: Callable[[Row], str]) -> Page[Row]:
    more = len(found) > size
    rows = found[:size]
    return Page(rows, base64.urlsafe_b64encode(place(rows[-1]).encode()).decode().rstrip("=") if more else "")


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat()


def _read(cursor: str) -> tuple[datetime, int]:
    moment, _, number = _decode(cursor).partition("|")
    try:
        at, row_id = datetime.fromisoformat(moment), int(number)
    except ValueError as error:
        raise NotACursor(cursor) from error
    # At the ends of the calendar a change of zone would leave it.
    if at.tzinfo is None or not 1990 < at.year < 2200 or not 0 <= row_id <= _LARGEST_ID:
        raise NotACursor(cursor)
    return at, row_id


def _decode(cursor: str) -> str:
    try:
        text = base64.urlsafe_b64decode(cursor.encode() + b"=" * (-len(cursor) % 4)).decode()
    except (ValueError, binascii.Error) as error:
        raise NotACursor(cursor) from error
    if "\0" in text:
        raise NotACursor(cursor)
    return text
