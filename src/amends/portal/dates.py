"""Days and hours as the reader's language writes them, in the house's time zone."""

from datetime import datetime

from babel.dates import format_date, format_time, get_timezone_name
from django.utils import timezone
from django.utils.translation import get_language, to_locale


def day(moment: datetime) -> str:
    """Monday, 2 March 2026: in the language that holds now."""
    return format_date(timezone.localtime(moment), "full", locale=_locale())


def hour(moment: datetime) -> str:
    """09:05: in the language that holds now."""
    return format_time(timezone.localtime(moment), "short", locale=_locale())


def day_and_hour(moment: datetime) -> str:
    """2 March 2026 09:05: in the language that holds now."""
    return f"{format_date(timezone.localtime(moment), 'long', locale=_locale())} {hour(moment)}"


def zone(moment: datetime) -> str:
    """Central European Summer Time: the house's zone, in the language that holds now."""
    return get_timezone_name(timezone.localtime(moment), locale=_locale())


def _locale() -> str:
    found = to_locale(get_language() or "en")
    return "en_GB" if found == "en" else found
