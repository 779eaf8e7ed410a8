"""Lengths of time as people say them."""

from datetime import timedelta
from typing import Literal

from babel.dates import format_timedelta
from django.utils.translation import get_language, to_locale

NEVER = 1e12  # babel stops at the unit that it is told, and not before


def in_words(length: timedelta, *, ahead: bool = False) -> str:
    """3 days, 5 hours, 20 minutes: in the language that holds now. ``ahead``: in 3 days."""
    unit: Literal["minute", "hour", "day"]
    unit = "minute" if length < timedelta(hours=1) else "hour" if length < timedelta(days=2) else "day"
    whole = timedelta(seconds=max(length.total_seconds(), 60))
    locale = to_locale(get_language() or "en")
    return format_timedelta(
        _down(whole, unit), granularity=unit, threshold=NEVER, add_direction=ahead, locale=locale
    )


def _down(length: timedelta, unit: str) -> timedelta:
    """Only what is over counts: 2 days and 20 hours are not 3 days."""
    size = {"minute": timedelta(minutes=1), "hour": timedelta(hours=1), "day": timedelta(days=1)}[unit]
    return (length // size) * size
