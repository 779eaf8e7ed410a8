"""Days in words to customers, as people of their language write them."""

import re
from datetime import date, datetime

from babel.dates import format_date
from django.utils import timezone
from django.utils.translation import to_locale

NUMBER = re.compile(r"(?<!\S)(\d{1,2}) (?=[^\W\d_])")


def day(moment: date | datetime, language: str, *, american: bool = False) -> str:
    """A day in full, in the house's time zone (en: 3 March 2026; ``american``: March 3, 2026)."""
    local = timezone.localtime(moment) if isinstance(moment, datetime) else moment
    locale = "en_US" if american else "en_GB" if language == "en" else to_locale(language)
    written = format_date(local, format="long", locale=locale)
    return f"{written} r." if language == "pl" and not written.endswith("r.") else written


def unbroken(text: str) -> str:
    """The same, never broken between a day and its month, a number and what it counts."""
    return NUMBER.sub("\\1\u00a0", text)
