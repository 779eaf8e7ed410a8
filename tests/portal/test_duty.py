"""Somebody without an account does one duty: their page shows what they need, and takes the proof."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from amends.cases import actions
from amends.cases.duty_links import duty_url
from amends.cases.models import Document, Duty
from tests.cases.with_duties import KETTLE, LETTER, REFUND, carried_out
from tests.conftest import MONDAY, House

PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00"
ADDRESS = "Storgatan 1\n111 22 Stockholm"


@pytest.fixture
def carrier(house: House) -> "Carrier":
    """Who brings the kettle."""
    return Carrier(house, KETTLE)


class Carrier:
    """With the link to the first of the duties, in English."""

    def __init__(self, house: House, *remedies: dict[str, Any], language: str = "en") -> None:
        house.customer.address = ADDRESS
        house.customer.save()
        self.house, self.client = house, Client()
        self.duties = carried_out(house, *remedies)
        self.duty = actions.entrust(
            self.duties[0],
            by=house.actor(house.handler),
            at=MONDAY,
            name="Bring it AB",
            email="post@bring.example",
            language=language,
        )
        self.path = duty_url(self.duty).removeprefix("http://localhost:8000")

    def post(self, **fields: object) -> Any:
        return self.client.post(self.path, fields)

    def text(self) -> str:
        return self.client.get(self.path).content.decode()

    def fresh(self) -> Duty:
        return Duty.objects.get(pk=self.duty.pk)


def test_the_page_shows_what_is_needed_and_no_more(carrier: Carrier) -> None:
    response = carrier.client.get(carrier.path)
    page = response.content.decode()
    for words in ("A new kettle", "Clara Customer", "Storgatan 1<br>111 22 Stockholm", "5 March 2026"):
        assert words in page
    for words in ("The kettle leaks", "clara@example.org", "A bad seal", "Hanna Handler", "10.00"):
        assert words not in page
    assert (response["Cache-Control"], response["X-Robots-Tag"]) == ("no-store, private", "noindex, nofollow")


def test_who_pays_learns_whom_and_how_much_and_not_where(house: House) -> None:
    page = Carrier(house, REFUND).text()
    assert "Clara Customer" in page
    assert "SEK" in page
    assert "Storgatan" not in page


def test_it_speaks_the_language_that_was_chosen(house: House) -> None:
    response = Carrier(house, KETTLE, language="pl")
    answer = response.client.get(response.path)
    assert answer["Content-Language"] == "pl"
    assert '<html lang="pl"' in answer.content.decode()


def test_the_proof_is_put_on_file_once(carrier: Carrier) -> None:
    slip = SimpleUploadedFile("slip.txt", b"Sent.")
    sent = carrier.post(once="a", carrier="PostNord", proof="4711", attachment=slip)
    assert (sent.status_code, sent["Location"]) == (303, carrier.path)
    duty = carrier.fresh()
    assert (duty.proof, duty.done_by_name) == ("PostNord 4711", "Bring it AB")
    assert duty.proof_document is not None
    again = SimpleUploadedFile("slip.txt", b"Sent.")
    assert carrier.post(once="a", carrier="PostNord", proof="4711", attachment=again).status_code == 303
    assert Document.objects.filter(name="slip.txt").count() == 1
    ended = carrier.client.get(carrier.path)
    assert ended.status_code == 410
    assert "It is done, thank you" in ended.content.decode()
    assert "Storgatan" not in ended.content.decode()
    assert carrier.post(once="b", carrier="DHL", proof="1").status_code == 410
    assert carrier.fresh().proof == "PostNord 4711"


def test_what_is_missing_is_said_and_what_was_typed_stays(carrier: Carrier) -> None:
    answer = carrier.post(once="a", carrier="PostNord", proof="sent it")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "A dispatch number holds a number." in page
    assert 'value="PostNord"' in page
    assert 'value="sent it"' in page
    answer = carrier.post(once="a")
    assert "The carrier is missing" in answer.content.decode()
    assert "The dispatch number is missing" in answer.content.decode()
    assert carrier.fresh().done_at is None


def test_a_file_that_is_none_keeps_the_words(carrier: Carrier) -> None:
    fields = {"carrier": "DHL", "proof": "77", "attachment": SimpleUploadedFile("x.png", b"MZ")}
    answer = carrier.post(once="a", **fields)
    assert answer.status_code == 415
    assert 'value="77"' in answer.content.decode()
    assert (carrier.fresh().done_at, Document.objects.filter(name="x.png").count()) == (None, 0)


def test_the_link_ends_when_somebody_else_has_it_or_nobody(carrier: Carrier) -> None:
    by = carrier.house.actor(carrier.house.handler)
    actions.entrust(carrier.duty, by=by, at=MONDAY, name="Other AB", email="")
    answer = carrier.client.get(carrier.path)
    assert answer.status_code == 410
    assert "This is not needed any more" in answer.content.decode()
    assert carrier.post(once="a", carrier="DHL", proof="77").status_code == 410
    assert carrier.fresh().done_at is None
    assert carrier.client.get("/duties/nothing.like-it").status_code == 404


def test_what_waits_for_another_cannot_be_reported_yet(house: House) -> None:
    house.customer.address = ADDRESS
    house.customer.save()
    _kettle, letter = carried_out(house, KETTLE, LETTER)
    by = house.actor(house.handler)
    actions.entrust(letter, by=by, at=MONDAY, name="Printers", email="", language="en")
    path = duty_url(letter).removeprefix("http://localhost:8000")
    page = Client().get(path).content.decode()
    assert "something else has to be done first" in page
    assert "<form" not in page
    answer = Client().post(path, {"once": "a", "proof": "Sent by post"})
    assert answer.status_code == 409
    assert "Something else has to be done first." in answer.content.decode()
    letter.refresh_from_db()
    assert letter.done_at is None


def test_the_page_asks_the_database_little(carrier: Carrier, django_assert_num_queries: Any) -> None:
    carrier.client.get(carrier.path)
    with django_assert_num_queries(1):
        carrier.client.get(carrier.path)
