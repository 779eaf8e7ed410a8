"""Every step of the customer's: taken, refused with what was typed kept, posted twice, too late."""

import json
import re
from collections.abc import Callable
from datetime import timedelta
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from amends.cases import actions
from amends.cases.documents import accept
from amends.cases.models import SigningCode
from amends.cases.signing import code_of
from amends.kit.chain import digest
from amends.kit.clock import set_to
from amends.people.models import Customer
from tests.portal.conftest import NOON, Link

At = Callable[..., Link]
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"

# noun, stage at which it is possible, what is filled in, the stage after it
TAKEN: list[tuple[str, str, dict[str, object], str]] = [
    ("problem-confirmation", "investigating", {}, "investigating"),
    ("problem-correction", "investigating", {"words": "At the bottom."}, "investigating"),
    ("messages", "received", {"words": "Any news?"}, "received"),
    ("messages", "closed", {"words": "One more thing."}, "closed"),
    ("counter-proposal", "offered", {"round": 1, "words": "A new kettle."}, "decided"),
    ("declined-offer", "offered", {"round": 1, "words": ""}, "decided"),
    ("signing-code", "offered", {"round": 1}, "offered"),
    ("satisfaction", "following_up", {"words": ""}, "closed"),
    ("dissatisfaction", "following_up", {"how": "no", "words": "It leaks again."}, "investigating"),
    ("escalation", "decided", {"words": "I want your manager."}, "decided"),
    ("withdrawal", "acknowledged", {"sure": "on", "words": ""}, "withdrawn"),
    ("reopening", "closed", {"words": "It came back."}, "investigating"),
]


@pytest.mark.parametrize(("noun", "stage", "fields", "after"), TAKEN)
def test_taken_and_posted_twice_it_happens_once(
    at: At, noun: str, stage: str, fields: dict[str, object], after: str
) -> None:
    link = at(stage)
    first = link.post(noun, once="the same key", **fields)
    assert (first.status_code, link.fresh().stage) == (303, after)
    events, messages = link.fresh().events_count, link.fresh().messages.count()
    again = link.post(noun, once="the same key", **fields)
    assert again.status_code == 303
    assert (link.fresh().events_count, link.fresh().messages.count()) == (events, messages)
    assert link.client.get(first["Location"].partition("#")[0]).status_code == 200


# noun, a stage at which it is too early or too late, what is filled in
OVER: list[tuple[str, str, dict[str, object]]] = [
    ("problem-confirmation", "closed", {}),
    ("problem-correction", "decided", {"words": "Typed words"}),
    ("counter-proposal", "agreed", {"round": 1, "words": "Typed words"}),
    ("declined-offer", "closed", {"round": 1, "words": "Typed words"}),
    ("signing-code", "agreed", {"round": 1}),
    (
        "signature",
        "agreed",
        {"round": 1, "signed_name": "Clara", "code": "123456", "shown_sha256": "0" * 64},
    ),
    ("satisfaction", "closed", {"words": "Typed words"}),
    ("dissatisfaction", "closed", {"how": "partly", "words": "Typed words"}),
    ("escalation", "closed", {"words": "Typed words"}),
    ("withdrawal", "closed", {"sure": "on", "words": "Typed words"}),
    ("reopening", "received", {"words": "Typed words"}),
]


@pytest.mark.parametrize(("noun", "stage", "fields"), OVER)
def test_a_step_that_is_over_says_so_and_keeps_the_words(
    at: At, noun: str, stage: str, fields: dict[str, object]
) -> None:
    link = at(stage)
    before = link.fresh().events_count
    response = link.post(noun, once="k", **fields)
    text = response.content.decode()
    assert response.status_code == 409
    # Who said already that it is good is told so: only silence would leave it to be said.
    why = "This was already done" if noun == "satisfaction" else "this can no longer be done"
    assert why in text
    assert "Nothing was changed" in text
    assert (link.fresh().stage, link.fresh().events_count) == (stage, before)
    if "words" in fields:
        assert "Typed words</textarea>" in text
        assert "Send it as a message instead" in text
    page = link.get(noun)
    assert page.status_code == 200
    assert why in page.content.decode()


@pytest.mark.parametrize(
    ("noun", "stage", "fields"),
    [
        ("problem-correction", "investigating", {"words": "  \n"}),
        ("messages", "received", {"words": ""}),
        ("messages", "received", {"words": "x" * 100_001}),
        ("documents", "received", {}),
        ("counter-proposal", "offered", {"round": 1, "words": ""}),
        ("counter-proposal", "offered", {"round": "99999", "words": "Typed words"}),
        ("signature", "offered", {"round": 1, "signed_name": "", "code": "1"}),
        ("dissatisfaction", "following_up", {"how": "perhaps", "words": "Typed words"}),
        ("withdrawal", "received", {"words": "Typed words"}),
        ("reopening", "closed", {"words": ""}),
    ],
)
def test_what_is_filled_in_badly_comes_back(at: At, noun: str, stage: str, fields: dict[str, object]) -> None:
    link = at(stage)
    before = link.fresh().events_count
    response = link.post(noun, once="k", **fields)
    assert response.status_code == 422
    assert link.fresh().events_count == before
    if "Typed" in str(fields.get("words", "")):
        assert "Typed words</textarea>" in response.content.decode()


def test_the_same_key_with_other_words_asks_and_then_sends(at: At) -> None:
    link = at("received")
    link.post("messages", once="k", words="First words")
    response = link.post("messages", once="k", words="Second words")
    text = response.content.decode()
    assert response.status_code == 409
    assert "already sent once with other words" in text
    assert "Second words</textarea>" in text
    assert 'value="k"' not in text
    assert link.fresh().messages.filter(direction="in").count() == 1


def test_a_form_without_its_token_is_refused(at: At) -> None:
    link = at("acknowledged")
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(f"{link.home}withdrawal", {"sure": "on"}).status_code == 403
    assert link.fresh().stage == "acknowledged"


def test_reading_is_no_answer_whatever_the_method_says(at: At) -> None:
    link = at("following_up")
    before = link.fresh().events_count
    for query in ("", "?words=yes&once=k", "?how=no"):
        assert link.get(f"satisfaction{query}").status_code == 200
        assert link.client.head(f"{link.home}satisfaction{query}").status_code == 200
    assert link.client.put(f"{link.home}satisfaction").status_code == 405
    assert link.client.post(link.home).status_code == 405
    assert (link.fresh().stage, link.fresh().events_count) == ("following_up", before)


def test_right_and_not_quite_stand_on_the_page(at: At) -> None:
    link = at("investigating")
    assert "Yes, that is right" in link.text()
    link.post("problem-correction", words="At the bottom.")
    assert (link.fresh().correction, link.fresh().problem_confirmed_at) == ("At the bottom.", None)
    assert "You told us that it is not quite so:" in link.text()
    link.post("problem-confirmation")
    assert (link.fresh().correction, link.fresh().problem_confirmed_at) == ("", NOON)
    assert "You told us on Monday, 2 March 2026 that this is right." in link.text()


def test_a_formal_complaint_is_not_closed_before_its_written_answer(at: At) -> None:
    link = at("received", formal=True)
    actions.resolve_at_once(link.fresh(), by=link.way.handler, at=NOON, done="Solved.", channel="phone")
    response = link.post("satisfaction", words="Typed words")
    assert response.status_code == 409
    assert "We still owe you our answer in writing" in response.content.decode()
    assert "Typed words</textarea>" in response.content.decode()
    assert link.fresh().stage == "following_up"


def test_escalation_keeps_the_words_and_ends_at_the_top(at: At) -> None:
    link = at("received")
    link.way.house.staff("Hedda Head", "head")
    link.way.house.staff("Inga Executive", "executive")
    for level in (1, 2, 3):
        assert link.post("escalation", words="Higher, please.").status_code == 303
        assert link.fresh().level == level
    assert link.fresh().messages.filter(body="Higher, please.").count() == 3
    assert link.post("escalation").status_code == 409
    assert link.fresh().level == 3
    assert "Ask for somebody more senior" not in link.text()


# --- signing ------------------------------------------------------------------------------------


def _code(link: Link) -> str:
    row = SigningCode.objects.latest("pk")
    return code_of(row)


def shown_sha256(page: str) -> str:
    """The SHA-256 of the text that stands on the page, as whoever reads it would reckon it."""
    found = re.search(r'<div class="letter">(.*?)</div>', page, re.DOTALL)
    assert found is not None
    return digest(unescape(found[1]))


def test_the_customer_signs_exactly_what_the_page_showed(at: At) -> None:
    link = at("offered")
    assert "Refund: The price of the kettle, SEK 499.00, within 7 days" in link.text().replace("\xa0", " ")
    assert link.post("signing-code", round=1).status_code == 303
    shown = link.text()
    assert "We sent a code to c…@e….org. It is good until 13:15." in shown
    assert "clara@example.org" not in shown
    signing = {"once": "s", "round": 1, "signed_name": "Clara Customer", "code": _code(link)}
    signing |= {"shown_sha256": shown_sha256(shown), "drawing": "M10 20 L30 40 M5 5 L5 5"}
    signed = link.post("signature", **signing)
    assert (signed.status_code, link.fresh().stage) == (303, "agreed")
    agreement = link.fresh().agreements.get()
    assert agreement.text in shown.replace("&#x27;", "'")
    assert agreement.drawing == "M10 20 L30 40 M5 5 L5 5"
    text = link.text()
    assert agreement.text_sha256 in text
    assert "Clara Customer" in text
    assert link.post("signature", **signing).status_code == 303
    assert link.fresh().agreements.count() == 1


def test_five_wrong_codes_end_it_and_stay_counted(at: At) -> None:
    link = at("offered")
    link.post("signing-code", round=1)
    row = SigningCode.objects.get()
    wrong = "000000" if code_of(row) != "000000" else "111111"
    clara = {"round": 1, "signed_name": "Clara C", "shown_sha256": shown_sha256(link.text())}
    for tries in range(1, 6):
        response = link.post("signature", once=f"k{tries}", code=wrong, **clara)
        row.refresh_from_db()
        assert (response.status_code, row.wrong_tries) == (409, tries)
        assert "The code is wrong or too old" in response.content.decode()
        assert 'value="Clara C"' in response.content.decode()
    same = link.post("signature", once="k5", code=wrong, **clara)
    right = link.post("signature", once="k6", code=code_of(row), **clara)
    row.refresh_from_db()
    assert (same.status_code, right.status_code, row.wrong_tries) == (409, 409, 5)
    assert link.fresh().stage == "offered"
    assert "Send me the code" in link.text()


def test_an_old_code_does_not_sign(at: At) -> None:
    link = at("offered")
    link.post("signing-code", round=1)
    with set_to(NOON + timedelta(minutes=16)):
        signing = {"signed_name": "C", "code": _code(link), "shown_sha256": shown_sha256(link.text())}
        refused = link.post("signature", round=1, **signing)
        assert refused.status_code == 409
        assert "The code is wrong or too old" in refused.content.decode()
    assert link.fresh().stage == "offered"


def test_five_codes_an_hour_are_enough(at: At) -> None:
    link = at("offered")
    for _ in range(5):
        assert link.post("signing-code", round=1).status_code == 303
    refused = link.post("signing-code", round=1)
    assert (refused.status_code, SigningCode.objects.count()) == (429, 5)
    assert "We sent you several codes already" in refused.content.decode()
    with set_to(NOON + timedelta(minutes=61)):
        assert link.post("signing-code", round=1).status_code == 303


def test_without_an_address_one_signs_on_paper(at: At) -> None:
    link = at("offered")
    Customer.objects.update(email="")
    assert "you sign on paper" in link.text()
    refused = link.post("signing-code", round=1)
    assert (refused.status_code, SigningCode.objects.count()) == (409, 0)
    assert "You can sign on paper." in refused.content.decode()


def test_an_offer_that_ran_out_cannot_be_signed(at: At) -> None:
    link = at("offered")
    with set_to(NOON + timedelta(days=15)):
        assert link.post("signing-code", round=1).status_code == 409
        text = link.text()
    assert "This offer has run out." in text
    assert "Send me the code" not in text
    assert SigningCode.objects.count() == 0


def test_an_old_round_is_not_answered_in_place_of_the_new_one(at: At) -> None:
    link = at("offered")
    link.post("declined-offer", round=1)
    link.way.make_offer()
    for noun in ("signing-code", "counter-proposal", "declined-offer"):
        response = link.post(noun, round=1, words="Typed words")
        assert response.status_code == 409
        assert "Our offer has changed since you opened this page." in response.content.decode()
    assert link.fresh().stage == "offered"
    assert link.post("signing-code", round=2).status_code == 303


# --- files --------------------------------------------------------------------------------------


def _file(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def test_words_with_files_lie_together_and_can_be_fetched(at: At) -> None:
    link = at("received")
    files = [_file("invoice.pdf", PDF), _file("note.txt", b"Hello")]
    assert link.post("messages", words="See these.", attachments=files).status_code == 303
    message = link.fresh().messages.get(direction="in")
    assert [document.name for document in message.documents.all()] == ["invoice.pdf", "note.txt"]
    document = message.documents.get(name="invoice.pdf")
    response = link.get(f"documents/{document.key}")
    assert b"".join(response.streaming_content) == PDF  # type: ignore[attr-defined]
    assert response["Content-Disposition"] == 'attachment; filename="invoice.pdf"'
    assert response["Content-Type"] == "application/pdf"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "no-store, private"
    assert response["Referrer-Policy"] == "no-referrer"


def test_files_without_words_and_alone(at: At) -> None:
    link = at("received")
    assert link.post("messages", words="", attachments=_file("note.txt", b"Hello")).status_code == 303
    assert link.post("documents", attachments=_file("more.txt", b"Hello again")).status_code == 303
    text = link.text()
    assert "note.txt" in text
    assert "more.txt" in text


@pytest.mark.parametrize(
    ("name", "content", "status"),
    [
        ("photo.jpg", b"MZ\x90\x00 a program", 415),
        ("program.exe", b"MZ", 415),
        ("big.txt", b"a" * (20 * 1024 * 1024 + 1), 413),
    ],
)
def test_a_file_that_is_not_taken_keeps_the_words(at: At, name: str, content: bytes, status: int) -> None:
    link = at("received")
    before = link.fresh().events_count
    response = link.post("messages", words="Typed words", attachments=_file(name, content))
    text = response.content.decode()
    assert response.status_code == status
    assert name in text
    assert "Typed words</textarea>" in text
    assert "please choose your files again" in text
    assert link.fresh().events_count == before


def test_a_file_of_the_house_or_of_another_complaint_is_not_handed_out(at: At) -> None:
    link, other = at("received"), at("acknowledged")
    other.post("documents", attachments=_file("theirs.txt", b"Hello"))
    theirs = other.fresh().documents.get()
    inside = actions.attach(
        link.fresh(), by=link.way.handler, at=NOON, document=accept(_file("inside.txt", b"Inside"))
    )
    for key in (theirs.key, inside.key, "nothing"):
        assert link.get(f"documents/{key}").status_code == 404
    assert "inside.txt" not in link.text()
    assert "inside.txt" not in link.text("data")


# --- data ---------------------------------------------------------------------------------------


def test_their_data_as_a_file(at: At) -> None:
    link = at("closed")
    Customer.objects.update(phone="070 123", address="1 Street")
    response = link.get("data")
    data = json.loads(response.content)
    assert response["Content-Disposition"] == 'attachment; filename="2026-00001.json"'
    assert data["story"] == "The kettle leaks.\nIt has done so since the first day."
    assert data["person"]["phone"] == "070 123"
    assert [message["from"] for message in data["messages"]] == ["us", "us", "us", "you"]
    assert data["agreements"][0]["signed_name"] == "Clara Customer"
    assert data["offers"][0]["answer"] == "accepted"
    assert [duty["what"] for duty in data["duties"]] == ["The price of the kettle", "A letter from us"]
    assert data["outcome"] == "satisfied"
