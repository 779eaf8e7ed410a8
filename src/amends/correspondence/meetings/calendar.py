"""A talk as an iCalendar object (RFC 5545, RFC 5546): what calendars add, move and take out again.

One UID for its whole life, SEQUENCE raised with every change. Times are in UTC, which needs no description of
a zone and means the same everywhere.
"""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from email.utils import parseaddr

from django.conf import settings
from django.utils.translation import override
from icalendar import Alarm, Calendar, Event, vCalAddress, vText

from amends.cases.links import link_url
from amends.cases.models import Meeting
from amends.correspondence.addressee import house_name
from amends.correspondence.reply_token import address_for

REQUEST, CANCEL, PUBLISH = "REQUEST", "CANCEL", "PUBLISH"
ALARM = timedelta(hours=-1)  # before it begins


def calendar_for_customer(meeting: Meeting, *, at: datetime, method: str) -> str:
    """The invitation, or its end. For a file to take along (``PUBLISH``) nobody is invited."""
    complaint, speaker = meeting.complaint, meeting.complaint.speaker
    people: list[vCalAddress] = []
    if method != PUBLISH and speaker.email:
        # An answer is asked for only where it finds the complaint again.
        answer = "TRUE" if address_for(complaint) and method == REQUEST else "FALSE"
        people.append(_person(speaker.name, speaker.email, PARTSTAT="NEEDS-ACTION", RSVP=answer))
    with override(complaint.language):
        summary = f"{meeting.get_kind_display()}: {house_name()}"
    said = "\n\n".join(part for part in (meeting.staff.name, meeting.about, link_url(complaint)) if part)
    # Where answers find their complaint by address, calendars answer there.
    house = _house(address_for(complaint))
    return _calendar(meeting, at, method, summary=summary, said=said, house=house, people=people)


def calendar_for_staff(meeting: Meeting, *, at: datetime, method: str, page: str) -> str:
    """The same talk for who holds it. ``page`` is the complaint on the desk."""
    complaint, speaker = meeting.complaint, meeting.complaint.speaker
    people = [_person(meeting.staff.name, meeting.staff.email, PARTSTAT="ACCEPTED", RSVP="FALSE")]
    with override(meeting.staff.language):
        summary = f"{meeting.get_kind_display()}: {speaker.name}, {complaint.reference}"
    said = "\n\n".join(part for part in (complaint.title, speaker.phone, meeting.about, page) if part)
    return _calendar(meeting, at, method, summary=summary, said=said, house=_house(), people=people)


def _calendar(
    meeting: Meeting,
    at: datetime,
    method: str,
    *,
    summary: str,
    said: str,
    house: vCalAddress,
    people: Sequence[vCalAddress],
) -> str:
    event = Event()
    event.add("uid", meeting.uid)
    event.add("sequence", meeting.sequence)
    event.add("dtstamp", at.astimezone(UTC))
    event.add("dtstart", meeting.starts_at.astimezone(UTC))
    event.add("dtend", meeting.ends_at.astimezone(UTC))
    event.add("summary", summary)
    event.add("description", said)
    if meeting.place:
        event.add("location", meeting.place)
    event.add("status", "CANCELLED" if method == CANCEL else "CONFIRMED")
    event.add("class", "PRIVATE")
    event.add("organizer", house)
    for person in people:
        event.add("attendee", person)
    if method != CANCEL:
        event.add_component(_alarm(summary))
    calendar = Calendar()
    calendar.add("prodid", "-//Amends//Talks//EN")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    calendar.add_component(event)
    return str(calendar.to_ical().decode())


def _alarm(summary: str) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", summary)
    alarm.add("trigger", ALARM)
    return alarm


def _house(address: str = "") -> vCalAddress:
    return _person(house_name(), address or parseaddr(settings.DEFAULT_FROM_EMAIL)[1])


def _person(name: str, address: str, **params: str) -> vCalAddress:
    person = vCalAddress(f"mailto:{address}")
    person.params["CN"] = vText(name)
    for key, value in params.items():
        person.params[key] = vText(value)
    return person
