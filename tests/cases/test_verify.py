"""What ``verify`` finds, and names."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from amends.cases import actions
from amends.cases.documents import accept, path_of
from amends.cases.models import Complaint, Document, Event, Inquiry, Issue, Message
from amends.cases.verify import Fault, verify
from tests.alter import events_alterable
from tests.conftest import MONDAY, House


def told(house: House) -> Complaint:
    """A complaint with a few events; another beside it that nobody touches."""
    case = house.complaint()
    house.complaint()
    handler = house.actor(house.handler)
    actions.acknowledge(case, by=handler, at=MONDAY, text="We are on it.")
    return actions.note(case, by=handler, at=MONDAY + timedelta(hours=1), text="Ask the packer.")


def faults() -> list[Fault]:
    return list(verify(Complaint.objects.order_by("pk").iterator()))


def test_an_untouched_house_holds(house: House) -> None:
    told(house)
    assert faults() == []


def test_an_altered_event_is_named(house: House) -> None:
    case = told(house)
    with events_alterable():
        Event.objects.filter(complaint=case, number=2).update(at=MONDAY - timedelta(days=1))
    assert faults() == [Fault(case.reference, "event", 2)]


def test_altered_data_of_an_event_is_named(house: House) -> None:
    case = told(house)
    with events_alterable():
        Event.objects.filter(complaint=case, number=1).update(data={"channel": "phone"})
    assert faults() == [Fault(case.reference, "event", 1)]


def test_a_removed_event_is_named(house: House) -> None:
    case = told(house)
    with events_alterable():
        Event.objects.filter(complaint=case, number=2).delete()
    assert faults() == [Fault(case.reference, "event", 3)]


def test_a_removed_tail_is_named(house: House) -> None:
    case = told(house)
    assert case.events_count == 4
    with events_alterable():
        Event.objects.filter(complaint=case, number=4).delete()
    assert faults() == [Fault(case.reference, "missing", 4)]


def test_a_message_reworded_afterwards_is_named(house: House) -> None:
    case = told(house)
    Message.objects.filter(complaint=case, direction="out").update(body="We never said that.")
    (event,) = Event.objects.filter(complaint=case, name="complaint.acknowledged")
    assert faults() == [Fault(case.reference, "message", event.number)]


def test_a_story_reworded_afterwards_is_named(house: House) -> None:
    case = told(house)
    Complaint.objects.filter(pk=case.pk).update(story="The kettle is fine.")
    assert faults() == [Fault(case.reference, "story", 1)]


def investigated(house: House) -> Complaint:
    """Said back, found (the second time for good), stated and shown by a file."""
    case = told(house)
    by, at = house.actor(house.handler), MONDAY + timedelta(hours=2)
    actions.assign(case, by=by, at=at, handler=house.handler)
    actions.say_back(case, by=by, at=at, understood="It leaks.")
    case = actions.investigate(case, by=by, at=at)
    for finding in ("untrue", "justified"):
        actions.find(case.issues.get(), by=by, at=at, finding=finding, reasons=f"It is {finding}.")
    asked = actions.ask(case, by=by, at=at, question="Was it tested?", due_at=at, colleague=house.packer)
    actions.answer_inquiry(asked, by=house.actor(house.packer), at=at, statement="No.")
    photo = accept(SimpleUploadedFile("note.txt", b"A puddle."))
    actions.attach(case, by=by, at=at, document=photo)
    return Complaint.objects.get(pk=case.pk)


def last(case: Complaint, name: str) -> int:
    return Event.objects.filter(complaint=case, name=name).latest("number").number


def test_what_was_found_anew_holds(house: House) -> None:
    investigated(house)
    assert faults() == []


@pytest.mark.parametrize("change", [{"reasons": "It is untrue."}, {"finding": "untrue"}])
def test_another_finding_is_named(house: House, change: dict[str, str]) -> None:
    case = investigated(house)
    Issue.objects.filter(complaint=case).update(**change)
    assert faults() == [Fault(case.reference, "finding", last(case, "issue.found"))]


def test_another_statement_is_named_and_one_taken_out(house: House) -> None:
    case = investigated(house)
    named = [Fault(case.reference, "statement", last(case, "inquiry.answered"))]
    Inquiry.objects.filter(complaint=case).update(statement="Yes.")
    assert faults() == named
    Inquiry.objects.filter(complaint=case).delete()
    assert faults() == named


def test_another_understanding_is_named(house: House) -> None:
    case = investigated(house)
    Complaint.objects.filter(pk=case.pk).update(understood="It is fine.")
    assert faults() == [Fault(case.reference, "understood", last(case, "complaint.said_back"))]


def test_another_file_is_named_and_one_taken_out(house: House) -> None:
    case = investigated(house)
    file = path_of(Document.objects.get(complaint=case).sha256)
    named = [Fault(case.reference, "document", last(case, "document.attached"))]
    file.write_bytes(b"No puddle.")
    assert faults() == named
    file.unlink()
    assert faults() == named
