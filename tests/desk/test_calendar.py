"""The calendar: what falls due by day, and the same for one's own by a secret link."""

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from icalendar import Calendar
from pytest_django import DjangoAssertNumQueries

from amends.cases import actions
from amends.cases.models import Clock, Complaint
from amends.desk.month import span_of
from amends.kit import clock
from amends.people.calendar_link import calendar_secret
from amends.people.models import Department, StaffMember
from tests.conftest import MONDAY, House


def mine(house: House, staff: StaffMember, **fields: object) -> Complaint:
    case = house.complaint(**fields)
    return actions.assign(case, by=house.actor(house.lead), at=MONDAY, handler=staff)


def page(staff: StaffMember, query: str = "") -> str:
    client = Client()
    client.force_login(staff)
    with clock.set_to(MONDAY):
        response = client.get(f"/calendar{query}")
    assert response.status_code == 200
    return response.content.decode()


def days(text: str) -> dict[str, str]:
    """Each day that has something, in words."""
    found = re.findall(r'<li class="day[^"]*">(.*?</h2>.*?)(?=<li class="day|</ol>)', text, re.DOTALL)
    said = {}
    for day in found:
        name = re.search(r'datetime="([^"]+)"', day)
        words = " ".join(re.sub(r"<[^>]+>", " ", day.split("</h2>")[1]).split())
        if name and words:
            said[name.group(1)] = words
    return said


def test_a_month_shows_what_falls_due_on_which_day(house: House) -> None:
    case = mine(house, house.handler, country="SE")
    shown = days(page(house.handler))
    assert shown == {
        "2026-03-03": f"10:00 Acknowledge the complaint Clara Customer {case.reference}",
        "2026-03-07": f"10:00 Give the customer word Clara Customer {case.reference}",
        "2026-03-16": f"10:00 Answer the complaint Clara Customer {case.reference}",
        "2026-04-01": f"11:00 Look at the long case Clara Customer {case.reference}",  # summer time
    }
    assert set(days(page(house.handler, "?week=2026-03-04"))) == {"2026-03-03", "2026-03-07"}
    assert days(page(house.handler, "?month=2026-07")) == {}


def test_mine_my_departments_and_all(house: House) -> None:
    far = house.staff("Fia Far", "handler", Department.objects.create(name="Far away"))
    own, colleagues, others = (
        mine(house, staff).reference for staff in (house.handler, house.colleague, far)
    )
    hidden = house.complaint(complained_about=[house.handler]).reference
    assert re.findall(r"2026-\d{5}", page(house.handler)) == [own] * 4
    assert set(re.findall(r"2026-\d{5}", page(house.handler, "?show=team"))) == {own, colleagues}
    everybodys = set(re.findall(r"2026-\d{5}", page(house.handler, "?show=all")))
    assert everybodys == {own, colleagues, others}
    assert hidden not in everybodys


def test_a_clock_that_waits_or_was_stopped_does_not_show(house: House) -> None:
    case = mine(house, house.handler, country="SE")
    answer = Clock.objects.get(complaint=case, kind="answer")
    handler = house.actor(house.handler)
    actions.pause_clock(answer, by=handler, at=MONDAY, why="The photo.")
    actions.acknowledge(case, by=handler, at=MONDAY, text="We know.")
    assert set(days(page(house.handler))) == {"2026-03-07", "2026-04-01"}


@pytest.mark.parametrize("query", ["?month=2026-13", "?week=soon", "?month=9999-01", "?week=0001-01-01"])
def test_no_such_month_is_said(house: House, client: Client, query: str) -> None:
    client.force_login(house.handler)
    assert client.get(f"/calendar{query}").status_code == 404


def test_weeks_are_whole() -> None:
    span = span_of("2026-02", "", date(2026, 1, 1))
    assert (span.begins, span.ends) == (date(2026, 1, 26), date(2026, 3, 1))
    assert (span.before, span.after) == ("month=2026-01", "month=2026-03")
    week = span_of("", "2026-03-29", date(2026, 1, 1))
    assert (week.begins, week.ends) == (date(2026, 3, 23), date(2026, 3, 29))
    begin, end = week.moments()
    lasts = end.astimezone(UTC) - begin.astimezone(UTC)
    assert lasts == timedelta(days=7) - timedelta(hours=1)  # the night of summer time


def feed(address: str, **headers: str) -> tuple[int, bytes, str]:
    with clock.set_to(MONDAY):
        response = Client().get(address, headers=headers)
    return response.status_code, response.content, response.headers.get("ETag", "")


def test_the_feed_names_no_customer_unless_that_was_chosen(house: House) -> None:
    case = mine(house, house.handler, country="PL", received_at=MONDAY - timedelta(days=3))
    plain, named = (
        reverse("desk:calendar-feed", args=(calendar_secret(house.handler, names=names),))
        for names in (False, True)
    )
    status, content, _tag = feed(plain)
    assert status == 200
    events: dict[str, Any] = {
        str(event["SUMMARY"]): event for event in Calendar.from_ical(content).walk("VEVENT")
    }
    answer = events[f"Answer the complaint, {case.reference}"]
    assert answer["DTSTART"].dt == date(2026, 3, 13)  # the whole day is left
    word = events[f"Give the customer word, {case.reference}"]
    assert word["DTEND"].dt == datetime(2026, 3, 7, 9, 0, tzinfo=UTC)
    assert b"Clara" not in content
    assert b"kettle" not in content
    assert b"Clara Customer" in feed(named)[1]


def test_the_feed_is_sent_only_when_it_changed(house: House) -> None:
    case = mine(house, house.handler)
    address = reverse("desk:calendar-feed", args=(calendar_secret(house.handler, names=False),))
    _status, first, tag = feed(address)
    assert feed(address) == (200, first, tag)
    assert feed(address, if_none_match=tag) == (304, b"", tag)
    actions.write(case, by=house.actor(house.handler), at=MONDAY + timedelta(hours=1), text="Soon.")
    status, _content, other = feed(address, if_none_match=tag)
    assert (status, other != tag) == (200, True)


def test_a_link_ends_when_it_is_renewed_or_its_person_leaves(house: House, client: Client) -> None:
    old = reverse("desk:calendar-feed", args=(calendar_secret(house.handler, names=True),))
    assert feed(old)[0] == 200
    client.force_login(house.handler)
    assert client.post("/calendar/link").status_code == 303
    assert feed(old)[0] == 404
    house.handler.refresh_from_db()
    new = reverse("desk:calendar-feed", args=(calendar_secret(house.handler, names=True),))
    assert new in client.get("/calendar").content.decode()
    assert feed(new)[0] == 200
    assert feed(new.replace("n2", "r2"))[0] == 404
    StaffMember.objects.filter(pk=house.handler.pk).update(is_active=False)
    assert feed(new)[0] == 404
    packers = reverse("desk:calendar-feed", args=(calendar_secret(house.packer, names=False),))
    assert feed(packers)[0] == 404


def test_the_queries_do_not_grow(house: House, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    for _ in range(12):
        mine(house, house.handler)
    client = Client()
    client.force_login(house.handler)
    client.get("/calendar")
    for show in ("mine", "team", "all"):
        with clock.set_to(MONDAY), django_assert_num_queries(5):
            client.get(f"/calendar?show={show}")
    address = reverse("desk:calendar-feed", args=(calendar_secret(house.handler, names=False),))
    with clock.set_to(MONDAY), django_assert_num_queries(4):
        Client().get(address)
