"""A message finds its complaint in three ways, and only if who wrote it has a part there."""

import pytest

from amends.cases import actions
from amends.cases.choices import Channel
from amends.cases.models import Complaint, Message
from amends.cases.models.message import Direction
from amends.correspondence.arrivals import deciding
from amends.correspondence.models import Arrival
from amends.correspondence.reply_token import address_for
from amends.people.models import Customer, Representative
from amends.rules.capabilities import SYSTEM, ActorKind
from tests.conftest import MONDAY, House
from tests.correspondence.arrivals.mails import HOUR, as_it_stands, came, mail, sent

S = Arrival.State
STRANGER = "Stig Stranger <stig@stranger.example>"
THREE_WAYS = ("address", "thread", "reference")
pytestmark = pytest.mark.django_db


@pytest.fixture
def complaint(house: House) -> Complaint:
    return house.complaint()


def naming(way: str, complaint: Complaint) -> dict[str, str]:
    """What makes a message name the complaint in one of the ways."""
    if way == "address":
        return {"Delivered_To": address_for(complaint).upper()}
    if way == "thread":
        return {"In_Reply_To": sent(complaint).message_id}
    return {"subject": f"Re: Your kettle ({complaint.reference})"}


@pytest.mark.parametrize("way", THREE_WAYS)
def test_the_customers_answer_comes_on_file(way: str, complaint: Complaint) -> None:
    headers = naming(way, complaint)
    arrival = came(mail("It leaks again.\n\nOn Monday you wrote:\n> We look into it.", **headers))
    message = complaint.messages.latest("pk")
    assert (arrival.state, arrival.complaint, arrival.became) == (S.TAKEN, complaint, message)
    assert (message.direction, message.channel) == (Direction.IN, Channel.EMAIL)
    assert (message.body, message.quoted) == ("It leaks again.", "On Monday you wrote:\n> We look into it.")
    assert (message.author_name, message.at) == ("Clara Customer", MONDAY + HOUR)
    assert Complaint.objects.count() == 1
    event = complaint.events.latest("number")
    assert (event.name, event.actor_kind) == ("customer.heard", ActorKind.CUSTOMER)


@pytest.mark.parametrize("way", THREE_WAYS)
def test_a_stranger_changes_nothing_on_the_case(way: str, complaint: Complaint) -> None:
    headers = naming(way, complaint)
    before = as_it_stands(complaint)
    files = (("photo.txt", "text/plain", b"a file"),)
    arrival = came(mail("I am her brother.", sender=STRANGER, files=files, **headers))
    assert (arrival.state, arrival.why_unclear, arrival.complaint) == (S.UNCLEAR, "stranger", complaint)
    assert arrival.became is None
    assert as_it_stands(complaint) == before
    assert Complaint.objects.count() == 1
    assert not Customer.objects.filter(email="stig@stranger.example").exists()


def test_the_answered_message_is_known_and_counts_as_read(complaint: Complaint) -> None:
    ours = sent(complaint)
    arrival = came(mail("Thanks", In_Reply_To=ours.message_id))
    ours.refresh_from_db()
    assert arrival.became is not None
    assert (arrival.became.replies_to, ours.read_at) == (ours, MONDAY + HOUR)


def test_the_last_reference_is_enough(complaint: Complaint) -> None:
    ours = sent(complaint)
    arrival = came(mail("Thanks", References=f"<first@example.org> {ours.message_id} <other@example.org>"))
    assert (arrival.state, arrival.complaint) == (S.TAKEN, complaint)


def test_the_customers_own_mail_is_followed_up(house: House) -> None:
    first = came(mail(message_id="<mine@example.org>"))
    again = came(mail("One thing more.", In_Reply_To="<mine@example.org>", message_id="<2@example.org>"))
    assert (again.state, again.complaint, Complaint.objects.count()) == (S.TAKEN, first.complaint, 1)


@pytest.mark.parametrize("sender", ["CLARA@Example.ORG", '"C. C." <Clara@example.org>'])
def test_the_case_of_an_address_is_no_matter(sender: str, complaint: Complaint) -> None:
    assert came(mail(sender=sender, **naming("thread", complaint))).state == S.TAKEN


def test_the_representative_speaks_as_the_customer(house: House) -> None:
    daughter = Representative.objects.create(customer=house.customer, name="Dora", email="Dora@example.net")
    complaint = house.complaint(representative=daughter)
    arrival = came(mail(sender="dora@example.net", subject=complaint.reference))
    assert (arrival.state, arrival.complaint) == (S.TAKEN, complaint)
    assert complaint.events.latest("number").actor_id == daughter.pk


def test_who_was_let_in_by_a_person_has_a_part_from_then_on(house: House, complaint: Complaint) -> None:
    headers = naming("thread", complaint)
    arrival = came(mail("I am her brother.", sender=STRANGER, **headers))
    deciding.put_it(arrival, complaint, staff=house.handler, at=MONDAY + HOUR)
    again = came(mail("Her brother again.", sender=STRANGER, **headers))
    assert (again.state, again.complaint) == (S.TAKEN, complaint)
    assert [m.author_name for m in complaint.messages.filter(direction=Direction.IN)] == ["Stig Stranger"] * 2
    assert complaint.events.latest("number").actor_kind == ActorKind.SYSTEM  # whoever that is


def test_a_stranger_let_in_on_one_case_is_one_on_another(house: House, complaint: Complaint) -> None:
    arrival = came(mail(sender=STRANGER, subject=complaint.reference))
    deciding.put_it(arrival, complaint, staff=house.handler, at=MONDAY + HOUR)
    other = house.complaint(story="Another matter.")
    assert came(mail(sender=STRANGER, subject=other.reference)).why_unclear == "stranger"


def test_a_colleague_on_the_case_leaves_a_note(house: House, complaint: Complaint) -> None:
    by = house.actor(house.handler)
    complaint = actions.assign(complaint, by=house.actor(house.lead), at=MONDAY, handler=house.handler)
    due = complaint.due_at
    arrival = came(mail("I called her.", sender=house.handler.email, subject=complaint.reference))
    note = complaint.messages.latest("pk")
    assert (arrival.state, arrival.became) == (S.TAKEN, note)
    assert (note.direction, note.author) == (Direction.INSIDE, None)
    told = "Via e-post från hanna.handler@house.example (adressen ensam är inget bevis):\n\nI called her."
    assert note.body == told
    complaint.refresh_from_db()
    assert (complaint.due_at, by.id) == (due, house.handler.pk)


def test_a_colleague_who_was_asked_leaves_a_note(house: House, complaint: Complaint) -> None:
    complaint = actions.assign(complaint, by=house.actor(house.lead), at=MONDAY, handler=house.handler)
    by = house.actor(house.handler)
    complaint = actions.acknowledge(complaint, by=by, at=MONDAY, text="We know.")
    complaint = actions.investigate(complaint, by=by, at=MONDAY)
    actions.ask(
        complaint, by=by, at=MONDAY, question="Did it leak?", due_at=MONDAY + 9 * HOUR, colleague=house.packer
    )
    arrival = came(mail("It did.", sender=house.packer.email, subject=complaint.reference))
    assert (arrival.state, complaint.messages.latest("pk").direction) == (S.TAKEN, Direction.INSIDE)


def test_a_colleague_with_no_part_in_it_is_a_stranger(house: House, complaint: Complaint) -> None:
    before = as_it_stands(complaint)
    arrival = came(mail(sender=house.colleague.email, subject=complaint.reference))
    assert (arrival.state, arrival.why_unclear) == (S.UNCLEAR, "stranger")
    assert as_it_stands(complaint) == before


def test_who_is_complained_about_writes_nothing_into_the_case(house: House) -> None:
    complaint = house.complaint(complained_about=[house.packer])
    Arrival.objects.create(
        sha256="0" * 64, size=1, source="x", arrived_at=MONDAY, state=S.TAKEN, complaint=complaint,
        sender=house.packer.email,
    )  # fmt: skip
    before = as_it_stands(complaint)
    arrival = came(mail(sender=house.packer.email, subject=complaint.reference))
    assert (arrival.state, arrival.why_unclear) == (S.UNCLEAR, "stranger")
    assert as_it_stands(complaint) == before


def test_a_closed_complaint_hears_on(house: House, complaint: Complaint) -> None:
    complaint = actions.withdraw(complaint, by=SYSTEM, at=MONDAY)
    assert not complaint.is_open
    arrival = came(mail("It leaks again.", subject=f"Re: {complaint.reference}"))
    assert (arrival.state, arrival.complaint) == (S.TAKEN, complaint)
    complaint.refresh_from_db()
    assert not complaint.is_open


def test_a_merged_complaint_carries_on_elsewhere(house: House, complaint: Complaint) -> None:
    headers = naming("thread", complaint)
    into = house.complaint(story="The same kettle.")
    actions.merge(complaint, by=house.actor(house.lead), at=MONDAY, into=into)
    arrival = came(mail("And again.", **headers))
    assert (arrival.state, arrival.complaint) == (S.TAKEN, into)
    assert into.messages.latest("pk").body == "And again."


def test_merged_into_somebody_elses_complaint_a_person_decides(house: House, complaint: Complaint) -> None:
    other = Customer.objects.create(name="Otto Other", email="otto@example.org")
    into = house.complaint(customer=other)
    actions.merge(complaint, by=house.actor(house.lead), at=MONDAY, into=into)
    before = as_it_stands(into)
    arrival = came(mail("And again.", subject=complaint.reference))
    assert (arrival.state, arrival.why_unclear, arrival.complaint) == (S.UNCLEAR, "stranger", into)
    assert as_it_stands(into) == before


def test_of_two_that_it_names_the_one_in_which_the_writer_has_a_part(house: House) -> None:
    other = Customer.objects.create(name="Otto Other", email="otto@example.org")
    theirs, hers = house.complaint(customer=other), house.complaint()
    arrival = came(mail(subject=f"{theirs.reference} and {hers.reference}"))
    assert (arrival.state, arrival.complaint) == (S.TAKEN, hers)


def test_a_false_token_is_no_token(complaint: Complaint) -> None:
    token = address_for(complaint)
    wrong = token.replace("@", "x@").replace("xx@", "x@")
    arrival = came(mail("New matter", Delivered_To=wrong))
    assert arrival.state == S.TAKEN
    assert arrival.complaint != complaint  # a complaint of its own


def test_a_number_that_looks_like_a_reference_is_none(complaint: Complaint) -> None:
    arrival = came(mail(subject=f"Invoice 1{complaint.reference} and 2026-99999"))
    assert arrival.state == S.TAKEN
    assert arrival.complaint != complaint


def test_only_files_are_an_answer(complaint: Complaint) -> None:
    files = (("receipt.txt", "text/plain", b"Paid: 300"),)
    arrival = came(mail("", files=files, **naming("thread", complaint)))
    message = Message.objects.latest("pk")
    assert (arrival.state, arrival.became, message.body) == (S.TAKEN, message, "")
    document = complaint.documents.get()
    assert (document.name, document.message, document.size) == ("receipt.txt", message, 9)
    assert (document.from_customer, document.by_name) == (True, "Clara Customer")


def test_nothing_new_is_for_a_person(complaint: Complaint) -> None:
    headers = naming("thread", complaint)
    before = as_it_stands(complaint)
    arrival = came(mail("", **headers))
    assert (arrival.state, arrival.why_unclear, arrival.complaint) == (S.UNCLEAR, "wordless", complaint)
    assert as_it_stands(complaint) == before


def test_an_invitation_answered_without_words_says_its_answer(complaint: Complaint) -> None:
    calendar = b"BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nEND:VCALENDAR\r\n"
    files = (("invite.ics", "text/calendar", calendar),)
    subject = f"Accepted: a talk about {complaint.reference}"
    arrival = came(mail("", subject=subject, files=files))
    assert arrival.state == S.TAKEN
    assert complaint.messages.latest("pk").body == subject
    assert complaint.documents.get().media_type == "text/calendar"
