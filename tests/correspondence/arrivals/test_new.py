"""A mail that belongs nowhere is a complaint of its own; what nobody can be answered to is for a person."""

import base64
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from typing import cast

import pytest
from django_tasks_db.models import DBTaskResult
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from amends.cases.choices import Category, Channel
from amends.cases.models import Complaint
from amends.correspondence.arrivals import arrive, following, take_in
from amends.correspondence.arrivals.files import refused_files
from amends.correspondence.arrivals.language import language_of
from amends.correspondence.models import Arrival
from amends.people.models import Customer
from tests.conftest import MONDAY, House
from tests.correspondence.arrivals.mails import HOUR, came, mail

S = Arrival.State
PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
PHOTO = PNG + b"\0" * 3000
pytestmark = pytest.mark.django_db


def test_a_mail_becomes_a_complaint() -> None:
    raw = mail(
        "Min vattenkokare läcker sedan första dagen.\n\n-- \nClara\n", subject="Sv: Re: Vattenkokare",
        Date="Mon, 1 Jan 2001 10:00:00 +0000", message_id="<c@example.org>",
    )  # fmt: skip
    arrival = came(raw, at=MONDAY + HOUR)
    complaint = Complaint.objects.get()
    assert (arrival.state, arrival.complaint, arrival.became) == (S.TAKEN, complaint, None)
    assert complaint.title == "Vattenkokare"
    assert complaint.story == "Min vattenkokare läcker sedan första dagen."
    assert (complaint.channel, complaint.category, complaint.language) == (
        Channel.EMAIL,
        Category.SERVICE,
        "sv",
    )
    assert (complaint.received_at, complaint.registered_at) == (MONDAY + HOUR, MONDAY + HOUR)
    assert (complaint.signed_by, complaint.recorder, complaint.formal) == ("Clara Customer", None, False)
    customer = complaint.customer
    assert (customer.name, customer.email, customer.language) == ("Clara Customer", "clara@example.org", "sv")
    event = complaint.events.get()
    assert (event.name, event.actor_kind, event.actor_id) == ("complaint.registered", "customer", customer.pk)
    assert "Clara" not in str(event.data)


def test_it_was_received_when_it_came_and_not_when_it_was_read() -> None:
    arrival = arrive(mail(), source="imap", at=MONDAY)
    take_in(arrival, at=MONDAY + timedelta(hours=5))
    complaint = Complaint.objects.get()
    assert (complaint.received_at, complaint.registered_at) == (MONDAY, MONDAY + timedelta(hours=5))


@pytest.mark.parametrize(
    ("subject", "title"),
    [
        ("RE: Fwd: Kettle", "Kettle"), ("SV: VB: Kettle", "Kettle"), ("Odp: PD: Kettle", "Kettle"),
        ("回复：转发：Kettle", "Kettle"), ("Re[2]: Kettle", "Kettle"), ("BLS: Kettle", "Kettle"),
        ("AW: WG: Kettle", "Kettle"), ("Regarding: kettle", "Regarding: kettle"),
        ("", "The kettle leaks."), ("Re:", "The kettle leaks."),
    ],
)  # fmt: skip
def test_the_title_is_the_subject_without_what_programs_put_in_front(subject: str, title: str) -> None:
    came(mail(subject=subject))
    assert Complaint.objects.get().title == title


@pytest.mark.parametrize(
    ("words", "language"),
    [
        ("Mój czajnik przecieka od pierwszego dnia.", "pl"),
        ("Cerek saya bocor sejak hari pertama lagi.", "ms"),
        ("我的水壶从第一天起就漏水。", "zh-hans"),
        ("My kettle has been leaking since the first day.", "en"),
        ("ok", "sv"),
        ("12345", "sv"),
        ("", "sv"),
    ],
)
def test_the_language_is_that_of_the_words_and_the_houses_own_in_doubt(words: str, language: str) -> None:
    assert language_of(words) == language


def test_a_known_customer_is_known_and_nothing_of_theirs_changes(house: House) -> None:
    came(
        mail(
            "Min vattenkokare läcker.",
            sender='"Somebody Else" <CLARA@example.org>',
            Reply_To="x@evil.example",
        )
    )
    complaint = Complaint.objects.get()
    assert (complaint.customer, complaint.language) == (house.customer, "en")
    house.customer.refresh_from_db()
    assert (house.customer.name, house.customer.email) == ("Clara Customer", "clara@example.org")
    assert Customer.objects.count() == 1


def test_of_two_with_one_address_the_one_of_that_name(house: House) -> None:
    son = Customer.objects.create(name="Claes Customer", email="clara@example.org")
    came(mail(sender="claes customer <clara@example.org>"))
    assert Complaint.objects.get().customer == son


@pytest.mark.parametrize(
    "headers",
    [
        {"sender": "complaints@house.example"},
        {"sender": "WordPress <wordpress@shop.example>"},
        {"sender": "no-reply@shop.example"},
        {"sender": "Shop <shop@shop.example>", "Auto_Submitted": "auto-generated"},
    ],
)
def test_the_form_of_a_web_site_passes_on_who_wrote(headers: dict[str, str]) -> None:
    arrival = came(mail("My kettle has been leaking.", Reply_To="Ada <ada@example.org>", **headers))
    assert arrival.state == S.TAKEN
    customer = Complaint.objects.get().customer
    assert (customer.name, customer.email) == ("Ada", "ada@example.org")


@pytest.mark.parametrize(
    ("headers", "why"),
    [
        ({"sender": ""}, "nobody"),
        ({"sender": "Clara Customer"}, "nobody"),
        ({"sender": "complaints@house.example"}, "ourselves"),
        ({"sender": "complaints@house.example", "Reply_To": "complaints@house.example"}, "ourselves"),
        ({"sender": "noreply@shop.example"}, "machine"),
        ({"Auto_Submitted": "auto-generated"}, "machine"),
    ],
)
def test_where_nobody_can_be_answered_a_person_looks(headers: dict[str, str], why: str) -> None:
    arrival = came(mail(**headers))
    assert (arrival.state, arrival.why_unclear) == (S.UNCLEAR, why)
    assert not Complaint.objects.exists()
    assert not Customer.objects.exists()


def test_what_a_colleague_passes_on_is_for_a_person(house: House) -> None:
    arrival = came(mail("See below.", sender=house.colleague.email, subject="Fwd: kettle"))
    assert (arrival.state, arrival.why_unclear, arrival.complaint) == (S.UNCLEAR, "colleague", None)
    assert not Complaint.objects.exists()


def test_what_is_forwarded_is_part_of_the_story() -> None:
    text = (
        "Please help my mother.\n\n---------- Forwarded message ---------\n"
        "From: Shop <shop@shop.example>\nDate: Mon, 2 Mar 2026\nSubject: Your order\n"
        "To: mother@example.org\n\n"
        "Your kettle was sent.\n"
    )
    came(mail(text, subject="Fwd: Your order"))
    story = Complaint.objects.get().story
    assert story.startswith("Please help my mother.")
    assert story.endswith("Your kettle was sent.")
    assert Complaint.objects.get().title == "Your order"


def test_files_and_pictures_come_along_and_dots_do_not() -> None:
    message = EmailMessage()
    message["From"], message["Subject"] = "Ada <ada@example.org>", "Kettle"
    message.set_content("See the pictures.")
    message.add_alternative('<p>See</p><img src="cid:a"><img src="cid:b">', subtype="html")
    html = cast(list[EmailMessage], message.get_payload())[1]
    html.add_related(PHOTO, "image", "png", cid="<a>")
    html.add_related(PNG, "image", "png", cid="<b>")
    message.add_attachment(b"%PDF-1.4 bill", maintype="application", subtype="pdf", filename="Bill")
    message.add_attachment(b"MZ program", maintype="application", subtype="octet-stream", filename="run.exe")
    message.add_attachment(b"MZ program", maintype="image", subtype="png", filename="photo.png")
    arrival = came(message.as_bytes())
    complaint = Complaint.objects.get()
    documents = list(complaint.documents.order_by("name"))
    told = [("Bill.pdf", "application/pdf", None), ("picture.png", "image/png", None)]
    assert [(d.name, d.media_type, d.message) for d in documents] == told
    assert refused_files(arrival.problems) == [("kind", "run.exe"), ("disguised", "photo.png")]


def test_a_mail_in_the_mail_is_a_file_whatever_its_name() -> None:
    raw = (
        b"From: ada@example.org\nSubject: x\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nSee it.\n"
        b'--b\nContent-Type: message/rfc822; name="sent.msg"\n\nSubject: y\n\nInside\n--b--\n'
    )
    came(raw)
    document = Complaint.objects.get().documents.get()
    assert (document.name, document.media_type) == ("sent.msg.eml", "message/rfc822")


def test_a_file_whose_name_has_colons_is_still_named() -> None:
    assert refused_files(["from-missing", "file:kind:a:b.exe"]) == [("kind", "a:b.exe")]


def test_a_complaint_that_is_all_in_its_file_is_told_by_its_subject() -> None:
    came(mail("", subject="Kettle leaks", files=(("letter.txt", "text/plain", b"Dear house"),)))
    complaint = Complaint.objects.get()
    assert (complaint.story, complaint.documents.get().name) == ("Kettle leaks", "letter.txt")


def test_the_same_mail_by_two_ways_is_one_complaint() -> None:
    first = came(mail(message_id="<one@example.org>", Received="from a"))
    again = came(mail(message_id="<one@example.org>", Received="from b"), source="imap")
    assert (again.state, again.complaint) == (S.REPEATED, first.complaint)
    assert Complaint.objects.count() == 1


@pytest.mark.parametrize(
    "other", [{"text": "Other words."}, {"sender": "Eve <eve@example.org>"}], ids=["words", "sender"]
)
def test_other_words_or_another_sender_under_the_same_id_are_not_swallowed(other: dict[str, str]) -> None:
    came(mail(message_id="<one@example.org>"))
    again = came(mail(**({"message_id": "<one@example.org>"} | other)))
    assert (again.state, Complaint.objects.count()) == (S.TAKEN, 2)


def test_a_machine_that_answers_every_receipt_with_a_new_mail_is_stopped() -> None:
    for number in range(following.MOST_AN_HOUR):
        assert came(mail(f"Ticket {number} was received."), at=MONDAY).state == S.TAKEN
    arrival = came(mail("Ticket x was received."), at=MONDAY)
    assert (arrival.state, arrival.why_unclear) == (S.UNCLEAR, "many")
    assert came(mail("Somebody else.", sender="ada@example.org"), at=MONDAY).state == S.TAKEN
    assert came(mail("Later."), at=MONDAY + HOUR).state == S.TAKEN
    assert Complaint.objects.count() == following.MOST_AN_HOUR + 2


@pytest.mark.follows
def test_the_customer_hears_that_it_came() -> None:
    came(mail())
    assert list(DBTaskResult.objects.values_list("task_path", flat=True)) == [
        "amends.correspondence.jobs.send_receipt"
    ]


@pytest.mark.parametrize(
    "raw",
    [
        b"", b"\r\n\r\n", b"\0" * 1000, b"\xff\xfe" * 500, b"From: \xff@\xff\n\n\xed\xa0\x80",
        b"From:a@b.c\nSubject:" + b"=?" * 999,
    ],
    ids=["nothing", "lines", "zeros", "bytes", "halves", "words"],
)  # fmt: skip
def test_garbage_is_for_a_person_and_never_a_fault(raw: bytes) -> None:
    arrival = came(raw)
    assert (arrival.state, arrival.error, arrival.attempts) == (S.UNCLEAR, "", 1)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.binary(max_size=400),
    st.text(st.characters(codec="utf-8", exclude_characters="\r\n"), max_size=80),
    st.sampled_from(["From", "Subject", "In-Reply-To", "Message-ID", "Content-Type", "To", "X-Loop"]),
)
def test_any_bytes_end_somewhere(body: bytes, words: str, name: str) -> None:
    raw = f"From: Ada <ada@example.org>\n{name}: {words}\n\n".encode() + body
    arrival = came(raw, at=datetime(2026, 3, 2, tzinfo=UTC))
    assert arrival.state != S.WAITING
    assert arrival.why_unclear != "fault"
