"""A talk in words of one language: when, how, and the texts about it."""

from datetime import datetime

from babel.dates import format_time, get_timezone_name
from django.utils import timezone
from django.utils.translation import override, to_locale

from amends.cases.actions import Invitation
from amends.cases.models import Meeting
from amends.correspondence.dates import day
from amends.correspondence.meetings.calendar import CANCEL, REQUEST, calendar_for_customer
from amends.correspondence.texts import draft_message


def from_to(starts_at: datetime, ends_at: datetime, language: str) -> str:
    """10:00–10:30 (Central European Standard Time): in the house's zone, which it names."""
    locale = "en_GB" if language == "en" else to_locale(language)
    first, last = timezone.localtime(starts_at), timezone.localtime(ends_at)
    hours = f"{format_time(first, 'short', locale=locale)}–{format_time(last, 'short', locale=locale)}"
    return f"{hours} ({get_timezone_name(first, locale=locale)})"


def day_and_hours(starts_at: datetime, ends_at: datetime, language: str) -> str:
    """2 March 2026, 10:00–10:30 (Central European Standard Time)."""
    return f"{day(starts_at, language)}, {from_to(starts_at, ends_at, language)}"


def kind_in(meeting: Meeting, language: str) -> str:
    """How one talks, in this language."""
    with override(language):
        return str(meeting.get_kind_display())


def invitation(text: str, meeting: Meeting, *, at: datetime, was: str = "") -> Invitation:
    """What the customer gets: the letter text of this name, filled, and the calendar object.

    A reminder brings none: the appointment stands in the calendar already. Raises as ``draft_message``.
    """
    complaint, language = meeting.complaint, meeting.complaint.language
    draft = draft_message(
        text,
        complaint,
        sender=meeting.staff.name,
        talk_on=meeting.starts_at,
        talk_at=from_to(meeting.starts_at, meeting.ends_at, language),
        talk_how=kind_in(meeting, language),
        talk_with=meeting.staff.name,
        talk_where=meeting.place,
        talk_about=meeting.about,
        talk_was=was,
        talk_why=meeting.why_cancelled,
    )
    method = CANCEL if meeting.cancelled_at else REQUEST
    calendar = "" if text == REMINDER else calendar_for_customer(meeting, at=at, method=method)
    return Invitation(draft.subject, draft.body, calendar)


BOOKED, MOVED, CANCELLED, REMINDER = "meeting", "meeting-moved", "meeting-cancelled", "meeting-reminder"
