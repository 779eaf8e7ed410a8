"""Days as the reader’s language writes them; the caller puts a moment into the house’s time zone first."""

from datetime import date

from babel.dates import format_date, format_skeleton
from django.utils.translation import get_language, to_locale

from amends.correspondence.dates import day


def locale_of(language: str) -> str:
    """The locale that dates and times follow. English is written as the house writes it: 3 March."""
    return "en_GB" if language == "en" else to_locale(language)


def day_in_words(on: date, today: date, language: str) -> str:
    """15 November; with the year if it is not this one."""
    if on.year != today.year:
        return day(on, language)
    return format_skeleton("MMMMd", on, locale=locale_of(language))


def weekday(on: date) -> str:
    """Friday."""
    return format_date(on, "EEEE", locale=locale_of(get_language() or "en"))


def weekday_and_day(on: date) -> str:
    """Sunday 22 November."""
    return format_skeleton("MMMMEEEEd", on, locale=locale_of(get_language() or "en"))
