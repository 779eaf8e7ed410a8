"""Talks by the API."""

from datetime import timedelta
from typing import Any

from amends.cases.models import Meeting
from amends.kit.clock import set_to
from tests.api.conftest import Let
from tests.conftest import MONDAY, House

GIVEN: dict[str, Any] = {
    "kind": "call",
    "starts_at": "2026-03-06T10:00:00Z",
    "minutes": 40,
    "staff": "hanna.handler@house.example",
    "place": "070 1",
}


def test_a_talk_from_booking_to_cancelling(house: House, let: Let) -> None:
    case, program = house.complaint(), let(house.handler)
    at = f"/complaints/{case.key}/meetings"
    with set_to(MONDAY):
        made = program.post(at, GIVEN)
        assert made.status_code == 201
        talk = made.json()
        assert (talk["staff"], talk["ends_at"], talk["sequence"]) == (
            "Hanna Handler",
            "2026-03-06T10:40:00Z",
            0,
        )
        moved = program.post(
            f"{at}/{talk['key']}/new-time",
            {"kind": "video", "starts_at": "2026-03-07T10:00:00Z", "minutes": 30},
        )
        assert (moved.status_code, moved.json()["sequence"], moved.json()["uid"]) == (200, 1, talk["uid"])
        ended = program.post(f"{at}/{talk['key']}/cancellation", {"why": "Ill."})
        assert (ended.status_code, ended.json()["why_cancelled"]) == (200, "Ill.")
        assert [row["key"] for row in program.get(at).json()["items"]] == [talk["key"]]


def test_what_is_over_or_unknown_is_refused(house: House, let: Let) -> None:
    case, program = house.complaint(), let(house.handler)
    at = f"/complaints/{case.key}/meetings"
    with set_to(MONDAY + timedelta(days=30)):
        over = program.post(at, GIVEN)
        assert over.status_code == 409
        assert "not_ahead" in over.content.decode()
        assert program.post(at, GIVEN | {"staff": "nobody"}).status_code == 422
        assert program.post(at, GIVEN | {"minutes": 0}).status_code == 422
        assert program.post(f"{at}/nothing/cancellation", {}).status_code == 404
    assert Meeting.objects.count() == 0
