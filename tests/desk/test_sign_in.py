"""Signing in and out, too many wrong tries, a forgotten password, one's own page."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client

from amends.kit.clock import now
from amends.people.sign_in_link import PATH, make_sign_in_link, token_of
from tests.conftest import House


@pytest.fixture(autouse=True)
def own_cache(settings: object) -> None:
    """Tries are counted in the cache: each test counts from nothing."""
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}  # type: ignore[attr-defined]
    cache.clear()


def sign_in(client: Client, email: str, password: str, **more: str) -> object:
    return client.post("/sign-in", {"login": email, "password": password, **more})


def test_who_is_not_signed_in_is_led_to_the_sign_in_and_back(house: House, client: Client) -> None:
    response = client.get("/complaints?show=mine")
    assert (response.status_code, response["Location"]) == (302, "/sign-in?next=/complaints%3Fshow%3Dmine")
    assert client.get(response["Location"]).status_code == 200
    response = client.post(
        "/sign-in",
        {
            "login": "HANNA.handler@house.example",
            "password": "a long password",
            "next": "/complaints?show=mine",
        },
    )
    assert (response.status_code, response["Location"]) == (303, "/complaints?show=mine")
    assert client.get("/complaints?show=mine").status_code == 200


def test_the_way_back_leads_nowhere_else(house: House, client: Client) -> None:
    login = {"login": house.handler.email, "password": "a long password", "next": "https://evil.example/"}
    assert client.post("/sign-in", login)["Location"] == "/"


@pytest.mark.parametrize("wrong", ["unknown", "password", "left"])
def test_a_wrong_sign_in_says_the_same_whatever_is_wrong(house: House, client: Client, wrong: str) -> None:
    if wrong == "left":
        house.handler.is_active = False
        house.handler.save()
    email = "nobody@house.example" if wrong == "unknown" else house.handler.email
    password = "another one" if wrong == "password" else "a long password"
    response = client.post("/sign-in", {"login": email, "password": password})
    assert response.status_code == 422
    assert "E-mail and password do not belong together." in response.content.decode()
    assert email in response.content.decode()  # what was typed is kept
    assert client.get("/").status_code == 302


def test_after_five_wrong_tries_the_right_password_has_to_wait(house: House, client: Client) -> None:
    for _ in range(5):
        login = {"login": house.handler.email, "password": "wrong"}
        assert client.post("/sign-in", login).status_code == 422
    response = client.post("/sign-in", {"login": house.handler.email, "password": "a long password"})
    assert response.status_code == 429
    assert "Too many wrong tries. Wait five minutes, then try again." in response.content.decode()
    assert client.get("/").status_code == 302
    other = {"login": house.lead.email, "password": "a long password"}
    assert client.post("/sign-in", other).status_code == 303  # nobody else is kept out


def test_signing_out_is_a_post(house: House, client: Client) -> None:
    client.force_login(house.handler)
    assert client.get("/sign-out").status_code == 405
    assert client.get("/me").status_code == 200
    assert client.post("/sign-out")["Location"] == "/sign-in"
    assert client.get("/me").status_code == 302


@pytest.mark.parametrize("path", ["/signup", "/accounts/signup/", "/sign-in/signup", "/accounts/login/"])
def test_nobody_signs_up(house: House, client: Client, path: str) -> None:
    assert client.get(path).status_code == 404


def test_a_forgotten_password_is_chosen_anew_through_the_mail(house: House, client: Client) -> None:
    assert client.post("/sign-in/forgotten", {"email": house.handler.email}).status_code == 302
    (message,) = mail.outbox
    found = re.search(r"(/sign-in/new/\S+)", str(message.body))
    assert found
    assert message.to == [house.handler.email]
    page = client.get(found[1])
    words = {"new_password1": "a longer password", "new_password2": "a longer password"}
    assert client.post(page["Location"], words)["Location"] == "/sign-in/new/chosen"
    house.handler.refresh_from_db()
    assert house.handler.check_password("a longer password")
    assert "used already" in client.get(found[1]).content.decode()


def test_an_unknown_address_gets_no_mail_and_the_same_answer(house: House, client: Client) -> None:
    response = client.post("/sign-in/forgotten", {"email": "nobody@house.example"})
    assert (response.status_code, response["Location"], mail.outbox) == (302, "/sign-in/forgotten/sent", [])


def test_asking_for_a_password_too_often_is_answered_429(house: House, client: Client) -> None:
    for _ in range(5):
        client.post("/sign-in/forgotten", {"email": house.handler.email})
    assert client.post("/sign-in/forgotten", {"email": house.handler.email}).status_code == 429
    assert len(mail.outbox) == 5


def test_who_came_by_a_link_sets_a_first_password(house: House, client: Client) -> None:
    house.packer.set_unusable_password()
    house.packer.save()
    token = token_of(make_sign_in_link(house.packer, at=now() - timedelta(hours=1)))
    assert client.post(PATH + token).status_code == 303
    assert "You came in by a one-time link." in client.get("/me").content.decode()
    short = {"new_password1": "short", "new_password2": "short"}
    assert client.post("/me/password", short).status_code == 422
    house.packer.refresh_from_db()
    assert not house.packer.has_usable_password()
    words = {"new_password1": "kettles and boxes", "new_password2": "kettles and boxes"}
    assert client.post("/me/password", words).status_code == 303
    house.packer.refresh_from_db()
    assert house.packer.check_password("kettles and boxes")
    assert client.get("/me").status_code == 200  # still signed in


def test_another_password_asks_for_the_present_one(house: House, client: Client) -> None:
    client.force_login(house.handler)
    words = {
        "old_password": "wrong",
        "new_password1": "kettles and boxes",
        "new_password2": "kettles and boxes",
    }
    assert client.post("/me/password", words).status_code == 422
    house.handler.refresh_from_db()
    assert house.handler.check_password("a long password")


def test_the_language_is_one_s_own(house: House, client: Client) -> None:
    client.force_login(house.handler)
    response = client.post("/me/language", {"language": "sv", "next": "/complaints"})
    assert (response.status_code, response["Location"]) == (303, "/complaints")
    assert '<html lang="sv">' in client.get("/me").content.decode()
    assert client.post("/me/language", {"language": "tlh"}).status_code == 422
    house.handler.refresh_from_db()
    assert house.handler.language == "sv"


def test_behind_a_proxy_one_network_does_not_shut_out_the_others(house: House, client: Client) -> None:
    for number in range(30):
        wrong = {"login": f"{number}@house.example", "password": "wrong"}
        client.post("/sign-in", wrong, headers={"x-forwarded-for": "203.0.113.9"})
    right = {"login": house.handler.email, "password": "a long password"}
    assert client.post("/sign-in", right, headers={"x-forwarded-for": "203.0.113.9"}).status_code == 429
    assert client.post("/sign-in", right, headers={"x-forwarded-for": "198.51.100.7"}).status_code == 303
