"""What the calendar page says: days, times and entries in a few words."""

from datetime import date

from babel.dates import format_date, format_skeleton, format_time
from django import template
from django.utils import timezone
from django.utils.translation import get_language, gettext

from amends.cases.calendar import Entry
from amends.cases.models import Duty, Meeting
from amends.cases.words_of_law import CLOCK_NAMES
from amends.desk.days import day_in_words, locale_of
from amends.desk.month import Span
from amends.rules.due import LAST_SECOND

register = template.Library()


def _locale() -> str:
    return locale_of(get_language() or "en")


@register.filter
def span_words(span: Span) -> str:
    """November 2026; or from which day to which."""
    if not span.is_week:
        return format_skeleton("yMMMM", span.first, locale=_locale()).capitalize()
    language = get_language() or "en"
    first, last = day_in_words(span.first, span.last, language), day_in_words(span.last, date.min, language)
    return gettext("%(first)s to %(last)s") % {"first": first, "last": last}


@register.filter
def weekday_short(day: date) -> str:
    """Mon."""
    return format_date(day, "EEE", locale=_locale())


@register.filter
def month_short(day: date) -> str:
    """Nov."""
    return format_date(day, "MMM", locale=_locale())


@register.filter
def entry_time(entry: Entry) -> str:
    """When on the day; nothing where the whole day is left for it."""
    local = timezone.localtime(entry.at).time()
    if local.replace(microsecond=0) == LAST_SECOND:
        return ""
    return format_time(local, "short", locale=_locale())


@register.filter
def entry_words(entry: Entry) -> str:
    """What falls due."""
    if isinstance(entry.row, Meeting):
        return str(entry.row.get_kind_display())
    if isinstance(entry.row, Duty):
        return str(entry.row.remedy.get_kind_display())
    return str(CLOCK_NAMES[entry.what])
