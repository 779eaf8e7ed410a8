"""Whoever wants no more invitations says so with one click, from the mail program or from the page."""

from typing import Any

import pytest
from django.test import Client

from amends.cases import actions
from amends.correspondence.mail import mail_of
from amends.correspondence.reply_token import token_of
from tests.conftest import MONDAY, House

STOPPED = "customer.invitations_stopped"


@pytest.fixture
def strict() -> Client:
    """A browser, or a mail program, without a cookie of ours."""
    return Client(enforce_csrf_checks=True)


def test_looking_changes_nothing(house: House, strict: Client) -> None:
    case = house.complaint(language="en")
    for method in (strict.get, strict.head):
        response = method(f"/invitations/{token_of(case)}")
        assert response.status_code == 200
    assert response["Cache-Control"] == "no-store, private"
    assert response["Referrer-Policy"] == "no-referrer"
    house.customer.refresh_from_db()
    assert house.customer.no_invitations is False
    page = strict.get(f"/invitations/{token_of(case)}").content.decode()
    assert "Stop invitations</button>" in page
    assert case.title not in page
    assert not case.events.filter(name=STOPPED).exists()


@pytest.mark.parametrize("body", [{"List-Unsubscribe": "One-Click"}, {}])
def test_a_post_stops_them_once(house: House, strict: Client, body: dict[str, str]) -> None:
    case = house.complaint()
    for _ in range(2):
        response = strict.post(f"/invitations/{token_of(case)}", body)
        assert response.status_code == 200
        assert "You get no more invitations from us" in response.content.decode()
    house.customer.refresh_from_db()
    assert house.customer.no_invitations is True
    (event,) = case.events.filter(name=STOPPED)
    assert event.actor_kind == "customer"


def test_the_address_is_the_one_that_the_mail_names(house: House, strict: Client, settings: Any) -> None:
    settings.AMENDS_BASE_URL = "http://testserver"
    by = house.actor(house.handler)
    case = actions.write(house.complaint(), by=by, at=MONDAY, text="Would you tell others?", purpose="review")
    header = mail_of(case.messages.get()).extra_headers["List-Unsubscribe"].strip("<>")
    assert strict.post(header, {"List-Unsubscribe": "One-Click"}).status_code == 200
    house.customer.refresh_from_db()
    assert house.customer.no_invitations is True


def test_a_made_up_token_stops_nothing(house: House, strict: Client) -> None:
    case = house.complaint()
    response = strict.post(f"/invitations/{case.key}aaaaaaaaaa")
    assert response.status_code == 404
    house.customer.refresh_from_db()
    assert house.customer.no_invitations is False
