"""How much time is left, as one says it."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext, ngettext

from amends.desk.days import day_in_words, weekday

MINUTE, HOUR, DAY = 60, 3600, 86_400


@dataclass(frozen=True)
class TimeLeft:
    """The words, and whether the time has run out."""

    words: str
    late: bool


def time_left(due: datetime, at: datetime) -> TimeLeft:
    """“2 hours left”, “late since Tuesday”: the nearer, the finer. In the house's time zone."""
    seconds = (due - at).total_seconds()
    return TimeLeft(_late(due, at) if seconds < 0 else _left(due, at, seconds), late=seconds < 0)


def _late(due: datetime, at: datetime) -> str:
    due, at = timezone.localtime(due), timezone.localtime(at)
    days = (at.date() - due.date()).days
    if days == 0:
        return gettext("late since %(time)s") % {"time": date_format(due, "H:i")}
    if days == 1:
        return gettext("late since yesterday")
    if days < 7:
        return gettext("late since %(weekday)s") % {"weekday": weekday(due)}
    return gettext("late since %(date)s") % {"date": _day(due, at)}


def _left(due: datetime, at: datetime, seconds: float) -> str:
    if seconds < HOUR:
        minutes = max(1, round(seconds / MINUTE))
        return ngettext("%(n)d minute left", "%(n)d minutes left", minutes) % {"n": minutes}
    if seconds < 2 * DAY:
        hours = int(seconds // HOUR)
        return ngettext("%(n)d hour left", "%(n)d hours left", hours) % {"n": hours}
    if seconds < 21 * DAY:
        days = int(seconds // DAY)
        return ngettext("%(n)d day left", "%(n)d days left", days) % {"n": days}
    return gettext("until %(date)s") % {"date": _day(timezone.localtime(due), timezone.localtime(at))}


def _day(day: datetime, at: datetime) -> str:
    return day_in_words(day.date(), at.date(), get_language() or "en")
