"""Departments' own systems: what they have to do, and reporting it done however often."""

from datetime import timedelta
from typing import Any

from amends.cases import actions
from amends.cases.models import Document, Event
from amends.rules.capabilities import Capability
from tests.api.conftest import Let
from tests.cases.with_duties import KETTLE, LETTER, REFUND, carried_out
from tests.conftest import MONDAY, House

DAY = timedelta(days=1)


def test_the_same_proof_twice_is_answered_as_the_first_time(house: House, let: Let) -> None:
    kettle, _ = carried_out(house, KETTLE, REFUND)
    program = let(house.packer)
    path = f"/complaints/{kettle.complaint.key}/duties/{kettle.key}/proof"
    first = program.post(path, {"proof": "PostNord 4711"})
    again = program.post(path, {"proof": " PostNord 4711 "})
    assert (first.status_code, again.status_code) == (200, 200)
    assert again.json() == first.json()
    assert Event.objects.filter(name="duty.proved").count() == 1


def test_it_is_so_after_everything_is_done_as_well(house: House, let: Let) -> None:
    (kettle,) = carried_out(house, KETTLE)
    program = let(house.packer)
    path = f"/complaints/{kettle.complaint.key}/duties/{kettle.key}/proof"
    first = program.post(path, {"proof": "PostNord 4711"})
    actions.complete(kettle.complaint, by=house.actor(house.handler), at=MONDAY + DAY)
    assert program.post(path, {"proof": "PostNord 4711"}).json() == first.json()


def test_another_proof_is_refused_with_the_one_on_file(house: House, let: Let) -> None:
    kettle, _ = carried_out(house, KETTLE, REFUND)
    program = let(house.packer)
    path = f"/complaints/{kettle.complaint.key}/duties/{kettle.key}/proof"
    first = program.post(path, {"proof": "PostNord 4711"})
    other = program.post(path, {"proof": "DHL 1"})
    assert other.status_code == 409
    assert [reason["code"] for reason in other.json()["reasons"]] == ["already_done"]
    assert other.json()["on_file"] == first.json()
    kettle.refresh_from_db()
    assert kettle.proof == "PostNord 4711"


def test_the_same_number_with_another_file_is_another_proof(house: House, let: Let) -> None:
    kettle, _ = carried_out(house, KETTLE, REFUND)
    slip = actions.attach(
        kettle.complaint,
        by=house.actor(house.handler),
        at=MONDAY,
        document=Document(name="slip.txt", media_type="text/plain", size=1, sha256="0" * 64),
    )
    program = let(house.packer)
    path = f"/complaints/{kettle.complaint.key}/duties/{kettle.key}/proof"
    assert program.post(path, {"proof": "4711"}).status_code == 200
    assert program.post(path, {"proof": "4711", "document": slip.key}).status_code == 409


def test_completing_names_each_duty_without_proof(house: House, let: Let) -> None:
    kettle, refund = carried_out(house, KETTLE, REFUND)
    answer = let(house.handler).post(f"/complaints/{kettle.complaint.key}/completion")
    assert answer.status_code == 409
    (reason,) = answer.json()["reasons"]
    assert (reason["code"], [duty["key"] for duty in reason["duties"]]) == (
        "duty_without_proof",
        [kettle.key, refund.key],
    )
    assert reason["duties"][0]["description"] == "A new kettle"
    kettle.complaint.refresh_from_db()
    assert kettle.complaint.stage == "fulfilling"


def test_the_list_is_walked_by_day_and_department(
    house: House, let: Let, django_assert_num_queries: Any
) -> None:
    kettle, letter, refund = carried_out(house, KETTLE, LETTER, REFUND | {"department": house.care})
    program = let(house.handler)
    keys = [row["key"] for row in program.get("/duties").json()["items"]]
    assert keys == [kettle.key, letter.key, refund.key]
    first = program.get("/duties", limit=1).json()
    assert (first["items"][0]["reference"], first["items"][0]["waits_for"]) == (
        kettle.complaint.reference,
        None,
    )
    second = program.get("/duties", limit=2, after=first["next"]).json()
    assert ([row["key"] for row in second["items"]], second["next"]) == ([letter.key, refund.key], None)
    of_care = program.get("/duties", department="customer care").json()["items"]
    assert [row["key"] for row in of_care] == [refund.key]
    soon = program.get("/duties", due_before=(MONDAY + 4 * DAY).isoformat()).json()["items"]
    assert [row["key"] for row in soon] == [kettle.key]
    assert program.get("/duties", department="Nobody").status_code == 422
    with django_assert_num_queries(2):
        program.get("/duties")


def test_what_is_done_is_another_list(house: House, let: Let) -> None:
    kettle, refund = carried_out(house, KETTLE, REFUND)
    actions.prove(kettle, by=house.actor(house.packer), at=MONDAY + DAY, proof="PN 1")
    program = let(house.handler)
    done = program.get("/duties", state="done").json()["items"]
    assert [(row["key"], row["proof"]) for row in done] == [(kettle.key, "PN 1")]
    assert [row["key"] for row in program.get("/duties").json()["items"]] == [refund.key]
    later = (MONDAY + 2 * DAY).isoformat()
    assert program.get("/duties", state="done", done_after=later).json()["items"] == []


def test_who_reads_no_complaints_sees_their_own_departments(house: House, let: Let) -> None:
    kettle, _refund = carried_out(house, KETTLE, REFUND | {"department": house.care})
    program = let(house.packer, {Capability.FULFIL})
    assert [row["key"] for row in program.get("/duties").json()["items"]] == [kettle.key]
    assert program.get("/duties", department="Customer care").json()["items"] == []
    assert let(house.packer, {Capability.READ}).get("/duties").status_code == 403


def test_nothing_of_a_case_about_oneself(house: House, let: Let) -> None:
    kettle, _ = carried_out(house, KETTLE, REFUND)
    kettle.complaint.complained_about.add(house.packer)
    assert let(house.packer).get("/duties").json()["items"] == []


def test_a_duty_is_entrusted_with_its_link(house: House, let: Let) -> None:
    kettle, _ = carried_out(house, KETTLE, REFUND)
    path = f"/complaints/{kettle.complaint.key}/duties/{kettle.key}/entrusting"
    answer = let(house.handler).post(path, {"name": "Bring it AB", "language": "sv"})
    assert answer.status_code == 200
    assert answer.json()["entrusted_to"] == "Bring it AB"
    assert "/duties/" in answer.json()["link"]
    kettle.refresh_from_db()
    assert kettle.entrusted_language == "sv"
