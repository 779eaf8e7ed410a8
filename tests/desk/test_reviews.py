"""The house says where reviews are written; the closed case then offers the invitation."""

from typing import Any

import pytest
from django.test import Client

from amends.cases.models import ReviewPlaces
from amends.cases.reviewing import current_places
from tests.conftest import House
from tests.desk.clicking import Desk
from tests.portal.way import brought_to

URL = "https://reviews.example/us"


def typed(**changes: Any) -> dict[str, Any]:
    return {"url-0": URL, "country-0": "", "language-0": "en", "after_days": "5", "seen": "0"} | changes


def test_it_is_kept_and_holds(house: House, admin: Client) -> None:
    assert admin.post("/reviews", typed(**{"url-1": f"{URL}/se", "country-1": "SE"})).status_code == 303
    row = current_places()
    assert (row.version, row.after_days) == (1, 5)
    assert row.places == [
        {"country": "", "language": "en", "url": URL},
        {"country": "SE", "language": "", "url": f"{URL}/se"},
    ]
    assert URL in admin.get("/reviews").content.decode()


@pytest.mark.parametrize(
    "wrong",
    [
        {"url-0": "javascript:alert(1)"},
        {"url-0": "our page"},
        {"after_days": "91"},
        {"url-0": ""},
        {"url-1": f"{URL}/2", "language-1": "en"},
        {"country-0": "Atlantis"},
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_kept(admin: Client, wrong: dict[str, str]) -> None:
    response = admin.post("/reviews", typed(**wrong))
    assert response.status_code == 422
    assert not ReviewPlaces.objects.exists()


def test_who_comes_second_sees_it(admin: Client) -> None:
    admin.post("/reviews", typed())
    response = admin.post("/reviews", typed(**{"url-0": f"{URL}/mine"}))
    assert response.status_code == 409
    assert f"{URL}/mine" in response.content.decode()
    assert current_places().places[0]["url"] == URL
    assert admin.post("/reviews", typed(seen="1")).status_code == 303


def test_only_who_keeps_the_house_sees_it(house: House, client: Client) -> None:
    client.force_login(house.handler)
    assert client.get("/reviews").status_code == 403


def test_the_closed_case_offers_it_or_says_why_not(house: House, admin: Client) -> None:
    case = brought_to("closed", house).fresh()
    desk = Desk(house.handler, case)
    page = desk.get().content.decode()
    assert "Nobody has said where this customer could write a review" in page
    assert f'href="/complaints/{case.key}/review-invitation' not in page
    admin.post("/reviews", typed())
    assert f"/complaints/{case.key}/review-invitation" in desk.get().content.decode()
    form = desk.form("review-invitation")
    assert URL in form["text"]
    desk.take("review-invitation")
    case.refresh_from_db()
    assert case.invited_to_review_at is not None
    page = desk.get().content.decode()
    assert "Invited to write a review" in page
    assert 'value="phone"' not in desk.get("review-invitation").content.decode()
