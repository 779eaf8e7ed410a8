"""The rounds through the API: what an offer shows, what is asked for instead, who may sign by which paper."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from amends.cases.models import Complaint, SigningCode
from amends.cases.signing import code_of
from amends.kit.chain import digest
from amends.people.models import Representative
from tests.api.conftest import Let, Program
from tests.api.test_loop import approved, decided, done
from tests.cases.test_settlement_text import cooling_off
from tests.conftest import House


@pytest.fixture
def offered(house: House, let: Let) -> tuple[Program, str]:
    """A program of the handler's, and the address of a complaint with an offer on the table."""
    cooling_off(house)
    handler = let(house.handler)
    at = decided(handler)
    approved(handler, let(house.lead), at)
    done(handler.post(f"{at}/offers", {"text": "We pay you back."}), 201)
    return handler, at


def only(program: Program, path: str) -> Any:
    (item,) = done(program.get(path))["items"]
    return item


def test_an_offer_shows_what_is_signed_and_the_agreement_until_when_it_can_be_undone(
    offered: tuple[Program, str],
) -> None:
    handler, at = offered
    offer = only(handler, f"{at}/offers")
    assert "1. Ursäkt: A letter, inom 7 dagar" in offer["settlement"].replace("\xa0", " ")
    assert offer["settlement_sha256"] == digest(offer["settlement"])
    assert offer["withdrawal"] == {"rule": "cooling-off", "length": 14, "unit": "calendar days"}
    assert (offer["wishes"], offer["reminded_at"]) == ([], None)
    done(handler.post(f"{at}/offers/1/signing-code"), 201)
    code = code_of(SigningCode.objects.get())
    signing = {"signed_name": "Nils", "code": code, "shown_sha256": "0" * 64}
    refused = handler.post(f"{at}/offers/1/signature", signing)
    assert (refused.status_code, refused.json()["reasons"][0]["code"]) == (409, "not_this_text")
    signing["shown_sha256"] = offer["settlement_sha256"]
    agreement = done(handler.post(f"{at}/offers/1/signature", signing), 201)
    assert agreement["text"] == offer["settlement"]
    assert (agreement["ended_at"], agreement["ended_how"], agreement["authority"]) == (None, "", None)
    assert agreement["withdraw_until"] > agreement["signed_at"]
    done(handler.post(f"{at}/agreement-withdrawal", {"words": "I thought again."}))
    ended = only(handler, f"{at}/agreements")
    assert (ended["ended_how"], ended["ended_at"] is not None) == ("withdrawn", True)


def test_wishes_without_words(offered: tuple[Program, str]) -> None:
    handler, at = offered
    wishes = [{"kind": "replacement"}, {"amount": "20.00", "currency": "SEK"}]
    done(handler.post(f"{at}/offers/1/counter", {"wishes": wishes}))
    offer = only(handler, f"{at}/offers")
    assert (offer["answer"], offer["answer_words"], offer["wishes"]) == ("countered", "", wishes)


@pytest.mark.parametrize(
    ("wishes", "status"),
    [
        ([{"kind": "refund", "amount": "5.00"}], 422),
        ([{"kind": "refund", "currency": "SEK"}], 422),
        ([{"kind": "a wish"}], 422),
        ([{}], 409),
        ([], 409),
    ],
)
def test_what_is_no_wish(offered: tuple[Program, str], wishes: list[Any], status: int) -> None:
    handler, at = offered
    assert handler.post(f"{at}/offers/1/counter", {"wishes": wishes}).status_code == status
    assert only(handler, f"{at}/offers")["answer"] == "open"


def test_who_speaks_for_the_customer_signs_by_a_paper(offered: tuple[Program, str]) -> None:
    handler, at = offered
    nobody = handler.post(f"{at}/authority", {})
    assert nobody.json()["reasons"][0]["code"] == "nobody_speaks"
    complaint = Complaint.objects.get()
    speaker = Representative.objects.create(
        customer=complaint.customer, name="Dora", email="dora@example.org"
    )
    Complaint.objects.update(representative=speaker)
    without = handler.post(f"{at}/authority", {})
    assert (without.status_code, without.json()["reasons"][0]["code"]) == (409, "no_authority")
    assert handler.post(f"{at}/authority", {"document": "nothing"}).status_code == 422
    assert handler.post(f"{at}/offers/1/signing-code").status_code == 409
    paper = SimpleUploadedFile("authority.txt", b"I let Dora sign for me.")
    key = done(handler.upload(f"{at}/documents", paper), 201)["key"]
    done(handler.post(f"{at}/authority", {"document": key}))
    done(handler.post(f"{at}/offers/1/signing-code"), 201)
    done(handler.post(f"{at}/authority", {"may_sign": False}))
    assert handler.post(f"{at}/authority", {}).status_code == 409  # the paper was taken back with it
    done(handler.post(f"{at}/authority", {"document": key}))
    signing = {"signed_name": "Dora", "code": code_of(SigningCode.objects.get())}
    agreement = done(handler.post(f"{at}/offers/1/signature", signing), 201)
    assert (agreement["signed_as"], agreement["authority"]) == ("representative", key)
