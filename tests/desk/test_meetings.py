"""Talks on the complaint page: booked, moved, cancelled, and what overlaps."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from amends.cases.models import Complaint, Meeting
from amends.correspondence.meetings import booking
from amends.kit.clock import set_to
from tests.conftest import MONDAY, House

TUESDAY = "2026-03-03T10:00"  # in Stockholm


@pytest.fixture
def case(house: House) -> Complaint:
    return house.complaint(channel="phone")


@pytest.fixture
def desk(house: House, client: Client) -> Client:
    client.force_login(house.handler)
    return client


def page(desk: Client, address: str) -> str:
    with set_to(MONDAY):
        response = desk.get(address)
    assert response.status_code == 200
    return str(response.content.decode())


def post(desk: Client, address: str, **fields: Any) -> Any:
    with set_to(MONDAY):
        return desk.post(address, fields)


def booked(desk: Client, case: Complaint, house: House, **more: Any) -> Any:
    fields = {
        "starts_at": TUESDAY,
        "minutes": 30,
        "kind": "call",
        "place": "070 1",
        "staff": house.handler.pk,
    }
    return post(desk, f"/complaints/{case.key}/talks", **(fields | more))


def test_a_talk_is_booked_moved_and_cancelled(house: House, desk: Client, case: Complaint) -> None:
    at = f"/complaints/{case.key}"
    form = page(desk, f"{at}/talks")
    assert 'value="2026-03-03T10:00"' in form
    assert booked(desk, case, house, about="The seal.", once="a").status_code == 303
    assert booked(desk, case, house, about="The seal.", once="a").status_code == 303
    meeting = Meeting.objects.get()
    assert (meeting.starts_at, meeting.staff, meeting.about) == (
        MONDAY + timedelta(days=1),
        house.handler,
        "The seal.",
    )
    talks = page(desk, at)
    assert "Phone call, " in talks
    moving = f"{at}/talks/{meeting.key}/new-time"
    assert f'href="{moving}' in talks
    assert 'value="2026-03-03T10:00"' in page(desk, moving)
    moved = post(desk, moving, starts_at="2026-03-04T15:30", minutes=60, kind="here", place="Main street 1")
    assert moved.status_code == 303
    meeting.refresh_from_db()
    assert (meeting.sequence, meeting.kind) == (1, "here")
    assert meeting.ends_at - meeting.starts_at == timedelta(hours=1)
    cancelling = f"{at}/talks/{meeting.key}/cancellation"
    assert post(desk, cancelling, why="Hanna is ill.").status_code == 303
    talks = page(desk, at)
    assert "Cancelled</span>" in talks
    assert "Hanna is ill." in talks
    assert f'href="{moving}' not in talks
    assert post(desk, moving, starts_at=TUESDAY, minutes=30, kind="call").status_code == 409


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"starts_at": "2026-03-02T09:59"}, "This time is over"),
        ({"starts_at": "2029-03-02T09:59"}, "too far ahead"),
        ({"starts_at": "soon"}, "Enter a valid date"),
        ({"minutes": 7}, "Select a valid choice"),
        ({"staff": 99999}, "Select a valid choice"),
    ],
)
def test_what_is_wrong_stays_typed(
    house: House, desk: Client, case: Complaint, wrong: dict[str, Any], sentence: str
) -> None:
    response = booked(desk, case, house, about="The seal.", **wrong)
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert ">\nThe seal.</textarea>" in response.content.decode()
    assert (Meeting.objects.count(), case.messages.count()) == (0, 0)


def test_an_overlap_is_shown_and_not_refused(house: House, desk: Client, case: Complaint) -> None:
    other = house.complaint()
    assert booked(desk, other, house, starts_at="2026-03-03T10:15").status_code == 303
    assert booked(desk, case, house).status_code == 303
    talks = page(desk, f"/complaints/{case.key}")
    assert "Hanna Handler has another talk at that time" in talks
    assert other.reference not in talks
    assert booked(desk, house.complaint(), house, staff=house.colleague.pk).status_code == 303
    assert "Karl Colleague has another" not in page(desk, f"/complaints/{case.key}")


def test_who_is_complained_about_is_not_offered(house: House, desk: Client) -> None:
    case = house.complaint(complained_about=[house.colleague])
    assert f'<option value="{house.colleague.pk}">' not in page(desk, f"/complaints/{case.key}/talks")
    assert booked(desk, case, house, staff=house.colleague.pk).status_code == 422


def test_a_talk_of_another_case_is_not_reached(house: House, desk: Client, case: Complaint) -> None:
    booked(desk, house.complaint(), house)
    key = Meeting.objects.get().key
    assert desk.get(f"/complaints/{case.key}/talks/{key}/new-time").status_code == 404


def test_more_talks_ask_no_more_of_the_database(house: House, desk: Client, case: Complaint) -> None:
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as seen:
            page(desk, f"/complaints/{case.key}")
        return len(seen)

    booked(desk, case, house)
    one = queries()
    for minutes in range(10):
        booking.book(
            case,
            by=house.actor(house.handler),
            at=MONDAY,
            kind="call",
            starts_at=MONDAY + timedelta(days=3, minutes=minutes),
            minutes=30,
            staff=house.handler,
        )
    assert queries() == one
