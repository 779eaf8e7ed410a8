"""When a message says it was written."""

import re
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_tz

from amends.correspondence.incoming.limits import Notes

FURTHEST = 24 * 3600  # no zone is further from Greenwich, in seconds
_ISO = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?\s?(?:Z|[+-]\d\d:?\d\d)?")
_ZONE = re.compile(r"(?:[+-]\d{4}|\b(?:UT|UTC|GMT|Z|[ECMP][SD]T))\b", re.IGNORECASE)


def written(value: str, notes: Notes) -> str | None:
    """The moment in ISO 8601 with its zone, UTC where none is told (code ``date-without-zone``).

    None, and the code ``date-missing`` or ``date-damaged``, where no moment can be read.
    """
    if not value:
        notes.add("date-missing")
        return None
    try:
        moment = _iso(value) or _mail(value)
    except (ValueError, OverflowError, TypeError, IndexError):
        moment = None
    if moment is None:
        notes.add("date-damaged")
        return None
    if moment.tzinfo is None:
        notes.add("date-without-zone")
        moment = moment.replace(tzinfo=UTC)
    return moment.isoformat()


def _iso(value: str) -> datetime | None:
    found = _ISO.match(value)
    return datetime.fromisoformat(found[0].replace(" ", "T", 1).replace(" ", "")) if found else None


def _mail(value: str) -> datetime | None:
    value = re.sub(r"\([^()]*\)", " ", value[:200])
    value = re.sub(r"(\d)\s*:\s*(?=\d)", r"\1:", value)  # blanks around colons, as of old
    value = re.sub(r"(:\d\d)[.,]\d{1,9}\b", r"\1", value)  # parts of a second
    value = re.sub(r"(:\d\d) (?=\d{4}$)", r"\1 +", value)
    told = parsedate_tz(re.sub(r"\s+", " ", value).strip())
    if told is None:
        return None
    year, month, day, hour, minute, second, *_, offset = told
    if not 1900 <= year <= 9998:
        return None
    zone = None if offset is None or not _ZONE.search(value) else timezone(timedelta(seconds=_within(offset)))
    return datetime(year, month, day, hour, minute, min(second, 59), tzinfo=zone)


def _within(offset: int) -> int:
    if abs(offset) >= FURTHEST:
        raise ValueError("no such zone")
    return offset // 60 * 60
