"""The customer's page shows the appointed talk, and hands it over for their calendar."""

from datetime import timedelta
from typing import Any

from django.test import Client
from icalendar import Calendar

from amends.cases.links import link_secret
from amends.cases.models import Meeting
from amends.correspondence.meetings import booking
from amends.kit.clock import set_to
from tests.conftest import MONDAY, House

AT = MONDAY + timedelta(days=4)


def booked(house: House, **more: Any) -> Meeting:
    return booking.book(
        house.complaint(**more),
        by=house.actor(house.handler),
        at=MONDAY,
        kind="video",
        starts_at=AT,
        minutes=45,
        staff=house.handler,
        place="https://talk.example/room",
        about="The seal.",
    )


def test_the_page_shows_it_until_it_is_over(house: House, client: Client) -> None:
    meeting = booked(house)
    link = f"/c/{link_secret(meeting.complaint)}/"
    with set_to(MONDAY):
        page = client.get(link).content.decode()
    shown = ["6 March 2026", "10:00–10:45", "Central European Standard Time", "Video call", "Hanna Handler"]
    shown += ['href="https://talk.example/room"', "The seal.", f'href="{link}talks/{meeting.key}"']
    assert [words for words in shown if words not in page] == []
    with set_to(AT + timedelta(hours=1)):
        assert meeting.key not in client.get(link).content.decode()


def test_it_can_be_taken_along(house: House, client: Client) -> None:
    meeting = booked(house)
    with set_to(MONDAY):
        response = client.get(f"/c/{link_secret(meeting.complaint)}/talks/{meeting.key}")
    assert response.status_code == 200
    assert response["Content-Type"] == "text/calendar; charset=utf-8; method=PUBLISH"
    assert response["Content-Disposition"] == 'attachment; filename="talk.ics"'
    assert response["Referrer-Policy"] == "no-referrer"
    (event,) = Calendar.from_ical(response.content).walk("VEVENT")
    assert (event["UID"], event.decoded("DTSTART")) == (meeting.uid, AT)


def test_a_cancelled_or_foreign_talk_is_not_there(house: House, client: Client) -> None:
    meeting, other = booked(house), booked(house)
    secret = link_secret(meeting.complaint)
    with set_to(MONDAY):
        assert client.get(f"/c/{secret}/talks/{other.key}").status_code == 404
        booking.cancel(meeting, by=house.actor(house.handler), at=MONDAY)
        assert client.get(f"/c/{secret}/talks/{meeting.key}").status_code == 404
        assert "We will talk" not in client.get(f"/c/{secret}/").content.decode()


def test_their_data_names_it(house: House, client: Client) -> None:
    meeting = booked(house)
    data = client.get(f"/c/{link_secret(meeting.complaint)}/data").json()
    assert [talk["starts_at"] for talk in data["talks"]] == [AT.isoformat()]
