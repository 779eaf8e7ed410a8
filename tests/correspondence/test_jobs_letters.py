"""A letter that waits to be printed is set as PDF, once, and what is not right with it is said."""

from datetime import timedelta

import pytest
from pypdf import PdfReader

from amends.cases import actions
from amends.cases.documents import path_of
from amends.cases.models import Complaint, Document, Event, Message
from amends.correspondence.jobs_letters import set_letter
from amends.correspondence.models import Letterhead
from amends.correspondence.texts import draft_message
from amends.kit.clock import set_to
from amends.kit.jobs import work_off
from tests.conftest import MONDAY, House


def written(house: House, text: str = "", **changes: object) -> Message:
    """A letter about progress in the queue, in the house's words or in these."""
    case = house.complaint(**changes)
    said = draft_message("progress", case, sender=house.handler.name)
    body = text or said.body
    actions.write(
        case,
        by=house.actor(house.handler),
        at=MONDAY,
        text=body,
        subject=said.subject,
        channel="letter",
    )
    return case.messages.get(direction="out")


def queued(message: Message) -> Event:
    """The newest event of its queueing."""
    found = Event.objects.filter(name="letter.queued", data__message=message.pk).order_by("-number").first()
    assert found is not None
    return found


def set_now(message: Message, *, days: int = 0) -> None:
    with set_to(MONDAY + timedelta(days=days, minutes=1)):
        set_letter.func(queued(message).pk)


def words(document: Document) -> str:
    reader = PdfReader(path_of(document.sha256))
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def notes(case: Complaint) -> list[str]:
    return [message.body for message in case.messages.filter(direction="inside")]


@pytest.fixture
def at_home(house: House) -> House:
    house.customer.address = "Kvarngatan 7\n503 31 Borås"
    house.customer.save()
    return house


def test_the_letter_lies_with_its_message_and_the_customer_sees_it(at_home: House) -> None:
    message = written(at_home)
    set_now(message)
    (document,) = message.documents.all()
    assert document.name == "2026-00001 letter 1.pdf"
    assert document.media_type == "application/pdf"
    assert document.for_customer
    assert not document.from_customer
    said = words(document)
    assert "Kvarngatan 7 503 31 Borås" in said
    assert "Dear Clara Customer," in said
    assert "We do not want to leave you without word about “The kettle leaks”" in said
    assert said.count("Hanna Handler") == 1
    assert notes(message.complaint) == []


def test_it_is_set_once_however_often_the_job_runs(at_home: House) -> None:
    message = written(at_home)
    set_now(message)
    set_now(message, days=1)
    assert message.documents.count() == 1
    assert Event.objects.filter(name="document.attached").count() == 1


def test_one_that_goes_out_again_is_set_anew_for_the_new_address(at_home: House) -> None:
    message = written(at_home)
    set_now(message)
    lead = at_home.actor(at_home.lead)
    today = MONDAY.date()
    actions.dispatch(message, by=lead, at=MONDAY + timedelta(days=1), kind="ordinary", on=today)
    actions.report_return(message, by=lead, at=MONDAY + timedelta(days=2), on=today)
    at_home.customer.address = "Storgatan 1\n411 01 Göteborg"
    at_home.customer.save()
    message.refresh_from_db()
    actions.resend(message, by=lead, at=MONDAY + timedelta(days=3))
    message = Message.objects.get(pk=message.pk)
    set_now(message, days=3)
    first, second = message.documents.all()
    assert "Kvarngatan 7" in words(first)
    assert "Storgatan 1" in words(second)
    assert "Kvarngatan 7" not in words(second)


def test_one_that_was_posted_meanwhile_is_not_set(at_home: House) -> None:
    message = written(at_home)
    lead = at_home.actor(at_home.lead)
    actions.dispatch(message, by=lead, at=MONDAY, kind="ordinary", on=MONDAY.date())
    set_now(message)
    assert message.documents.count() == 0


def test_what_no_font_shows_is_left_out_and_said(at_home: House) -> None:
    message = written(at_home, "Dear Clara,\n\nThe kettle 🫖 is mended.\n\nBest wishes\nHanna Handler")
    set_now(message)
    assert "The kettle is mended." in words(message.documents.get())
    (note,) = notes(message.complaint)
    assert note.startswith(f"About the letter “{message.subject}”:\n")
    assert "🫖 (U+1FAD6)" in note


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("", "No postal address is on file"),
        ("\n".join(f"Line {i}" for i in range(1, 9)), "longer than the window"),
    ],
)
def test_an_address_that_does_not_fit_is_said_and_the_letter_made(
    house: House, address: str, said: str
) -> None:
    house.customer.address = address
    house.customer.save()
    message = written(house)
    set_now(message)
    text = words(message.documents.get())
    assert [line for line in address.split("\n") if line not in text] == []
    (note,) = notes(message.complaint)
    assert said in note


def test_a_logo_that_cannot_be_set_does_not_stop_the_letter(at_home: House) -> None:
    broken = path_of("0" * 64)
    broken.parent.mkdir(parents=True)
    broken.write_bytes(b"\x89PNG\r\n\x1a\nbut no picture")
    Letterhead.objects.create(name="Our house", logo_sha256="0" * 64, logo_name="logo.png", at=MONDAY)
    message = written(at_home)
    set_now(message)
    assert "Dear Clara Customer," in words(message.documents.get())
    (note,) = notes(message.complaint)
    assert "The letter could not be set as it is" in note


@pytest.mark.follows
def test_it_follows_from_the_letter_being_written(at_home: House) -> None:
    message = written(at_home)
    with set_to(MONDAY + timedelta(minutes=1)):
        work_off()
    assert message.documents.filter(name__endswith=".pdf").count() == 1
