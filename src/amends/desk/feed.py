"""What falls due for one person, as an iCalendar object that their calendar fetches (RFC 5545)."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, override
from icalendar import Calendar, Event

from amends.cases.calendar import Entry, Whose, entries
from amends.cases.models import Clock, Duty, Meeting
from amends.cases.words_of_law import CLOCK_NAMES
from amends.kit.chain import digest
from amends.people.models import StaffMember
from amends.rules.due import LAST_SECOND

BEFORE, AHEAD = timedelta(days=14), timedelta(days=120)
MOMENT = timedelta(minutes=15)  # how long a clock's end is shown
FETCH_EVERY = "PT1H"


def feed_entries(staff: StaffMember, at: datetime) -> list[Entry]:
    """From two weeks ago to four months ahead. Counted from midnight, so that it is the same all day long."""
    midnight = timezone.localtime(at).replace(hour=0, minute=0, second=0, microsecond=0)
    return entries(staff, Whose.MINE, midnight - BEFORE, midnight + AHEAD)[0]


def feed_tag(staff: StaffMember, found: Sequence[Entry], *, names: bool) -> str:
    """What changes when the feed does: told from the rows alone, without writing it."""
    rows = [(entry.what, entry.row.pk, entry.at.isoformat(), _changed(entry)) for entry in found]
    return digest(repr((staff.language, names, rows)))


def feed_of(staff: StaffMember, found: Sequence[Entry], *, names: bool) -> bytes:
    """The calendar. Without ``names`` it says reference and kind, and nothing of the customer."""
    calendar = Calendar()
    calendar.add("prodid", "-//Amends//Due//EN")
    calendar.add("version", "2.0")
    calendar.add("x-published-ttl", FETCH_EVERY)
    with override(staff.language):
        calendar.add("x-wr-calname", gettext("Complaints"))
        for entry in found:
            calendar.add_component(_event(entry, names=names))
    return bytes(calendar.to_ical())


def _event(entry: Entry, *, names: bool) -> Event:
    event, local = Event(), timezone.localtime(entry.at)
    event.add("uid", f"{entry.what}-{entry.row.pk}@{settings.AMENDS_BASE_URL.split('//')[-1]}")
    event.add("dtstamp", _stamp(entry).astimezone(UTC))
    if isinstance(entry.row, Meeting):
        event.add("dtstart", entry.at.astimezone(UTC))
        event.add("dtend", entry.row.ends_at.astimezone(UTC))
    elif local.time().replace(microsecond=0) == LAST_SECOND:  # the whole day is left for it
        event.add("dtstart", local.date())
        event.add("dtend", local.date() + timedelta(days=1))
    else:
        event.add("dtstart", (entry.at - MOMENT).astimezone(UTC))
        event.add("dtend", entry.at.astimezone(UTC))
    complaint = entry.complaint
    said = [_words(entry), complaint.reference, *([complaint.customer.name] if names else [])]
    event.add("summary", ", ".join(said))
    event.add("url", settings.AMENDS_BASE_URL + reverse("desk:complaint", args=(complaint.key,)))
    event.add("class", "PRIVATE")
    event.add("transp", "OPAQUE" if isinstance(entry.row, Meeting) else "TRANSPARENT")
    return event


def _words(entry: Entry) -> str:
    if isinstance(entry.row, Meeting):
        return str(entry.row.get_kind_display())
    if isinstance(entry.row, Duty):
        return gettext("Duty: %(kind)s") % {"kind": entry.row.remedy.get_kind_display()}
    return str(CLOCK_NAMES[entry.what])


def _stamp(entry: Entry) -> datetime:
    if isinstance(entry.row, Clock):
        return entry.row.started_at
    return entry.row.made_at if isinstance(entry.row, Meeting) else entry.row.due_at


def _changed(entry: Entry) -> int:
    return entry.row.sequence if isinstance(entry.row, Meeting) else 0
