"""Every step once, along the whole loop and down each side way, through the API alone."""

from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from amends.api.operations import RESOURCES
from amends.cases.models import Complaint, Document, Event, SigningCode
from amends.cases.signing import code_of
from amends.cases.verify import verify_one
from amends.kit.clock import now
from amends.rules.lifecycle import STEPS
from tests.api.conftest import REGISTRATION, Let, Program
from tests.conftest import House

PLAN = {
    "currency": "SEK",
    "remedies": [
        {"kind": "apology", "description": "A letter", "cost": "0.00"},
        {"kind": "refund", "description": "The price", "issue": 1, "amount": "499.00", "cost": "499.00",
         "department": "Warehouse", "after": 1},
    ],
}  # fmt: skip


PARTS = ("issues", "messages", "plans", "offers", "agreements", "duties", "inquiries", "documents")


def done(response: Any, status: int = 200) -> Any:
    assert response.status_code == status, response.content
    return response.json()


def decided(program: Program, finding: str = "justified") -> str:
    """A complaint taken to the decision; its address."""
    key = done(program.post("/complaints", REGISTRATION), 201)["key"]
    at = f"/complaints/{key}"
    done(program.post(f"{at}/acknowledgement", {"text": "We are on it."}))
    done(program.post(f"{at}/assignment", {"handler": "hanna.handler@house.example"}))
    done(program.post(f"{at}/investigation"))
    done(program.post(f"{at}/understanding", {"understood": "It leaks.", "text": "Is this right?"}))
    done(program.post(f"{at}/issues/1/finding", {"finding": finding, "reasons": "A bad seal."}))
    assert done(program.post(f"{at}/decision"))["stage"] == "decided"
    return at


def approved(handler: Program, lead: Program, at: str) -> None:
    version = done(handler.post(f"{at}/plans", PLAN), 201)["version"]
    done(handler.post(f"{at}/plan-submission"))
    done(lead.post(f"{at}/plans/{version}/approval", {}))


def test_the_whole_loop(house: House, let: Let) -> None:
    handler, lead, packer = let(house.handler), let(house.lead), let(house.packer)
    answer = done(handler.post("/complaints", REGISTRATION), 201)
    at = f"/complaints/{answer['key']}"
    assert (answer["stage"], answer["signed_by"], answer["language"]) == ("received", "Hanna Handler", "sv")
    done(handler.post(f"{at}/incoming-messages", {"words": "It also smells.", "channel": "phone"}))
    done(handler.post(f"{at}/issues", {"summary": "It smells", "category": "product",
                                       "details": {"batch": "B7"}}), 201)  # fmt: skip
    done(handler.post(f"{at}/acknowledgement", {"text": "We are on it."}))
    done(handler.post(f"{at}/assignment", {"handler": house.handler.key}))
    done(handler.post(f"{at}/investigation"))
    due = (now() + timedelta(days=2)).isoformat()
    question = {"question": "When was it packed?", "due_at": due, "department": "Warehouse"}
    inquiry = done(handler.post(f"{at}/inquiries", question), 201)["key"]
    other = done(handler.post(f"{at}/inquiries", question), 201)["key"]
    assert (
        done(packer.post(f"{at}/inquiries/{inquiry}/statement", {"statement": "In January."}))["is_open"]
        is False
    )
    done(handler.post(f"{at}/inquiries/{other}/set-aside", {"why": "The same."}))
    done(handler.post(f"{at}/understanding", {"understood": "It leaks.", "text": "Is this right?"}))
    done(handler.post(f"{at}/problem-correction", {"words": "And smells."}))
    done(handler.post(f"{at}/understanding", {"understood": "It leaks and smells."}))
    assert done(handler.post(f"{at}/problem-confirmation"))["problem_confirmed_at"] is not None
    done(handler.post(f"{at}/issues/1/finding", {"finding": "justified", "reasons": "A bad seal."}))
    done(handler.post(f"{at}/issues/2/finding", {"finding": "untrue", "reasons": "It is the tea."}))
    done(handler.post(f"{at}/decision"))
    done(handler.post(f"{at}/plans", PLAN), 201)
    done(handler.post(f"{at}/plan-submission"))
    done(lead.post(f"{at}/plans/1/revision-request", {"note": "Add a line."}))
    plan = done(handler.post(f"{at}/plans", PLAN), 201)
    assert (plan["version"], plan["remedies"][1]["cost"]) == (2, "499.00")
    done(handler.post(f"{at}/plan-submission"))
    done(lead.post(f"{at}/plans/2/approval", {"note": "Yes."}))
    done(handler.post(f"{at}/offers", {"text": "We pay you back."}), 201)
    done(handler.post(f"{at}/offers/1/counter", {"words": "Sooner."}))
    done(handler.post(f"{at}/offers", {"text": "We pay you back, really."}), 201)
    done(handler.post(f"{at}/offers/2/decline", {"words": "No."}))
    done(handler.post(f"{at}/offers", {"text": "We pay you back tomorrow."}), 201)
    assert done(handler.post(f"{at}/offers/3/signing-code"), 201)["sent_to"] == "nils@example.org"
    code = code_of(SigningCode.objects.get())
    signed = done(handler.post(f"{at}/offers/3/signature", {"signed_name": "Nils New", "code": code}), 201)
    assert (signed["means"], signed["round"]) == ("code", 3)
    duties = done(handler.post(f"{at}/duties"), 201)["items"]
    assert [duty["waits_for"] for duty in duties] == [None, duties[0]["key"]]
    done(handler.post(f"{at}/fulfilment"))
    done(handler.post(f"{at}/duties/{duties[0]['key']}/proof", {"proof": "Letter 12"}))
    done(packer.post(f"{at}/duties/{duties[1]['key']}/proof", {"proof": "BG 1234-5678"}))
    done(handler.post(f"{at}/completion"))
    done(handler.post(f"{at}/follow-up-questions", {"text": "Is it good?"}))
    done(handler.post(f"{at}/messages", {"text": "A word.", "purpose": "progress"}))
    done(handler.post(f"{at}/notes", {"text": "Nice person."}))
    end = done(handler.post(f"{at}/satisfaction", {"words": "Yes."}))
    assert (end["stage"], end["outcome"], end["is_open"]) == ("closed", "satisfied", False)
    case = Complaint.objects.get(key=answer["key"])
    assert list(verify_one(case)) == []
    events = done(handler.get(f"{at}/events"))["items"]
    assert [e["number"] for e in events] == list(range(1, case.events_count + 1))


def test_every_reading_shows_what_there_is(house: House, let: Let) -> None:
    handler, lead = let(house.handler), let(house.lead)
    at = decided(handler)
    approved(handler, lead, at)
    done(handler.post(f"{at}/offers", {"text": "We pay you back."}), 201)
    scan = done(handler.upload(f"{at}/documents", SimpleUploadedFile("scan.txt", b"signed")), 201)
    paper = {"signed_name": "Nils New", "scan": scan["key"]}
    assert done(handler.post(f"{at}/offers/1/paper", paper), 201)["answer"] == "open"
    assert handler.post(f"{at}/offers/1/signature", {"paper": True}).status_code == 409
    assert done(lead.post(f"{at}/offers/1/signature", {"paper": True}), 201)["means"] == "paper"
    done(handler.post(f"{at}/duties"), 201)
    count = {
        part: len(done(handler.get(f"{at}/{part}"))["items"])
        for part in (
            "issues",
            "messages",
            "plans",
            "offers",
            "agreements",
            "duties",
            "inquiries",
            "documents",
        )
    }
    assert count == {"issues": 1, "messages": 3, "plans": 1, "offers": 1, "agreements": 1, "duties": 2,
                     "inquiries": 0, "documents": 1}  # fmt: skip
    kinds = {clock["kind"] for clock in done(handler.get(f"{at}/clocks"))["items"]}
    assert kinds == {"acknowledgement", "update", "answer", "approval", "offer", "review"}
    content = handler.get(f"{at}/documents/{scan['key']}/content")
    assert (b"".join(content.streaming_content), content["Content-Disposition"]) == (
        b"signed", 'attachment; filename="scan.txt"')  # fmt: skip
    customer = done(handler.get(at))["customer"]
    assert done(handler.get(f"/customers/{customer['key']}"))["email"] == "nils@example.org"
    assert [d["name"] for d in done(handler.get("/departments"))["items"]] == ["Customer care", "Warehouse"]
    assert len(done(handler.get("/staff"))["items"]) == 4


def test_the_steps_say_what_is_missing(house: House, let: Let) -> None:
    handler = let(house.handler)
    key = done(handler.post("/complaints", REGISTRATION), 201)["key"]
    steps = {s["step"]: s for s in done(handler.get(f"/complaints/{key}/steps"))["items"]}
    assert steps["acknowledge"] == {"step": "acknowledge", "words": "Acknowledge", "now": True, "reasons": [],
                                    "resource": f"/complaints/{key}/acknowledgement"}  # fmt: skip
    assert [r["code"] for r in steps["merge"]["reasons"]] == ["not_allowed"]


def test_the_side_ways(house: House, let: Let) -> None:
    house.staff("Hedda Head", "head")
    handler, lead = let(house.handler), let(house.lead)

    def new() -> str:
        return f"/complaints/{done(handler.post('/complaints', REGISTRATION), 201)['key']}"

    at = new()
    done(handler.post(f"{at}/resolution", {"done": "Sent a new one."}))
    back = done(handler.post(f"{at}/dissatisfaction", {"words": "Broken too.", "partly": True}))
    assert (back["stage"], back["level"]) == ("investigating", 1)
    assert done(handler.post(f"{at}/escalation", {"why": "Angry."}))["level"] == 2
    gone = {"text": "Ask the carrier.", "third_party": "Carrier AB, Road 1"}
    assert done(handler.post(f"{at}/referral", gone))["stage"] == "referred"
    assert done(lead.post(f"{at}/reopening", {"why": "They were not."}))["stage"] == "investigating"
    assert done(handler.post(f"{at}/withdrawal", {"words": "Never mind."}))["outcome"] == "withdrawn"
    one, two = new(), new()
    merged = done(lead.post(f"{one}/merger", {"into": two.rsplit("/", 1)[-1]}))
    assert (merged["stage"], merged["merged_into"]) == ("merged", two.rsplit("/", 1)[-1])
    at = decided(handler, "untrue")
    done(handler.post(f"{at}/refusal", {"text": "We regret.", "where_to_turn": "The ombudsman"}))
    refused = handler.post(f"{at}/silent-closing")
    assert [r["code"] for r in refused.json()["reasons"]] == ["not_asked_enough"]


def test_every_step_that_staff_take_has_its_resource() -> None:
    assert {step.name for step in STEPS.values() if step.needs} == set(RESOURCES)


def test_a_file_in_disguise_is_not_taken(house: House, let: Let) -> None:
    handler = let(house.handler)
    at = decided(handler)
    before = Event.objects.count()
    wrong = handler.upload(f"{at}/documents", SimpleUploadedFile("photo.png", b"MZ program"))
    assert (wrong.status_code, wrong["Content-Type"]) == (415, "application/problem+json")
    assert "photo.png" in wrong.json()["detail"]
    assert (Document.objects.count(), Event.objects.count()) == (0, before)
