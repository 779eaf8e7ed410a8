"""Duties at the desk: each kind of proof, whoever is entrusted, what is missing, and the file."""

import csv
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from amends.cases import actions
from amends.cases.duty_links import duty_secret
from amends.cases.models import Duty, Message
from amends.people.models import Role
from tests.cases.with_duties import KETTLE, LETTER, REFUND, carried_out
from tests.conftest import MONDAY, House

DAY = timedelta(days=1)
FIRST = KETTLE | {"kind": "repair", "description": "A new seal"}  # what the law asks for before all else


def signed_in(client: Client, person: Any) -> Client:
    client.force_login(person)
    return client


def test_each_kind_is_asked_for_as_it_is(house: House, client: Client) -> None:
    visit = {"kind": "visit", "description": "A visit", "within_days": 20}
    kettle, refund, letter, visit_duty = carried_out(house, KETTLE, REFUND, LETTER | {"after": None}, visit)
    page = signed_in(client, house.packer).get("/tasks").content.decode()
    for duty, asked in (
        (kettle, "Carrier"),
        (refund, "Payment reference"),
        (letter, "The letter of the case"),
        (visit_duty, "What was done"),
    ):
        part = page.partition(f'id="{duty.key}"')[2].partition("</article>")[0]
        assert asked in part


@pytest.mark.parametrize(
    ("remedy", "fields", "said"),
    [
        (KETTLE, {"proof": "1"}, "The carrier is missing"),
        (REFUND, {"proof": "paid"}, "A payment reference holds a number."),
        (LETTER | {"after": None}, {}, "Say which letter it was and when it went"),
        (KETTLE | {"kind": "repair"}, {}, "Say what was done, when, and by whom."),
    ],
)
def test_what_is_missing_is_named(
    house: House, client: Client, remedy: dict[str, Any], fields: dict[str, str], said: str
) -> None:
    *_before, duty = carried_out(house, FIRST, remedy)
    answer = signed_in(client, house.packer).post(f"/tasks/duties/{duty.key}/proof", fields)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert Duty.objects.get(pk=duty.pk).done_at is None


def test_a_photo_is_asked_for_where_it_is_the_proof(house: House, client: Client) -> None:
    (duty,) = carried_out(house, KETTLE)
    Duty.objects.filter(pk=duty.pk).update(proof_kind="photo")
    path = f"/tasks/duties/{duty.key}/proof"
    desk = signed_in(client, house.packer)
    assert "The photo is missing" in desk.post(path, {}).content.decode()
    wrong = desk.post(path, {"attachment": SimpleUploadedFile("note.txt", b"Done.")})
    assert (wrong.status_code, "this file is none" in wrong.content.decode()) == (422, True)
    gif = SimpleUploadedFile("door.gif", b"GIF89a\x01\x00\x01\x00\x00\x00\x00;")
    assert desk.post(path, {"attachment": gif}).status_code == 303
    duty.refresh_from_db()
    assert (duty.proof, duty.proof_document.name) == ("door.gif", "door.gif")  # type: ignore[union-attr]


def test_a_letter_of_the_case_is_the_proof(house: House, client: Client) -> None:
    _first, duty = carried_out(house, FIRST, LETTER | {"after": None})
    letter = Message.objects.filter(complaint=duty.complaint, direction="out").latest("pk")
    desk = signed_in(client, house.packer)
    assert desk.post(f"/tasks/duties/{duty.key}/proof", {"letter": letter.key}).status_code == 303
    duty.refresh_from_db()
    assert duty.proof.startswith("E-mail of 2026-03-02")
    event = duty.complaint.events.get(name="duty.proved")
    assert event.data["message"] == letter.pk


def test_a_duty_that_waits_says_for_what(house: House, client: Client) -> None:
    carried_out(house, KETTLE, LETTER)
    page = signed_in(client, house.packer).get("/").content.decode()
    assert "waits for: A new kettle" in page
    assert page.index("A new kettle") < page.index("A letter from us")


def test_a_duty_is_entrusted_and_the_link_can_be_copied(house: House, client: Client) -> None:
    kettle, _ = carried_out(house, KETTLE, REFUND)
    desk = signed_in(client, house.handler)
    base = f"/complaints/{kettle.complaint.key}"
    path = f"{base}/duties/{kettle.key}/entrusting"
    assert desk.get(path).status_code == 200
    assert desk.post(path, {"name": "", "language": "sv"}).status_code == 422
    answer = desk.post(path, {"once": "a", "name": "Bring it AB", "email": "", "language": "sv"})
    assert answer.status_code == 303
    kettle.refresh_from_db()
    assert (kettle.entrusted_to, kettle.entrusted_language) == ("Bring it AB", "sv")
    page = desk.get(base).content.decode()
    assert f"/duties/{duty_secret(kettle)}" in page
    reader = house.staff("Rita Reader", "recorder", house.care)
    reader.role = Role.objects.create(name="reader", capabilities=["read"])
    reader.save()
    assert "/duties/" not in signed_in(Client(), reader).get(base).content.decode()


def test_completing_names_each_duty(house: House, client: Client) -> None:
    kettle, refund = carried_out(house, KETTLE, REFUND)
    desk = signed_in(client, house.handler)
    base = f"/complaints/{kettle.complaint.key}"
    page = desk.get(base).content.decode()
    assert "Warehouse: “A new kettle” is not reported done." in page
    assert f"{base}/duties/{kettle.key}/proof" in page.partition('class="missing"')[2].partition("</ul>")[0]
    actions.prove(kettle, by=house.actor(house.packer), at=MONDAY, proof="PN 1")
    page = desk.get(base).content.decode()
    assert "“A new kettle” is not reported done" not in page
    assert "“The price of the kettle” is not reported done" in page
    assert desk.post(f"{base}/completion", {"once": "a"}).status_code == 409
    refund.complaint.refresh_from_db()
    assert refund.complaint.stage == "fulfilling"


def lines(answer: Any) -> list[dict[str, str]]:
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(StringIO(text)))


def test_the_file_holds_the_departments_duties(house: House, client: Client) -> None:
    sly = KETTLE | {"description": "=HYPERLINK(1)"}
    kettle, _letter, _refund = carried_out(house, sly, LETTER, REFUND | {"department": house.care})
    desk = signed_in(client, house.packer)
    answer = desk.get("/tasks/duties.csv")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    first, second = lines(answer)
    assert (first["duty"], first["description"], first["due_at"]) == (
        kettle.key,
        "'=HYPERLINK(1)",
        "2026-03-05T09:00:00+00:00",
    )
    assert second["waits_for"] == kettle.key
    actions.prove(kettle, by=house.actor(house.packer), at=MONDAY + DAY, proof="PN 1")
    (done,) = lines(desk.get("/tasks/duties.csv?state=done&first=2026-03-03&last=2026-03-03"))
    assert (done["proof"], done["done_by"]) == ("PN 1", "Per Packer")
    assert lines(desk.get("/tasks/duties.csv?state=done&last=2026-03-02")) == []
    assert desk.get("/tasks/duties.csv?first=2026-03-03&last=2026-03-01").status_code == 422
    assert "Clara" not in str(first)


def test_the_tasks_ask_the_database_no_more_for_more_duties(
    house: House, client: Client, django_assert_max_num_queries: Any
) -> None:
    carried_out(house, KETTLE)
    desk = signed_in(client, house.packer)
    desk.get("/tasks")
    with django_assert_max_num_queries(50) as one:
        desk.get("/tasks")
    carried_out(house, KETTLE, LETTER, REFUND)
    carried_out(house, FIRST, LETTER | {"after": None}, LETTER | {"after": None})
    with django_assert_max_num_queries(50) as many:
        desk.get("/tasks")
    assert len(many) <= len(one) + 1  # the letters of all of them
