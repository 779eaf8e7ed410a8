"""Words that did not reach the customer: on Today and on the page, with what happened and the ways on."""

from datetime import timedelta

import pytest
from django.test import Client

from amends.cases import actions
from amends.cases.models import Message
from amends.rules.capabilities import SYSTEM
from tests.conftest import MONDAY, House

BROKEN = [
    ("failed", ["resending", "contact"], "did not take it"),
    ("bounced", ["contact", "resending"], "It came back"),
    ("uncertain", ["arrival", "resending"], "may have it or not"),
    ("returned", ["contact", "resending"], "The post brought it back"),
]


@pytest.fixture
def message(house: House) -> Message:
    by = house.actor(house.handler)
    case = house.complaint(channel="phone")
    case = actions.assign(case, by=by, at=MONDAY, handler=house.handler)
    case = actions.acknowledge(case, by=by, at=MONDAY, text="We are on it.", subject="Your kettle")
    return case.messages.get()


def broken(message: Message, status: str) -> Message:
    Message.objects.filter(pk=message.pk).update(status=status, error="552 too large")
    message.refresh_from_db()
    return message


@pytest.mark.parametrize("case_of", BROKEN, ids=lambda case_of: case_of[0])
def test_what_happened_and_the_ways_on(
    house: House, client: Client, message: Message, case_of: tuple[str, list[str], str]
) -> None:
    status, ways, sentence = case_of
    broken(message, status)
    client.force_login(house.handler)
    case = f"/complaints/{message.complaint.key}"
    own = {"contact": f"{case}/contact"}
    addresses = [own.get(way, f"{case}/messages/{message.key}/{way}") for way in ways]
    for address in ("/", case):
        page = client.get(address).content.decode()
        assert sentence in page
        assert "552 too large" in page
        places = [page.index(f'href="{where}') for where in addresses if f'href="{where}' in page]
        assert len(places) == len(addresses)
        assert address != "/" or places == sorted(places)
    for where in addresses:
        assert client.get(where).status_code == 200


def test_sending_again_shows_where_it_goes_and_does_it_once(
    house: House, client: Client, message: Message
) -> None:
    broken(message, "bounced")
    house.customer.email = "clara@new.example"
    house.customer.save()
    client.force_login(house.handler)
    address = f"/complaints/{message.complaint.key}/messages/{message.key}/resending"
    page = client.get(address).content.decode()
    assert 'value="clara@new.example"' in page
    assert "The same words go out once more" in page
    first = client.post(address, {"once": "a", "goes_to": "thief@example.org"})
    assert first.status_code == 303
    assert client.post(address, {"once": "a", "goes_to": "thief@example.org"}).status_code == 303
    message.refresh_from_db()
    assert (message.status, message.to, message.error) == ("queued", "clara@new.example", "")
    assert message.complaint.events.filter(name="message.requeued").count() == 1
    assert client.post(address, {"once": "b"}).status_code == 409


def test_it_arrived(house: House, client: Client, message: Message) -> None:
    broken(message, "uncertain")
    client.force_login(house.handler)
    address = f"/complaints/{message.complaint.key}/messages/{message.key}/arrival"
    assert "is not sent again" in client.get(address).content.decode()
    assert client.post(address, {"once": "a"}).status_code == 303
    message.refresh_from_db()
    assert message.status == "sent"
    assert client.post(address, {"once": "b"}).status_code == 409
    assert "Your kettle" not in client.get("/").content.decode()


def test_a_message_on_its_way_says_how_far_it_is(house: House, client: Client, message: Message) -> None:
    client.force_login(house.handler)
    case = f"/complaints/{message.complaint.key}"
    assert "Queued: clara@example.org" in client.get(case).content.decode()
    actions.begin_sending(message, message_id="<a@b>")
    assert "Being sent: clara@example.org" in client.get(case).content.decode()
    actions.report_delivery(message, by=SYSTEM, at=MONDAY + timedelta(minutes=5))
    assert "Sent: clara@example.org" in client.get(case).content.decode()
    assert "2026-03-02 10:05:00 CET" in client.get(case).content.decode()
    actions.report_read(message, by=SYSTEM, at=MONDAY + timedelta(hours=2))
    page = client.get(case).content.decode()
    assert "Read <time" in page
    assert "2026-03-02 12:00:00 CET" in page
    assert f"{case}/messages/{message.key}/resending" not in page
