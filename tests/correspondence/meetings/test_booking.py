"""Booking, moving, cancelling, reminding: what the case, the customer and the member of staff get."""

from collections.abc import Iterator
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from django_tasks_db.models import DBTaskResult

from amends.cases.actions import Refused
from amends.cases.models import Complaint, Meeting
from amends.cases.overlaps import overlapping
from amends.correspondence.meetings import booking
from amends.kit.clock import set_to
from amends.kit.jobs import work_off
from amends.kit.patience import ATTEMPTS
from amends.people.actors import customer_actor
from amends.project.mailer import mailer
from amends.project.schedule import tick
from tests.conftest import MONDAY, House
from tests.correspondence.mail_server import MailServer, mail_server
from tests.correspondence.meetings.test_calendar import AT, booked
from tests.together import at_the_same_time


@pytest.fixture
def server(settings: Any, tmp_path: Path) -> Iterator[MailServer]:
    settings.DEFAULT_FROM_EMAIL = "complaints@house.example"
    with mail_server() as running:
        settings.MAILERS = {"default": mailer(running.url, tmp_path)}
        yield running


def by_recipient(server: MailServer) -> dict[str, EmailMessage]:
    assert len(set(server.recipients)) == len(server.recipients) == len(server.mails)
    return dict(zip(server.recipients, server.mails, strict=True))


def names(case: Complaint) -> list[str]:
    return list(case.events.values_list("name", flat=True))


def words(mail: EmailMessage) -> str:
    body = mail.get_body(("plain",))
    assert body is not None
    return str(body.get_content()).replace("\r\n", "\n")


@pytest.mark.follows
def test_both_sides_get_an_invitation(house: House, server: MailServer) -> None:
    case = house.complaint(channel="phone")
    with set_to(MONDAY):
        meeting = booked(house, case)
        work_off()
    mails = by_recipient(server)
    assert set(mails) == {"clara@example.org", house.handler.email}
    hers, ours = mails["clara@example.org"], mails[house.handler.email]
    assert hers["Subject"] == f"Your complaint {case.reference}: we will talk on 6 March 2026"
    assert "– When: 6 March 2026, 11:00–11:30 (Central European Standard Time)\n" in words(hers)
    assert "– How: Phone call\n– With: Hanna Handler\n" in words(hers)
    assert "Where: +46 70 123 45 67\n" in words(hers)
    assert hers["Auto-Submitted"] is None  # a person booked it
    assert ours["Auto-Submitted"] == "auto-generated"
    assert ours["Subject"] == f"Talk with Clara Customer, {case.reference}"
    assert f"/complaints/{case.key}" in words(ours)
    for mail in (hers, ours):
        (part,) = [part for part in mail.walk() if part.get_content_type() == "text/calendar"]
        assert part.get_param("method") == "REQUEST"
        assert f"UID:{meeting.uid}" in part.get_content().replace("\r\n ", "")
        assert [file.get_filename() for file in mail.iter_attachments()] == ["invite.ics"]
    assert names(case) == ["complaint.registered", "message.queued", "meeting.booked", "message.delivered"]
    assert case.events.get(name="meeting.booked").data["meeting"] == meeting.pk


@pytest.mark.follows
def test_moving_and_cancelling_reach_both_sides(house: House, server: MailServer) -> None:
    case = house.complaint(channel="phone")
    by = house.actor(house.handler)
    with set_to(MONDAY):
        meeting = booked(house, case)
        work_off()
        server.taken.clear()
        server.recipients.clear()
        booking.move(
            meeting,
            by=by,
            at=MONDAY,
            kind="here",
            starts_at=AT + timedelta(days=1),
            minutes=60,
            place="Main street 1",
        )
        work_off()
    hers = by_recipient(server)["clara@example.org"]
    assert "It takes the place of 6 March 2026, 11:00–11:30 (Central European Standard Time).\n" in words(
        hers
    )
    assert "– When: 7 March 2026, 11:00–12:00" in words(hers)
    ours = by_recipient(server)[house.handler.email]
    assert ours["Subject"] == f"Moved: talk with Clara Customer, {case.reference}"
    server.taken.clear()
    server.recipients.clear()
    with set_to(MONDAY):
        booking.cancel(Meeting.objects.get(), by=by, at=MONDAY, why="Hanna is ill.")
        work_off()
    for mail in by_recipient(server).values():
        assert "Hanna is ill." in words(mail)
        (part,) = [part for part in mail.walk() if part.get_content_type() == "text/calendar"]
        assert part.get_param("method") == "CANCEL"
    assert [name for name in names(case) if name.startswith("meeting.")] == [
        "meeting.booked",
        "meeting.moved",
        "meeting.cancelled",
    ]


@pytest.mark.follows
def test_a_change_that_was_overtaken_is_not_mailed_to_staff(house: House, server: MailServer) -> None:
    house.customer.email = ""
    house.customer.save()
    by, meeting = house.actor(house.handler), booked(house)
    booking.cancel(meeting, by=by, at=MONDAY)
    work_off()
    assert [mail["Subject"].partition(":")[0] for mail in server.mails] == ["Cancelled"]
    assert server.recipients == [house.handler.email]


@pytest.mark.follows
def test_both_are_reminded_a_day_before_and_once(house: House, server: MailServer) -> None:
    case = house.complaint(channel="phone")
    booked(house, case)
    with set_to(MONDAY):
        work_off()
    server.taken.clear()
    server.recipients.clear()
    assert booking.remind(AT - timedelta(days=1, minutes=1)) == 0
    with set_to(AT - timedelta(hours=23)):
        assert tick(AT - timedelta(hours=23))
        assert booking.remind(AT - timedelta(hours=23)) == 0
        work_off()
    mails = by_recipient(server)
    assert set(mails) == {"clara@example.org", house.handler.email}
    assert mails["clara@example.org"]["Subject"].endswith("a reminder of our talk on 6 March 2026")
    assert mails[house.handler.email]["Subject"] == f"Soon: talk with Clara Customer, {case.reference}"
    assert names(case).count("meeting.reminded") == 1
    for mail in mails.values():
        assert mail["Auto-Submitted"] == "auto-generated"
        assert not [part for part in mail.walk() if part.get_content_type() == "text/calendar"]


def test_several_workers_remind_once(house: House, committed: None) -> None:
    case = house.complaint(channel="phone")
    booked(house, case)
    assert sum(at_the_same_time(3, lambda _: booking.remind(AT - timedelta(hours=3)))) == 1
    assert names(case).count("meeting.reminded") == 1
    assert case.messages.filter(purpose="meeting").count() == 2


def test_who_was_told_yesterday_is_not_reminded_today(house: House) -> None:
    case = house.complaint()
    booked(house, case, starts_at=MONDAY + timedelta(hours=25))
    assert booking.remind(MONDAY + timedelta(hours=2)) == 0
    moved = booking.move(
        case.meetings.get(), by=house.actor(house.handler), at=MONDAY, kind="call", starts_at=AT, minutes=30
    )
    assert moved.reminded_at is None
    assert booking.remind(AT - timedelta(hours=2)) == 1


def test_cancelled_and_past_talks_are_not_reminded_of(house: House) -> None:
    by = house.actor(house.handler)
    booking.cancel(booked(house), by=by, at=MONDAY)
    booked(house)
    assert booking.remind(AT + timedelta(minutes=1)) == 0


def test_a_customer_without_an_address_is_told_on_the_phone(house: House) -> None:
    house.customer.email, house.customer.phone = "", "070 1"
    house.customer.save()
    case = house.complaint()
    booked(house, case)
    message = case.messages.get()
    assert (message.channel, message.status, message.to, message.calendar) == ("phone", "logged", "070 1", "")
    assert booking.remind(AT - timedelta(hours=2)) == 1
    assert case.messages.count() == 1  # nobody has called again: it is not on file as if somebody had


@pytest.mark.follows
@pytest.mark.parametrize(("answer", "tries"), [("550 no such user", 1), ("450 later", ATTEMPTS)])
def test_a_copy_that_cannot_be_sent_is_noted(
    house: House, server: MailServer, answer: str, tries: int
) -> None:
    house.customer.email = ""
    house.customer.save()
    case, server.at_recipient, tried = house.complaint(channel="phone"), answer, 0
    work_off()
    booked(house, case)
    while DBTaskResult.objects.filter(status="READY").update(run_after=MONDAY):
        tried += work_off()
    assert tried == tries
    (note,) = case.messages.filter(direction="inside")
    assert note.body.startswith("The invitation could not be sent to Hanna Handler: ")
    assert answer.partition(" ")[2] in note.body


REFUSALS: list[tuple[str, dict[str, Any]]] = [
    ("not_ahead", {"starts_at": MONDAY - timedelta(minutes=1)}),
    ("not_ahead", {"starts_at": MONDAY}),
    ("handler_complained_about", {"staff": "packer"}),
    ("not_allowed", {"by": "customer"}),
    ("not_allowed", {"by": "packer"}),
]


@pytest.mark.parametrize(("reason", "given"), REFUSALS)
def test_what_cannot_be_booked(house: House, reason: str, given: dict[str, Any]) -> None:
    case = house.complaint(complained_about=[house.packer] if "staff" in given else [])
    people = {"packer": house.actor(house.packer), "customer": customer_actor(house.customer)}
    fields = {name: people[value] if name == "by" else value for name, value in given.items()}
    if "staff" in given:
        fields["staff"] = house.packer
    before = names(case)
    with pytest.raises(Refused) as refused:
        booked(house, case, **fields)
    assert reason in refused.value.reasons
    assert (Meeting.objects.count(), case.messages.count(), names(case)) == (0, 0, before)


def test_a_cancelled_talk_is_neither_moved_nor_cancelled_again(house: House) -> None:
    by, meeting = house.actor(house.handler), booked(house)
    booking.cancel(meeting, by=by, at=MONDAY)
    before = names(meeting.complaint)
    with pytest.raises(Refused):
        booking.cancel(meeting, by=by, at=MONDAY)
    with pytest.raises(Refused):
        booking.move(meeting, by=by, at=MONDAY, kind="call", starts_at=AT, minutes=30)
    assert names(meeting.complaint) == before
    assert Meeting.objects.get().sequence == 1


def test_one_that_was_missed_can_be_moved_and_not_cancelled(house: House) -> None:
    by, meeting, late = house.actor(house.handler), booked(house), AT + timedelta(hours=2)
    with pytest.raises(Refused):
        booking.cancel(meeting, by=by, at=late)
    moved = booking.move(meeting, by=by, at=late, kind="call", starts_at=late + timedelta(days=2), minutes=30)
    assert (moved.sequence, moved.reminded_at) == (1, None)


def test_talks_of_one_person_at_the_same_time_are_seen(house: House) -> None:
    one = booked(house)
    other = booked(house, starts_at=AT + timedelta(minutes=29))
    booked(house, starts_at=AT + timedelta(minutes=59))
    booked(house, staff=house.colleague)
    booking.cancel(booked(house), by=house.actor(house.handler), at=MONDAY)
    assert overlapping([one], MONDAY) == {one.pk: [other]}
    assert overlapping([one], AT + timedelta(hours=1)) == {}


@pytest.mark.parametrize("language", ["en", "sv", "pl", "ms", "zh-hans"])
def test_every_language_has_its_words(house: House, language: str) -> None:
    by, case = house.actor(house.handler), house.complaint(language=language)
    meeting = booked(house, case, about="The seal.")
    meeting = booking.move(
        meeting, by=by, at=MONDAY, kind="call", starts_at=AT + timedelta(days=1), minutes=30, place="here"
    )
    assert booking.remind(AT + timedelta(hours=3)) == 1
    booking.cancel(meeting, by=by, at=MONDAY, why="Because.")
    said = list(case.messages.order_by("pk"))
    assert len(said) == 4
    assert len({message.subject for message in said}) == 4
    for message in said:
        assert "$" not in message.subject + message.body
        assert case.reference in message.subject
        assert message.language == language
    assert "The seal." in said[0].body
    assert "Because." in said[3].body


def test_events_hold_no_words_of_people(house: House) -> None:
    case = house.complaint()
    booked(house, case)
    data = str(case.events.get(name="meeting.booked").data)
    assert "seal" not in data
    assert "+46" not in data
