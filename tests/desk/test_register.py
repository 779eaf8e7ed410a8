"""Registering: as told, signed for, once, and nothing typed is ever lost."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from amends.cases.links import link_url
from amends.cases.models import Complaint, Document
from amends.people.models import Customer, Representative
from tests.conftest import House

PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


@pytest.fixture
def desk(house: House, client: Client) -> Client:
    """The handler at the desk."""
    client.force_login(house.handler)
    return client


def typed(**changes: Any) -> dict[str, Any]:
    fields = {
        "once": "a-form",
        "story": "The kettle leaks.\r\nSince Monday.",
        "name": "Nora New", "language": "en",
        "email": "nora@example.org", "channel": "phone", "category": "product", "severity": "3",
        "signed": "on",
        "wish": "A tight one.", "product": "Kettle K2", "batch": "B-17", "invoice_number": "F-1",
        "anything_else": "It is a gift.", "mine": "on",
    }  # fmt: skip
    return {name: value for name, value in (fields | changes).items() if value is not None}


def test_a_complaint_is_registered_as_told(house: House, desk: Client) -> None:
    response = desk.post("/complaints", typed())
    case = Complaint.objects.get()
    assert (response.status_code, response["Location"]) == (303, f"/complaints/{case.key}")
    assert (case.story, case.wish, case.anything_else) == (
        "The kettle leaks.\r\nSince Monday.", "A tight one.", "It is a gift.",
    )  # fmt: skip
    assert (case.signed_by, case.recorder, case.handler) == ("Hanna Handler", house.handler, house.handler)
    assert (case.customer.name, case.severity, case.stage, case.formal) == ("Nora New", 3, "received", False)
    issue = case.issues.get()
    assert (issue.product, issue.batch, issue.invoice_number) == ("Kettle K2", "B-17", "F-1")
    page = desk.get(response["Location"]).content.decode()
    assert case.reference in page
    assert link_url(case) in page


def test_the_same_form_twice_is_one_complaint(desk: Client) -> None:
    first, second = desk.post("/complaints", typed()), desk.post("/complaints", typed())
    assert first["Location"] == second["Location"]
    assert Complaint.objects.count() == Customer.objects.exclude(name="Clara Customer").count() == 1


def test_the_same_form_with_other_words_is_not_taken_for_the_first(desk: Client) -> None:
    desk.post("/complaints", typed())
    response = desk.post("/complaints", typed(story="Another matter."))
    assert response.status_code == 409
    assert "Another matter." in response.content.decode()
    assert Complaint.objects.get().story.startswith("The kettle")


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"story": "  "}, "This field is required."),
        ({"story": "x" * 5_000_000}, "up to 100,000 fit"),
        ({"language": "tlh"}, "Select a valid choice."),
        ({"name": None}, "Who is it? A name is needed."),
        ({"signed": None}, "Put your name to it"),
        ({"category": ""}, "This field is required."),
        ({"received_at": "2999-01-01T10:00"}, "This lies in the future."),
        ({"customer": "nobody"}, "not on file any more"),
        ({"solve": "1", "done": " "}, "Say what was done."),
        ({"country": "QQ"}, "Select a valid choice."),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_is_kept(
    desk: Client, changes: dict[str, Any], sentence: str
) -> None:
    response = desk.post("/complaints", typed(**changes))
    page = response.content.decode()
    assert response.status_code == 422
    assert sentence in page
    assert "It is a gift." in page
    assert (changes.get("story") or "The kettle leaks.").strip() in page
    assert not Complaint.objects.exists()
    assert not Customer.objects.filter(name="Nora New").exists()


def test_nul_characters_are_left_out(desk: Client) -> None:
    assert desk.post("/complaints", typed(story="Leaks\0.", name="No\0ra", batch="B\0")).status_code == 303
    case = Complaint.objects.get()
    assert (case.story, case.customer.name, case.issues.get().batch) == ("Leaks.", "Nora", "B")


def test_a_file_comes_along(desk: Client) -> None:
    files = [SimpleUploadedFile("invoice.pdf", PDF), SimpleUploadedFile("note.txt", b"Bought in May.")]
    assert desk.post("/complaints", typed(attachments=files)).status_code == 303
    assert set(Document.objects.values_list("name", flat=True)) == {"invoice.pdf", "note.txt"}


def test_a_file_in_disguise_is_refused_and_the_words_are_kept(desk: Client) -> None:
    files = [SimpleUploadedFile("photo.png", b"MZ not a photo")]
    response = desk.post("/complaints", typed(attachments=files))
    assert response.status_code == 415
    assert "is not what its name says it is" in response.content.decode()
    assert "The kettle leaks." in response.content.decode()
    assert not Complaint.objects.exists()


def test_a_known_customer_is_found_and_used_again(house: House, desk: Client) -> None:
    earlier = house.complaint()
    page = desk.get("/complaints/new/known", {"email": "clara@example.org"}).content.decode()
    assert house.customer.key in page
    assert earlier.reference in page
    assert "<html" not in page
    desk.post("/complaints", typed(customer=house.customer.key, name=None, email=None, phone="070"))
    case = Complaint.objects.exclude(pk=earlier.pk).get()
    assert case.customer == house.customer
    assert (case.customer.phone, case.customer.email) == ("070", "clara@example.org")


def test_without_scripts_a_button_looks_the_customer_up(house: House, desk: Client) -> None:
    response = desk.post("/complaints", typed(email="clara@example.org", look_up="1", signed=None))
    page = response.content.decode()
    assert response.status_code == 200
    assert house.customer.key in page
    assert "The kettle leaks." in page
    assert "Put your name to it" not in page
    assert not Complaint.objects.exists()


def test_nobody_is_shown_an_open_complaint_about_themselves(house: House, desk: Client) -> None:
    about_me = house.complaint(complained_about=[house.handler])
    page = desk.get("/complaints/new/known", {"email": "clara@example.org"}).content.decode()
    assert house.customer.name in page
    assert about_me.reference not in page


def test_somebody_speaks_for_the_customer(desk: Client) -> None:
    desk.post("/complaints", typed(speaker_name="Dora", speaker_email="d@example.org", speaker_may_sign="on"))
    speaker = Representative.objects.get()
    assert (Complaint.objects.get().representative, speaker.may_sign) == (speaker, True)


def test_a_letter_to_the_chief_executive_is_formal(desk: Client) -> None:
    desk.post("/complaints", typed(channel="letter", letter_date="2026-01-02", to_executive="on"))
    case = Complaint.objects.get()
    assert (case.formal, case.to_executive, str(case.letter_date)) == (True, True, "2026-01-02")


def test_solved_on_the_spot(desk: Client) -> None:
    desk.post("/complaints", typed(solve="1", done="A new lid was handed over.", channel="in_person"))
    case = Complaint.objects.get()
    assert (case.stage, case.messages.get().body) == ("following_up", "A new lid was handed over.")


def test_a_case_about_me_is_registered_and_leaves_my_sight(house: House, desk: Client) -> None:
    response = desk.post("/complaints", typed(complained_about=[house.handler.key]))
    case = Complaint.objects.get()
    assert (response.status_code, response["Location"], case.handler) == (303, "/", None)
    page = desk.get("/").content.decode()
    assert f"Registered as {case.reference}. It is about you, so others carry it on." in page
    assert link_url(case) not in page
    assert desk.get(f"/complaints/{case.key}").status_code == 404


def test_what_the_rules_refuse_is_said_and_nothing_is_written(house: House, desk: Client) -> None:
    about_me = {"complained_about": [house.handler.key], "solve": "1", "done": "I said sorry."}
    response = desk.post("/complaints", typed(**about_me))
    assert response.status_code == 409
    assert "you can take no part in it" in response.content.decode()
    assert "The kettle leaks." in response.content.decode()
    assert not Complaint.objects.exists()
    assert not Customer.objects.filter(name="Nora New").exists()


def test_without_taking_it_it_lies_on_nobody_s_desk(desk: Client) -> None:
    desk.post("/complaints", typed(mine=None))
    assert Complaint.objects.get().handler is None


def test_who_may_not_register(house: House, client: Client) -> None:
    signed_out = client.post("/complaints", typed(story="The kettle leaks. " * 5))
    assert (signed_out.status_code, "The kettle leaks." in signed_out.content.decode()) == (401, True)
    client.force_login(house.packer)
    assert client.get("/complaints/new").status_code == 403
    assert client.get("/complaints/new/known").status_code == 403
    assert client.post("/complaints", typed()).status_code == 403
    assert not Complaint.objects.exists()
