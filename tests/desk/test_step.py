"""Taking a step from the complaint page: what comes back when it is not done, and that it is done once."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse

from amends.cases import actions
from amends.cases.models import Complaint, Document, Event
from tests.conftest import MONDAY, House
from tests.desk.clicking import Desk, fields_of

pytestmark = pytest.mark.usefixtures("on_monday")


def _events() -> list[str]:
    return list(Event.objects.order_by("number").values_list("name", flat=True))


def _refusal(response: HttpResponse) -> list[str]:
    return [str(sentence) for sentence in response.context["card"].refusal]  # type: ignore[attr-defined]


def test_a_form_with_something_missing_comes_back_as_it_was_typed(house: House) -> None:
    case = house.complaint()
    desk = Desk(house.handler, case)
    response = desk.post("acknowledgement", text="  ", subject="About your kettle")
    assert response.status_code == 422
    assert fields_of(response, f"{desk.page}/acknowledgement")["subject"] == "About your kettle"
    assert _events() == ["complaint.registered"]


def test_a_refused_step_comes_back_with_every_reason_and_the_text(house: House) -> None:
    house.customer.email = ""
    house.customer.save()
    case = house.complaint()
    desk = Desk(house.handler, case)
    response = desk.post("acknowledgement", text="We are on it.\nYours", channel="email")
    assert response.status_code == 409
    assert _refusal(response) == [
        "It does not reach the customer: there is no e-mail address. Call, or send a letter."
    ]
    kept = fields_of(response, f"{desk.page}/acknowledgement")
    assert kept["text"].replace("\r\n", "\n") == "We are on it.\nYours"
    assert (Complaint.objects.get().stage, _events()) == ("received", ["complaint.registered"])
    assert desk.send("acknowledgement", kept | {"channel": "phone"}).status_code == 303


def test_an_old_form_after_the_case_moved_on_keeps_its_text(house: House) -> None:
    case = house.complaint()
    desk = Desk(house.handler, case)
    old = desk.form("acknowledgement")
    actions.acknowledge(case, by=house.actor(house.colleague), at=MONDAY, text="Done by Karl.")
    response = desk.send("acknowledgement", old | {"text": "My own words."})
    assert response.status_code == 409
    assert _refusal(response) == [
        "The complaint is not at the stage for this: somebody has moved it on, or it is too early."
    ]
    assert fields_of(response, f"{desk.page}/acknowledgement")["text"] == "My own words."
    assert [message.body for message in case.messages.all()] == ["Done by Karl."]


def test_the_same_form_posted_twice_is_carried_out_once(house: House) -> None:
    case = house.complaint()
    desk = Desk(house.handler, case)
    form = desk.form("notes") | {"text": "Seen before."}
    assert [desk.send("notes", form).status_code for _ in range(2)] == [303, 303]
    assert [message.body for message in case.messages.all()] == ["Seen before."]
    assert "This was done already, and was not done twice." in desk.get().content.decode()


def test_the_same_form_with_other_words_asks_before_it_is_done_again(house: House) -> None:
    case = house.complaint()
    desk = Desk(house.handler, case)
    form = desk.form("notes")
    desk.send("notes", form | {"text": "First."})
    response = desk.send("notes", form | {"text": "Second."})
    assert response.status_code == 409
    assert [message.body for message in case.messages.all()] == ["First."]
    again = fields_of(response, f"{desk.page}/notes")
    assert (again["text"], again["once"] != form["once"]) == ("Second.", True)
    assert desk.send("notes", again).status_code == 303
    assert [message.body for message in case.messages.order_by("pk")] == ["First.", "Second."]


def test_success_says_so_in_the_words_of_the_event(house: House) -> None:
    desk = Desk(house.handler, house.complaint())
    desk.take("assignment", handler=house.handler.pk)
    assert '<p class="notice success">Assigned.</p>' in desk.get().content.decode()


@pytest.mark.parametrize(
    ("name", "content", "status", "says"),
    [
        ("photo.png", b"MZ\x90\0 a program", 415, "is not what its name says it is"),
        ("tool.exe", b"MZ\x90\0", 415, "is of a kind we do not take"),
        ("long.txt", b"a" * (20 * 1024 * 1024 + 1), 413, "is larger than 20 MB"),
    ],
)
def test_a_file_that_is_not_accepted_keeps_the_words(
    house: House, name: str, content: bytes, status: int, says: str
) -> None:
    case = house.complaint()
    desk = Desk(house.handler, case)
    file = SimpleUploadedFile(name, content)
    response = desk.post("customer-words", words="Here is the bill.", attachments=file)
    assert response.status_code == status
    assert says in _refusal(response)[0]
    assert fields_of(response, f"{desk.page}/customer-words")["words"] == "Here is the bill."
    assert (case.messages.exists(), Document.objects.exists(), _events()) == (
        False,
        False,
        ["complaint.registered"],
    )


def test_a_file_and_its_words_are_put_down_together_or_not_at_all(house: House) -> None:
    case = house.complaint()
    hanna = house.actor(house.handler)
    inquiry = actions.ask(
        case, by=hanna, at=MONDAY, question="When?", due_at=MONDAY, department=house.warehouse
    )
    karl = Desk(house.colleague, case)
    answer = {"statement": "I think in May.", "attachment": SimpleUploadedFile("list.txt", b"May")}
    response = karl.send(f"inquiries/{inquiry.key}/statement", answer)
    assert response.status_code == 409
    assert _refusal(response) == ["This belongs to somebody else or to another department."]
    inquiry.refresh_from_db()
    assert (inquiry.statement, Document.objects.count()) == ("", 0)


def test_escalating_keeps_the_why_as_a_note(house: House) -> None:
    case = house.complaint()
    Desk(house.handler, case).take("escalation", why="It is about safety.")
    case.refresh_from_db()
    assert (case.level, case.messages.get().body) == (1, "It is about safety.")


def test_a_merged_complaint_points_to_the_one_that_carries_on(house: House) -> None:
    case, other = house.complaint(), house.complaint()
    desk = Desk(house.lead, case)
    assert desk.post("merger", reference="2026-99999").status_code == 422
    desk.take("merger", reference=f" {other.reference} ")
    case.refresh_from_db()
    assert (case.stage, case.merged_into) == ("merged", other)
    assert f'href="/complaints/{other.key}"' in desk.get().content.decode()
    assert f'href="/complaints/{case.key}"' in Desk(house.lead, other).get().content.decode()


def test_a_row_of_another_complaint_is_not_found(house: House) -> None:
    case, other = house.complaint(), house.complaint()
    actions.ask(
        other, by=house.actor(house.handler), at=MONDAY, question="When?", due_at=MONDAY, third_party="Shop"
    )
    inquiry = other.inquiries.get()
    desk = Desk(house.handler, case)
    assert desk.send(f"inquiries/{inquiry.key}/statement", {"statement": "x"}).status_code == 404
    inquiry.refresh_from_db()
    assert inquiry.is_open


def test_a_question_goes_to_exactly_one(house: House) -> None:
    case = house.complaint()
    desk = Desk(house.handler, case)
    nobody = desk.post("inquiries", question="When?")
    both = desk.post(
        "inquiries", question="When?", colleague=house.colleague.pk, department=house.warehouse.pk
    )
    assert (nobody.status_code, both.status_code, case.inquiries.count()) == (422, 422, 0)
    desk.take("inquiries", question="When?", third_party="Repair shop")
    assert case.inquiries.get().addressee == "Repair shop"


def test_only_those_who_may_handle_it_are_offered(house: House) -> None:
    case = house.complaint(complained_about=[house.colleague])
    actions.escalate(case, by=house.actor(house.handler), at=MONDAY)
    desk = Desk(house.lead, case)
    choices = desk.get("assignment").context["card"].form.fields["handler"].choices  # type: ignore[attr-defined]
    assert [label for _, label in choices] == ["Lena Lead (Customer care)"]
    assert desk.post("assignment", handler=house.handler.pk).status_code == 422
    case.refresh_from_db()
    assert case.handler is None


def test_nul_bytes_and_five_megabytes_do_no_harm(house: House) -> None:
    case = house.complaint()
    desk = Desk(house.handler, case)
    desk.take("notes", text="Before\0after")
    assert case.messages.get().body == "Beforeafter"
    response = desk.post("notes", text="word " * 1_000_000)
    assert response.status_code == 422
    assert len(fields_of(response, f"{desk.page}/notes")["text"]) == 5_000_000
    assert case.messages.count() == 1
