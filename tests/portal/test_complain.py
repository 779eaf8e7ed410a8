"""The public form: what it registers, what it refuses, and what it tells nobody."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from amends.cases.links import complaint_of
from amends.cases.models import Complaint
from amends.people.models import Customer
from tests.conftest import House

TOLD = {"story": "The lamp is broken.", "name": "Nils New", "email": "nils@example.org", "once": "key-1"}


def _send_from(client: Client, query: str, /, **changes: object) -> HttpResponse:
    return client.post(f"/complain{query}", TOLD | changes)  # type: ignore[return-value]


def _send(**changes: object) -> HttpResponse:
    return _send_from(Client(), "?lang=en", **changes)


def test_a_complaint_is_registered_and_the_link_shown(house: House) -> None:
    details = {"product": "Lamp", "batch": "B7", "invoice_number": "INV 5", "wish": "A new one."}
    response = _send(**details, attachments=SimpleUploadedFile("bill.txt", b"42"), anything_else="No.")
    complaint = Complaint.objects.get()
    assert response.status_code == 303
    assert (complaint.channel, complaint.category, complaint.signed_by) == ("form", "product", "Nils New")
    assert (complaint.stage, complaint.recorder, complaint.wish) == ("received", None, "A new one.")
    issue = complaint.issues.get()
    assert (issue.product, issue.batch, issue.invoice_number) == ("Lamp", "B7", "INV 5")
    assert complaint.documents.get().from_customer is True
    page = Client().get(response["Location"]).content.decode()
    assert complaint.reference in page
    secret = re.search(r"http://localhost:8000/c/([^/]+)/", page)
    assert secret is not None
    assert complaint_of(secret[1]) == complaint
    assert "A receipt with this link is on its way" in page


def test_the_form_is_posted_twice_and_registered_once(house: House) -> None:
    first, again = _send(), _send()
    assert first["Location"] == again["Location"]
    assert Complaint.objects.count() == 1
    other = _send(story="Something else.")
    assert (other.status_code, Complaint.objects.count()) == (409, 1)
    assert "Something else.</textarea>" in other.content.decode()


@pytest.mark.parametrize(
    ("changes", "kept"),
    [
        ({"story": "  "}, "Nils New"),
        ({"name": ""}, "The lamp is broken."),
        ({"email": ""}, "The lamp is broken."),
        ({"email": "nobody"}, "The lamp is broken."),
        ({"name": "Ni\0ls"}, "The lamp is broken."),
        ({"category": "weather"}, "The lamp is broken."),
        ({"website": "http://spam.example"}, "The lamp is broken."),
        ({"story": "x" * 5_000_000}, "x" * 1000),
    ],
)
def test_what_does_not_fit_comes_back_with_everything_typed(
    house: House, changes: dict[str, str], kept: str
) -> None:
    response = _send(**changes)
    assert response.status_code == 422
    assert kept in response.content.decode()
    assert (Complaint.objects.count(), Customer.objects.count()) == (0, 1)


def test_a_nul_in_the_story_does_no_harm(house: House) -> None:
    assert _send(story="The\0 lamp").status_code == 303
    assert Complaint.objects.get().story == "The lamp"


@pytest.mark.parametrize(
    ("name", "content", "status"), [("a.png", b"MZ", 415), ("big.txt", b"a" * (40 * 1024 * 1024), 413)]
)
def test_a_file_that_is_not_taken(house: House, name: str, content: bytes, status: int) -> None:
    response = _send(attachments=SimpleUploadedFile(name, content))
    assert response.status_code == status
    assert "The lamp is broken.</textarea>" in response.content.decode()
    assert (Complaint.objects.count(), Customer.objects.count()) == (0, 1)


def test_phone_or_address_is_enough(house: House) -> None:
    response = _send(email="", address="1 Street\nTown")
    assert response.status_code == 303
    assert "You gave no e-mail address" in Client().get(response["Location"]).content.decode()


@pytest.mark.parametrize(
    ("query", "browser", "language"),
    [
        ("?lang=pl", "sv", "pl"),
        ("", "sv,en;q=0.5", "sv"),
        ("?lang=zh-hans", "en", "zh-hans"),
        ("?lang=xx", "ms", "ms"),
        ("?lang=../etc", "tlh", "en"),
    ],
)
def test_the_page_and_the_complaint_have_its_language(
    house: House, query: str, browser: str, language: str
) -> None:
    client = Client(headers={"accept-language": browser})
    page = client.get(f"/complain{query}")
    assert f'<html lang="{language}">' in page.content.decode()
    assert page["Content-Language"] == language
    _send_from(client, query)
    assert Complaint.objects.get().language == language


def test_a_known_customer_is_found_by_name_and_mail_and_neither_changed_nor_told(house: House) -> None:
    Customer.objects.update(phone="070 SECRET", address="1 Secret Street", number="C-SECRET")
    told = {"name": "clara customer", "email": "clara@example.org"}
    response = _send(**told)
    complaint = Complaint.objects.get()
    assert complaint.customer == house.customer
    home = response["Location"].removesuffix("receipt")
    for noun in ("", "receipt", "data", "messages"):
        text = Client().get(home + noun).content.decode().lower()
        assert "secret street" not in text
        assert "070 secret" not in text
        assert "c-secret" not in text
    house.customer.refresh_from_db()
    assert (house.customer.name, house.customer.phone) == ("Clara Customer", "070 SECRET")


@pytest.mark.parametrize(
    "changes",
    [
        {"name": "Somebody Else", "email": "clara@example.org"},
        {"name": "Clara Customer", "email": "other@example.org"},
        {"name": "Clara Customer", "email": "clara@example.org", "phone": "070 999"},
        {"name": "Clara Customer", "email": "", "phone": "070 999"},
    ],
)
def test_anybody_else_is_a_customer_of_their_own(house: House, changes: dict[str, str]) -> None:
    _send(**changes)
    complaint = Complaint.objects.get()
    assert complaint.customer != house.customer
    assert complaint.customer.phone == changes.get("phone", "")
    house.customer.refresh_from_db()
    assert house.customer.phone == ""


def test_ten_an_hour_from_one_address(house: House) -> None:
    for number in range(10):
        assert _send(once=f"k{number}").status_code == 303
    refused = _send(once="k10")
    assert (refused.status_code, Complaint.objects.count()) == (429, 10)
    assert "The lamp is broken.</textarea>" in refused.content.decode()
    assert _send(once="k3").status_code == 303
    elsewhere = Client(REMOTE_ADDR="127.0.0.1", headers={"x-forwarded-for": "1.2.3.4, 5.6.7.8"})
    assert _send_from(elsewhere, "", once="k11").status_code == 303
    assert Complaint.objects.count() == 11


def test_looking_at_the_form_registers_nothing(house: House) -> None:
    assert Client().get("/complain?story=x&name=y&email=z@example.org").status_code == 200
    assert Complaint.objects.count() == 0


def test_folded_fields_open_when_they_hold_something(house: House) -> None:
    assert '<details class="more">' in Client().get("/complain").content.decode()
    refused = _send(name="", product="Lamp").content.decode()
    assert '<details class="more" open>' in refused
    assert 'value="Lamp"' in refused
