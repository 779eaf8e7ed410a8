"""A talk as an iCalendar object: what RFC 5545 and RFC 5546 ask for, held by hand and by a parser."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from icalendar import Calendar

from amends.cases.models import Complaint, Meeting
from amends.correspondence.meetings import booking
from amends.correspondence.meetings.calendar import CANCEL, PUBLISH, calendar_for_customer, calendar_for_staff
from amends.correspondence.reply_token import token_of
from tests.conftest import MONDAY, House

AT = MONDAY + timedelta(days=4, hours=1)


@pytest.fixture(autouse=True)
def post_office(settings: Any) -> None:
    settings.DEFAULT_FROM_EMAIL = "complaints@house.example"


def booked(house: House, case: Complaint | None = None, **more: Any) -> Meeting:
    fields: dict[str, Any] = {
        "by": house.actor(house.handler),
        "at": MONDAY,
        "kind": "call",
        "starts_at": AT,
        "minutes": 30,
        "staff": house.handler,
        "place": "+46 70 123 45 67",
        "about": "The seal; the lid, and\nthe \\ handle.",
    }
    return booking.book(case or house.complaint(), **(fields | more))


def logical_lines(text: str) -> Iterator[str]:
    """Unfolded, as RFC 5545 3.1 says."""
    yield from text.replace("\r\n ", "").removesuffix("\r\n").split("\r\n")


def test_it_is_as_the_standard_asks(house: House) -> None:
    meeting = booked(house, house.complaint(language="zh-hans"), about="我们想谈谈水壶漏水的问题。" * 12)
    text = meeting.complaint.messages.get(purpose="meeting").calendar
    assert text.replace("\r\n", "").count("\n") == 0
    assert text.replace("\r\n", "").count("\r") == 0
    assert text.endswith("END:VCALENDAR\r\n")
    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75
    lines = list(logical_lines(text))
    assert lines[0] == "BEGIN:VCALENDAR"
    for once in (
        "VERSION:2.0",
        "METHOD:REQUEST",
        f"UID:{meeting.uid}",
        "SEQUENCE:0",
        "DTSTAMP:20260302T090000Z",
        "DTSTART:20260306T100000Z",
        "DTEND:20260306T103000Z",
        "STATUS:CONFIRMED",
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        "TRIGGER:-PT1H",
    ):
        assert lines.count(once) == 1, once
    assert sum(line.startswith("PRODID:") for line in lines) == 1
    assert [line for line in lines if line.startswith(("ORGANIZER", "ATTENDEE"))] == [
        'ATTENDEE;CN="Clara Customer";PARTSTAT=NEEDS-ACTION;RSVP=FALSE:mailto:clara@example.org',
        'ORGANIZER;CN="Our house":mailto:complaints@house.example',
    ]


def test_another_reading_finds_the_same(house: House) -> None:
    meeting = booked(house)
    calendar = Calendar.from_ical(meeting.complaint.messages.get().calendar)
    event: Any
    (event,) = calendar.walk("VEVENT")
    assert (calendar["METHOD"], event["UID"]) == ("REQUEST", meeting.uid)
    assert (event.decoded("DTSTART"), event.decoded("DTEND")) == (AT, AT + timedelta(minutes=30))
    assert event["LOCATION"] == "+46 70 123 45 67"
    assert event["SUMMARY"] == "Phone call: Our house"
    assert "The seal; the lid, and\nthe \\ handle." in event["DESCRIPTION"]
    assert f"/c/{meeting.complaint.key}" in event["DESCRIPTION"]


def test_answers_are_asked_for_where_they_find_their_complaint(house: House, settings: Any) -> None:
    settings.AMENDS_MAIL_REPLY_TO = "complaints+{token}@house.example"
    meeting = booked(house)
    (event,) = Calendar.from_ical(meeting.complaint.messages.get().calendar).walk("VEVENT")
    assert event["ORGANIZER"] == f"mailto:complaints+{token_of(meeting.complaint)}@house.example"
    assert event["ATTENDEE"].params["RSVP"] == "TRUE"


def test_moved_and_cancelled_it_stays_the_same_appointment(house: House) -> None:
    by, meeting = house.actor(house.handler), booked(house)
    moved = booking.move(
        meeting,
        by=by,
        at=MONDAY,
        kind="video",
        starts_at=AT + timedelta(days=1),
        minutes=45,
        place="https://v.example",
    )
    cancelled = booking.cancel(moved, by=by, at=MONDAY, why="Hanna is ill.")
    objects = [
        Calendar.from_ical(text) for text in meeting.complaint.messages.values_list("calendar", flat=True)
    ]
    events = [calendar.walk("VEVENT")[0] for calendar in objects]
    assert [calendar["METHOD"] for calendar in objects] == ["REQUEST", "REQUEST", "CANCEL"]
    assert [event["UID"] for event in events] == [meeting.uid] * 3
    assert [event["SEQUENCE"] for event in events] == [0, 1, 2]
    assert [event["STATUS"] for event in events] == ["CONFIRMED", "CONFIRMED", "CANCELLED"]
    assert events[1].decoded("DTEND") == AT + timedelta(days=1, minutes=45)
    assert events[2].walk("VALARM") == []
    assert len(events[2].walk("VEVENT")) == 1
    assert cancelled.sequence == 2


def test_a_file_to_take_along_invites_nobody(house: House) -> None:
    text = calendar_for_customer(booked(house), at=MONDAY, method=PUBLISH)
    assert "METHOD:PUBLISH\r\n" in text
    assert "ATTENDEE" not in text
    assert "ORGANIZER" in text  # both as RFC 5546 3.2.1 says


def test_the_copy_of_who_holds_it_names_the_case(house: House, settings: Any) -> None:
    settings.AMENDS_MAIL_REPLY_TO = "complaints+{token}@house.example"
    meeting = booked(house)
    text = calendar_for_staff(meeting, at=MONDAY, method=CANCEL, page="https://desk.example/x")
    event: Any
    (event,) = Calendar.from_ical(text).walk("VEVENT")
    assert (event["UID"], event["STATUS"]) == (meeting.uid, "CANCELLED")
    assert event["ATTENDEE"] == f"mailto:{house.handler.email}"
    assert event["ORGANIZER"] == "mailto:complaints@house.example"  # no answer of ours is a customer's word
    assert event["SUMMARY"] == f"Phone call: Clara Customer, {meeting.complaint.reference}"
    assert "https://desk.example/x" in event["DESCRIPTION"]


@pytest.mark.parametrize("nasty", ['Eve "\r\nATTENDEE:mailto:x@y', "a;b:c,d", "名" * 60])
def test_no_name_breaks_out_of_its_line(house: House, nasty: str) -> None:
    house.customer.name = nasty
    house.customer.save()
    text = booked(house, place=nasty, about=nasty).complaint.messages.get().calendar
    attendees = [line for line in logical_lines(text) if line.startswith("ATTENDEE")]
    assert len(attendees) == 1
    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75
    (event,) = Calendar.from_ical(text).walk("VEVENT")
    assert event.decoded("DTSTART") == datetime(2026, 3, 6, 10, tzinfo=UTC)
