"""Mail handed over by HTTP: by a program with a token, and by mail providers in their own forms."""

import hashlib
import hmac
import json
from base64 import b64encode
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError
from django.test import Client
from pytest_django.fixtures import Settings

from amends.api import mail as mail_module
from amends.correspondence.arrivals.keeping import raw_of
from amends.correspondence.models import Arrival
from amends.rules.capabilities import Capability
from tests.api.conftest import Let, Program
from tests.conftest import House

RAW = (
    b"From: Clara Customer <clara@example.org>\r\nTo: complaints@house.example\r\nSubject: The kettle\r\n"
    b"Message-ID: <1@example.org>\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n"
    b"Content-Transfer-Encoding: 8bit\r\n\r\nThe kettle leaks \xe2\x80\x93 badly.\r\n"
)
KEY = "key-of-the-house"


@pytest.fixture(autouse=True)
def secrets(settings: Settings) -> None:
    settings.ANYMAIL = {"WEBHOOK_SECRET": "provider:p/w", "MAILGUN_WEBHOOK_SIGNING_KEY": KEY}


def post(program: Program, raw: bytes) -> Any:
    return program.client.post("/api/v1/mail", raw, content_type="message/rfc822", headers=program.headers)


def hand_over(provider: str, body: Any, *, basic: str = "provider:p/w", **how: Any) -> Any:
    """As the provider does it, with the name and password that stand in the address it was given."""
    headers = {"Authorization": "Basic " + b64encode(basic.encode()).decode()} if basic else {}
    return Client(enforce_csrf_checks=True).post(
        f"/api/v1/mail/{provider}/mime", body, headers=headers, **how
    )


def test_a_program_hands_over_a_message_once(house: House, let: Let) -> None:
    answers = [post(let(house.handler), RAW) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [202, 202]
    arrival = Arrival.objects.get()
    assert raw_of(arrival) == RAW
    assert arrival.source == "webhook"
    assert {answer.json()["items"][0]["key"] for answer in answers} == {arrival.key}
    assert arrival.complaint is not None
    assert arrival.complaint.story == "The kettle leaks – badly."


def test_only_who_may_register_hands_over(house: House, let: Let) -> None:
    assert post(let(house.handler, {Capability.READ}), RAW).status_code == 403
    answer = Client().post("/api/v1/mail", RAW, content_type="message/rfc822")
    assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (401, 'Bearer realm="amends"')
    assert Client().get("/api/v1/mail").status_code == 405
    assert not Arrival.objects.exists()


def test_too_large_a_message(house: House, let: Let, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mail_module, "LARGEST", len(RAW) - 1)
    assert post(let(house.handler), RAW).status_code == 413
    assert not Arrival.objects.exists()


def test_no_message_at_all(house: House, let: Let) -> None:
    assert post(let(house.handler), b"").status_code == 400
    assert not Arrival.objects.exists()


def test_what_cannot_be_kept_is_to_come_again(
    house: House, let: Let, monkeypatch: pytest.MonkeyPatch
) -> None:
    def bring(raw: bytes, **how: Any) -> Arrival:
        raise OperationalError("database is locked")

    monkeypatch.setattr(mail_module, "bring", bring)
    assert post(let(house.handler), RAW).status_code == 503


def mailgun(signed_with: str = KEY, **more: Any) -> dict[str, Any]:
    """What a route of Mailgun's forwards to an address that ends in “mime”."""
    timestamp, token = "1795326913", "50dcec4a2d0ef27036c44ff733ce9324736fc1c6b9ecdbf6f3"
    signature = hmac.new(signed_with.encode(), f"{timestamp}{token}".encode(), hashlib.sha256).hexdigest()
    return {
        "recipient": "complaints@house.example",
        "sender": "clara@example.org",
        "from": "Clara Customer <clara@example.org>",
        "subject": "The kettle",
        "body-mime": RAW.decode(),
        "timestamp": timestamp,
        "token": token,
        "signature": signature,
    } | more


def sendgrid(**more: Any) -> dict[str, Any]:
    """What Inbound Parse posts with “POST the raw, full MIME message”."""
    return {
        "dkim": "{@example.org : pass}",
        "email": RAW.decode(),
        "to": "complaints@house.example",
        "from": "Clara Customer <clara@example.org>",
        "sender_ip": "192.0.2.7",
        "envelope": '{"to":["complaints@house.example"],"from":"clara@example.org"}',
        "subject": "The kettle",
        "spam_score": "0.1",
        "SPF": "pass",
    } | more


def postmark(**more: Any) -> dict[str, Any]:
    """What Postmark posts with “Include raw email content in JSON payload”."""
    return {
        "FromName": "Clara Customer",
        "From": "clara@example.org",
        "FromFull": {"Email": "clara@example.org", "Name": "Clara Customer", "MailboxHash": ""},
        "To": "complaints@house.example",
        "ToFull": [{"Email": "complaints@house.example", "Name": "", "MailboxHash": ""}],
        "CcFull": [],
        "BccFull": [],
        "OriginalRecipient": "complaints@house.example",
        "Subject": "The kettle",
        "MessageID": "22c74902-a0c1-4511-804f-341342852c90",
        "MessageStream": "inbound",
        "Date": "Sun, 22 Nov 2026 08:00:00 +0100",
        "TextBody": "The kettle leaks – badly.\r\n",
        "HtmlBody": "",
        "Headers": [
            {"Name": "Return-Path", "Value": "<clara@example.org>"},
            {"Name": "Message-ID", "Value": "<1@example.org>"},
        ],
        "RawEmail": RAW.decode(),
        "Attachments": [],
    } | more


def as_json(body: dict[str, Any]) -> dict[str, Any]:
    return {"body": json.dumps(body), "content_type": "application/json"}


@pytest.mark.parametrize(
    ("provider", "how"),
    [
        ("mailgun", {"body": mailgun()}),
        ("sendgrid", {"body": sendgrid()}),
        ("postmark", as_json(postmark())),
    ],
    ids=["Mailgun", "SendGrid", "Postmark"],
)
def test_a_provider_hands_over_the_message_as_it_came(
    house: House, provider: str, how: dict[str, Any]
) -> None:
    for _ in range(2):  # each of them comes again if an answer is lost
        answer = hand_over(provider, **how)
        assert answer.status_code == 202
    arrival = Arrival.objects.get()
    assert raw_of(arrival) == RAW
    assert answer.json() == {"items": [{"key": arrival.key, "state": "taken"}]}
    assert arrival.complaint is not None
    assert arrival.complaint.customer.email == "clara@example.org"


def test_parts_alone_are_put_together_again(house: House) -> None:
    body = postmark()
    del body["RawEmail"]
    body["Attachments"] = [
        {
            "Name": "kettle.txt",
            "Content": b64encode(b"a drawing").decode(),
            "ContentType": "text/plain",
            "ContentID": "",
            "ContentLength": 9,
        }
    ]
    for _ in range(2):
        assert hand_over("postmark", **as_json(body)).status_code == 202
    arrival = Arrival.objects.get()
    assert arrival.complaint is not None
    assert arrival.complaint.story == "The kettle leaks – badly."
    assert [document.name for document in arrival.complaint.documents.all()] == ["kettle.txt"]
    form = mailgun() | {
        "body-plain": "The lid, too.",
        "Message-Id": "<2@example.org>",
        "message-headers": '[["From", "clara@example.org"], ["Message-Id", "<2@example.org>"]]',
        "attachment-count": "1",
        "attachment-1": SimpleUploadedFile("lid.txt", b"a drawing"),
    }
    del form["body-mime"]
    assert hand_over("mailgun", form).status_code == 202
    assert Arrival.objects.filter(state=Arrival.State.TAKEN).count() == 2


@pytest.mark.parametrize(
    ("provider", "how"),
    [
        ("mailgun", {"body": mailgun("another key")}),
        ("mailgun", {"body": mailgun(), "basic": "provider:wrong"}),
        ("sendgrid", {"body": sendgrid(), "basic": ""}),
        ("postmark", as_json(postmark()) | {"basic": "other:p/w"}),
    ],
)
def test_nobody_else_hands_over(house: House, provider: str, how: dict[str, Any]) -> None:
    answer = hand_over(provider, **how)
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"] == 'Basic realm="amends"'
    assert not Arrival.objects.exists()


def test_without_a_password_of_the_house_nobody_does(house: House, settings: Settings) -> None:
    settings.ANYMAIL = {"WEBHOOK_SECRET": "", "MAILGUN_WEBHOOK_SIGNING_KEY": ""}
    assert hand_over("mailgun", mailgun("")).status_code == 404
    assert hand_over("sendgrid", sendgrid(), basic="").status_code == 404
    assert not Arrival.objects.exists()


@pytest.mark.parametrize(
    ("provider", "how"),
    [
        ("sendgrid", {"body": {"nothing": "of it"}}),
        ("postmark", {"body": "{", "content_type": "application/json"}),
        ("postmark", {"body": "[]", "content_type": "application/json"}),
        ("postmark", as_json({"RecordType": "Bounce"})),
        ("mailgun", {"body": mailgun(event="opened", **{"body-mime": ""})}),
    ],
)
def test_something_else_is_refused(house: House, provider: str, how: dict[str, Any]) -> None:
    answer = hand_over(provider, **how)
    assert (answer.status_code, answer.headers["Content-Type"]) == (400, "application/problem+json")
    assert not Arrival.objects.exists()


def test_other_providers_are_not_known(house: House) -> None:
    assert hand_over("base", {}).status_code == 404
