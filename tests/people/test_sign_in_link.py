"""One-time sign-in links: good once, for a day, for one person."""

from datetime import timedelta

import pytest
from django.test import Client

from amends.kit import clock
from amends.kit.models import Once
from amends.people.sign_in_link import LinkVoid, Void, make_sign_in_link, token_of, use, who
from tests.conftest import MONDAY, House


def void(token: str, **at: float) -> Void:
    with pytest.raises(LinkVoid) as refused:
        use(token, at=MONDAY + timedelta(**at))
    return refused.value.why


def test_signs_in_its_person_once(house: House) -> None:
    token = token_of(make_sign_in_link(house.lead, at=MONDAY))
    assert use(token, at=MONDAY + timedelta(hours=23)) == house.lead
    assert void(token, hours=23) is Void.USED


def test_looking_does_not_use_it_up(house: House) -> None:
    token = token_of(make_sign_in_link(house.lead, at=MONDAY))
    assert who(token, at=MONDAY) == who(token, at=MONDAY) == house.lead
    assert not Once.objects.exists()


def test_ends_after_a_day(house: House) -> None:
    token = token_of(make_sign_in_link(house.lead, at=MONDAY))
    assert void(token, hours=24, seconds=1) is Void.EXPIRED
    assert not Once.objects.exists()


@pytest.mark.parametrize("spoil", [lambda t: t[:-1], lambda t: "x" + t, lambda t: "", lambda t: "ö:ö:ö"])
def test_spoilt_link(house: House, spoil: object) -> None:
    token = token_of(make_sign_in_link(house.lead, at=MONDAY))
    assert void(spoil(token)) is Void.WRONG  # type: ignore[operator]


def test_closed_account(house: House) -> None:
    token = token_of(make_sign_in_link(house.lead, at=MONDAY))
    house.lead.is_active = False
    house.lead.save()
    assert void(token) is Void.LEFT
    assert not Once.objects.exists()


def test_two_links_are_two(house: House) -> None:
    first, second = (token_of(make_sign_in_link(house.lead, at=MONDAY)) for _ in range(2))
    use(first, at=MONDAY)
    assert use(second, at=MONDAY) == house.lead


def test_base_url(house: House) -> None:
    link = make_sign_in_link(house.lead, at=MONDAY, base_url="http://127.0.0.1:8123/")
    assert link.startswith("http://127.0.0.1:8123/sign-in/link/")


def test_page_asks_and_button_signs_in(house: House, client: Client) -> None:
    path = "/sign-in/link/" + token_of(make_sign_in_link(house.lead, at=MONDAY))
    with clock.set_to(MONDAY):
        page = client.get(path)
        assert page.status_code == 200
        assert "Welcome, Lena Lead" in page.text
        assert page.headers["Referrer-Policy"] == "same-origin"
        assert "_auth_user_id" not in client.session
        signed_in = client.post(path)
    assert (signed_in.status_code, signed_in.headers["Location"]) == (303, "/")
    assert client.session["_auth_user_id"] == str(house.lead.pk)


def test_used_link_says_so(house: House, client: Client) -> None:
    token = token_of(make_sign_in_link(house.lead, at=MONDAY))
    use(token, at=MONDAY)
    with clock.set_to(MONDAY):
        page = client.post("/sign-in/link/" + token)
    assert page.status_code == 410
    assert "This link was used already" in page.text
    assert "_auth_user_id" not in client.session
