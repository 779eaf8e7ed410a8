"""Whatever goes wrong comes as problem details, in sentences, and changes nothing."""

from typing import Any

import pytest
from django.test import Client

from amends.cases.models import Complaint, Event
from amends.people.models import Customer
from amends.rules.capabilities import Capability
from tests.api.conftest import REGISTRATION, Let
from tests.conftest import House

PROBLEM = "application/problem+json"


def wrong(response: Any, status: int, kind: str) -> Any:
    """The body of a problem of this status and kind."""
    assert (response.status_code, response["Content-Type"]) == (status, PROBLEM), response.content
    body = response.json()
    assert (body["status"], body["type"]) == (status, f"/api/v1/docs#{kind}")
    return body


def test_a_refused_step_names_every_reason_and_changes_nothing(house: House, let: Let) -> None:
    program, case = let(house.handler), house.complaint()
    events = Event.objects.count()
    refused = wrong(program.post(f"/complaints/{case.key}/acknowledgement", {"text": " "}), 409, "refused")
    assert refused["step"] == "acknowledge"
    assert refused["reasons"] == [{"code": "nothing_written", "sentence": "The text is missing."}]
    early = wrong(program.post(f"/complaints/{case.key}/decision"), 409, "refused")
    assert [reason["code"] for reason in early["reasons"]] == ["wrong_stage"]
    case.refresh_from_db()
    assert (case.stage, Event.objects.count()) == ("received", events)


def test_a_refused_registration_leaves_no_customer(house: House, let: Let) -> None:
    refused = wrong(let(house.handler).post("/complaints", REGISTRATION | {"story": "\n"}), 409, "refused")
    assert [reason["code"] for reason in refused["reasons"]] == ["nothing_written"]
    unsigned = wrong(let(house.handler).post("/complaints", REGISTRATION | {"signed_by": ""}), 409, "refused")
    assert [reason["code"] for reason in unsigned["reasons"]] == ["nobody_signed"]
    assert (Complaint.objects.count(), Customer.objects.count()) == (0, 1)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"story": "a\0b"}, "story"),
        ({"story": "x" * 5_000_000}, "story"),
        ({"story": "\ud800"}, "story"),
        ({"story": 7}, "story"),
        ({"channel": "pigeon"}, "channel"),
        ({"category": "weather"}, "category"),
        ({"language": "tlh"}, "language"),
        ({"received_at": "2026-03-02T09:00:00"}, "received_at"),
        ({"received_at": "0001-01-01T00:00:00+14:00"}, "received_at"),
        ({"received_at": "2199-01-01T00:00:00Z"}, "received_at"),
        ({"received_at": 1772442000}, "received_at"),
        ({"letter_date": "2026-02-30"}, "letter_date"),
        ({"severity": 10**30}, "severity"),
        ({"to_executive": "yes"}, "to_executive"),
        ({"handlr": "x"}, "handlr"),
        ({"complained_about": ["nobody@house.example"]}, "complained_about.0"),
        ({"customer": {"name": " "}}, "customer.name"),
        ({"customer": {"key": "a" * 16}}, "customer.key"),
        ({"customer": {"name": "A\nB"}}, "customer.name"),
        ({"customer": {"name": "A", "email": "no address"}}, "customer.email"),
        ({"customer": {"name": "A", "country": "Sweden"}}, "customer.country"),
    ],
)
def test_bad_input_is_told_field_by_field(house: House, let: Let, change: Any, field: str) -> None:
    body = wrong(let(house.handler).post("/complaints", REGISTRATION | change), 422, "invalid")
    (error,) = body["errors"]
    assert error["field"] == field
    assert error["pointer"] == "#/" + field.replace(".", "/")
    assert error["detail"].endswith((".", "!"))
    assert (Complaint.objects.count(), Customer.objects.count()) == (0, 1)


@pytest.mark.parametrize("amount", [499, 499.5, "1e5", "-1.00", "1.005", "99999999999.00", "NaN"])
def test_sums_are_text_with_two_decimals(house: House, let: Let, amount: Any) -> None:
    case = house.complaint()
    remedy = {"kind": "refund", "description": "The price", "cost": amount}
    plan = {"currency": "SEK", "remedies": [remedy]}
    body = wrong(let(house.handler).post(f"/complaints/{case.key}/plans", plan), 422, "invalid")
    assert [error["field"] for error in body["errors"]] == ["remedies.0.cost"]
    assert not case.plans.exists()


def test_an_unknown_currency_is_refused_with_those_we_pay_in(house: House, let: Let) -> None:
    case = house.complaint()
    plan = {"currency": "XXX", "remedies": []}
    body = wrong(let(house.handler).post(f"/complaints/{case.key}/plans", plan), 422, "invalid")
    assert "EUR, SEK" in body["errors"][0]["detail"]


def test_what_is_no_json_is_400(house: House, let: Let) -> None:
    program = let(house.handler)
    for content in ("{", "\xff", "[" * 100_000, '{"story": ' + "9" * 5000 + "}"):
        answer = program.client.post(
            "/api/v1/complaints", content, content_type="application/json", headers=program.headers
        )
        wrong(answer, 400, "malformed")
    assert Complaint.objects.count() == 0


def test_a_body_beyond_16_mb_is_413(house: House, let: Let) -> None:
    answer = let(house.handler).post("/complaints", REGISTRATION | {"story": "x" * 17_000_000})
    wrong(answer, 413, "too-large")
    assert Complaint.objects.count() == 0


def test_what_is_not_there_is_404_and_what_is_not_offered_405(house: House, let: Let) -> None:
    program = let(house.handler)
    for path in ("/complaints/nothing", "/complaints/%00", "/nothing/at/all", "/customers/x%00", "/"):
        wrong(program.get(path), 404, "not-found")
    answer = program.client.put("/api/v1/complaints", headers=program.headers)
    wrong(answer, 405, "method-not-allowed")
    assert sorted(answer["Allow"].split(", ")) == ["GET", "POST"]


def test_who_is_complained_about_finds_nothing(house: House, let: Let) -> None:
    case, colleague = house.complaint(complained_about=[house.colleague]), let(house.colleague)
    for path in ("", "/messages", "/events", "/steps"):
        wrong(colleague.get(f"/complaints/{case.key}{path}"), 404, "not-found")
    wrong(colleague.post(f"/complaints/{case.key}/acknowledgement", {"text": "Hm."}), 404, "not-found")
    assert colleague.get("/complaints").json() == {"items": [], "next": None}
    assert colleague.get("/events").json() == {"items": [], "next": "0"}
    assert case.events.count() == 1
    assert let(house.handler).get(f"/complaints/{case.key}").status_code == 200


def test_a_fault_of_ours_leaks_nothing(house: House, let: Let, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError("the secret of the house")

    monkeypatch.setattr("amends.api.routers.reading.complaint_page", broken)
    answer = let(house.handler).get("/complaints")
    assert "secret" not in str(wrong(answer, 500, "internal"))


def test_sentences_come_in_the_readers_language(house: House, let: Let) -> None:
    program = let(house.handler)
    assert program.get("/nothing", headers={"Accept-Language": "sv"})["Content-Language"] == "sv"
    house.handler.language = "pl"
    house.handler.save()
    assert program.get("/complaints/nothing")["Content-Language"] == "pl"
    assert program.get("/complaints/nothing", headers={"Accept-Language": "ms"})["Content-Language"] == "ms"


def test_without_a_token_nothing_is_told(house: House, let: Let) -> None:
    case = house.complaint()
    for headers in ({}, {"Authorization": "Bearer wrong"}, {"Authorization": "Basic YTpi"}):
        answer = Client().get(f"/api/v1/complaints/{case.key}", headers=headers)
        wrong(answer, 401, "unauthorized")
        assert answer["WWW-Authenticate"].startswith("Bearer")
    inside = Client()
    inside.force_login(house.handler)
    wrong(inside.get(f"/api/v1/complaints/{case.key}"), 401, "unauthorized")


def test_a_token_does_what_its_scopes_say(house: House, let: Let) -> None:
    case, reader = house.complaint(), let(house.handler, {Capability.READ})
    assert reader.get(f"/complaints/{case.key}").status_code == 200
    answer = reader.post(f"/complaints/{case.key}/acknowledgement", {"text": "We are on it."})
    assert wrong(answer, 403, "forbidden")["needs"] == "handle"
    assert 'scope="handle"' in answer["WWW-Authenticate"]
    case.refresh_from_db()
    assert case.stage == "received"
