"""The same request with the same Idempotency-Key is carried out once."""

from django.core.files.uploadedfile import SimpleUploadedFile

from amends.cases.models import Complaint, Document, SigningCode
from amends.kit.models import Once
from tests.api.conftest import REGISTRATION, Let
from tests.api.test_loop import approved, decided, done
from tests.conftest import House


def test_a_repeated_request_gets_the_first_answer(house: House, let: Let) -> None:
    program = let(house.handler)
    first = program.post("/complaints", REGISTRATION, Idempotency_Key="k1")
    second = program.post("/complaints", REGISTRATION, Idempotency_Key="k1")
    assert (first.status_code, second.status_code) == (201, 201)
    assert (first.json(), "Idempotent-Replayed" in first) == (second.json(), False)
    assert second["Idempotent-Replayed"] == "true"
    assert Complaint.objects.count() == 1


def test_the_same_key_for_something_else_is_422(house: House, let: Let) -> None:
    program = let(house.handler)
    program.post("/complaints", REGISTRATION, Idempotency_Key="k1")
    other = program.post("/complaints", REGISTRATION | {"story": "Other"}, Idempotency_Key="k1")
    assert (other.status_code, other.json()["type"]) == (422, "/api/v1/docs#key-reused")
    assert Complaint.objects.count() == 1
    assert let(house.lead).post("/complaints", REGISTRATION, Idempotency_Key="k1").status_code == 201


def test_a_refused_step_can_be_tried_again_with_its_key(house: House, let: Let) -> None:
    program, case = let(house.handler), house.complaint()
    address = f"/complaints/{case.key}/investigation"
    assert program.post(address, Idempotency_Key="k1").status_code == 409
    assert Once.objects.count() == 0
    done(program.post(f"/complaints/{case.key}/acknowledgement", {"text": "We are on it."}))
    done(program.post(f"/complaints/{case.key}/assignment", {"handler": house.handler.key}))
    assert done(program.post(address, Idempotency_Key="k1"))["stage"] == "investigating"


def test_a_file_sent_twice_is_kept_once(house: House, let: Let) -> None:
    program, case = let(house.handler), house.complaint()
    program.headers["Idempotency-Key"] = "k1"
    answers = [
        program.upload(f"/complaints/{case.key}/documents", SimpleUploadedFile("a.txt", b"words"))
        for _ in range(2)
    ]
    assert [done(answer, 201)["name"] for answer in answers] == ["a.txt", "a.txt"]
    assert Document.objects.count() == 1
    other = program.upload(f"/complaints/{case.key}/documents", SimpleUploadedFile("a.txt", b"others"))
    assert other.status_code == 422


def test_a_key_that_is_no_key_is_refused(house: House, let: Let) -> None:
    answer = let(house.handler).post("/complaints", REGISTRATION, Idempotency_Key="k" * 121)
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "Idempotency-Key")
    assert Complaint.objects.count() == 0


def test_a_wrong_signing_code_stays_counted(house: House, let: Let) -> None:
    program = let(house.handler)
    at = decided(program)
    approved(program, let(house.lead), at)
    done(program.post(f"{at}/offers", {"text": "We pay you back."}), 201)
    done(program.post(f"{at}/offers/1/signing-code"), 201)
    for number in (1, 2):
        wrong = program.post(
            f"{at}/offers/1/signature", {"signed_name": "Nils", "code": "x"}, Idempotency_Key=f"k{number}"
        )
        assert [reason["code"] for reason in wrong.json()["reasons"]] == ["not_signed"]
        assert SigningCode.objects.get().wrong_tries == number
    assert Complaint.objects.get().stage == "offered"


def test_an_answered_round_cannot_be_signed(house: House, let: Let) -> None:
    program = let(house.handler)
    at = decided(program)
    approved(program, let(house.lead), at)
    done(program.post(f"{at}/offers", {"text": "We pay you back."}), 201)
    done(program.post(f"{at}/offers/1/decline", {"words": "No."}))
    done(program.post(f"{at}/offers", {"text": "We still pay you back."}), 201)
    late = program.post(f"{at}/offers/1/signature", {"signed_name": "Nils New", "code": "123456"})
    reasons = [r["code"] for r in late.json()["reasons"]]
    assert (late.status_code, reasons) == (409, ["already_done", "not_signed"])
    assert Complaint.objects.get().stage == "offered"
