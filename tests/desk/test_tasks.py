"""What one is asked and what one's department carries out, done from one page."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from amends.cases import actions
from amends.cases.models import Document, Inquiry
from amends.kit.models import Once
from amends.people.models import Role, StaffMember
from tests.conftest import MONDAY, House
from tests.desk.grown_house import investigated, with_duty


@pytest.fixture
def desk(house: House, client: Client) -> Client:
    """The packer at the desk."""
    client.force_login(house.packer)
    return client


@pytest.fixture
def inquiry(house: House) -> Inquiry:
    """A question to the warehouse."""
    case, by = investigated(house), house.actor(house.handler)
    due = MONDAY + timedelta(days=1)
    return actions.ask(
        case, by=by, at=MONDAY, question="When was it packed?", due_at=due, department=house.warehouse
    )


def test_a_statement_is_given(desk: Client, inquiry: Inquiry) -> None:
    page = desk.get("/tasks").content.decode()
    assert "When was it packed?" in page
    assert "The kettle leaks." not in page  # not more of the case than is needed
    path = f"/tasks/inquiries/{inquiry.key}/statement"
    response = desk.post(path, {"once": "a", "statement": "In January.\0"})
    assert (response.status_code, response["Location"]) == (303, "/tasks")
    inquiry.refresh_from_db()
    assert (inquiry.statement, inquiry.answered_by_name, inquiry.is_open) == (
        "In January.",
        "Per Packer",
        False,
    )
    assert desk.post(path, {"once": "a", "statement": "In January.\0"}).status_code == 303
    response = desk.post(path, {"once": "b", "statement": "No, in May."})
    assert response.status_code == 409
    assert "This was already done." in response.content.decode()
    assert "No, in May." in response.content.decode()
    inquiry.refresh_from_db()
    assert inquiry.statement == "In January."


def test_other_words_under_the_same_key_can_be_sent_again(desk: Client, inquiry: Inquiry) -> None:
    path = f"/tasks/inquiries/{inquiry.key}/statement"
    Once.objects.create(
        scope=f"desk:{StaffMember.objects.get(name='Per Packer').pk}", key="a", request_sha256="x"
    )
    response = desk.post(path, {"once": "a", "statement": "In January."})
    inquiry.refresh_from_db()
    assert (response.status_code, inquiry.statement) == (409, "")
    (key,) = {form["once"].value() for _, form, at_hand in response.context["inquiries"] if at_hand}
    assert desk.post(path, {"once": key, "statement": "In January."}).status_code == 303
    inquiry.refresh_from_db()
    assert inquiry.statement == "In January."


def test_an_empty_statement_is_none(desk: Client, inquiry: Inquiry) -> None:
    response = desk.post(f"/tasks/inquiries/{inquiry.key}/statement", {"statement": " "})
    assert response.status_code == 422
    inquiry.refresh_from_db()
    assert inquiry.is_open


def test_what_others_are_asked_is_not_there(house: House, client: Client, inquiry: Inquiry) -> None:
    client.force_login(house.colleague)
    path = f"/tasks/inquiries/{inquiry.key}/statement"
    assert client.post(path, {"statement": "I know."}).status_code == 404
    client.force_login(house.packer)
    inquiry.complaint.complained_about.add(house.packer)
    assert "When was it packed?" not in client.get("/tasks").content.decode()
    assert client.post(path, {"statement": "I know."}).status_code == 404
    inquiry.refresh_from_db()
    assert inquiry.is_open


def test_a_duty_is_done_with_its_proof(house: House, desk: Client) -> None:
    duty = with_duty(house)
    assert "A new kettle" in desk.get("/tasks").content.decode()
    photo = SimpleUploadedFile("slip.txt", b"Sent.")
    fields = {"once": "a", "carrier": "PostNord", "proof": "12345", "attachment": photo}
    assert desk.post(f"/tasks/duties/{duty.key}/proof", fields).status_code == 303
    duty.refresh_from_db()
    assert duty.proof_document
    assert (duty.proof, duty.done_by_name, duty.proof_document.name) == (
        "PostNord 12345",
        "Per Packer",
        "slip.txt",
    )
    assert "A new kettle" not in desk.get("/tasks").content.decode()


def test_a_refused_file_keeps_the_words(house: House, desk: Client) -> None:
    duty, files = with_duty(house), Document.objects.count()
    fields = {
        "carrier": "PostNord",
        "proof": "PN 12345",
        "attachment": SimpleUploadedFile("slip.exe", b"MZ"),
    }
    response = desk.post(f"/tasks/duties/{duty.key}/proof", fields)
    assert response.status_code == 415
    assert "PN 12345" in response.content.decode()
    duty.refresh_from_db()
    assert (duty.done_at, Document.objects.count()) == (None, files)


def test_who_may_do_neither(house: House, client: Client, inquiry: Inquiry) -> None:
    assert client.get("/tasks").status_code == 302
    house.packer.role = Role.objects.create(name="reader", capabilities=["read"])
    house.packer.save()
    client.force_login(house.packer)
    assert client.post(f"/tasks/inquiries/{inquiry.key}/statement", {"statement": "x"}).status_code == 403
    assert client.post("/tasks/duties/x/proof", {"proof": "x"}).status_code == 403
    assert "When was it packed?" not in client.get("/tasks").content.decode()


def test_who_reads_no_complaints_starts_with_their_tasks(
    house: House, client: Client, inquiry: Inquiry
) -> None:
    house.packer.role = Role.objects.create(name="answers", capabilities=["consult"])
    house.packer.save()
    client.force_login(house.packer)
    assert client.get("/")["Location"] == "/tasks"
    path = f"/tasks/inquiries/{inquiry.key}/statement"
    assert client.post(path, {"statement": "In January."}).status_code == 303
    assert client.get("/complaints").status_code == 403
