"""Mail out through a real server: what goes over the line, and what each of its answers means."""

import smtplib
import socket
import struct
from collections.abc import Iterator
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from django_tasks_db.models import DBTaskResult

from amends.cases import actions
from amends.cases.models import Message
from amends.correspondence.smtp import Connection, CutOff
from amends.kit.jobs import work_off
from amends.kit.patience import ATTEMPTS
from amends.project.mailer import mailer
from tests.conftest import MONDAY, House
from tests.correspondence.mail_server import HANG_UP, MailServer, mail_server

pytestmark = pytest.mark.follows


@pytest.fixture
def server(settings: Any, tmp_path: Path) -> Iterator[MailServer]:
    with mail_server() as running:
        settings.MAILERS = {"default": mailer(running.url, tmp_path)}
        yield running


def queued(house: House, **more: Any) -> Message:
    """A message to the customer that waits to be sent."""
    case = house.complaint(channel="phone")
    fields: dict[str, Any] = {"text": "We are on it.", "subject": "Your kettle"} | more
    case = actions.acknowledge(case, by=house.actor(house.handler), at=MONDAY, **fields)
    return case.messages.get()


def once_more() -> None:
    DBTaskResult.objects.filter(status="READY").update(run_after=MONDAY)
    work_off()


def until_idle() -> None:
    while DBTaskResult.objects.filter(status="READY").exists():
        once_more()


def test_a_mail_that_is_taken_is_sent(house: House, server: MailServer) -> None:
    message = queued(house)
    work_off()
    message.refresh_from_db()
    (mail,) = server.mails
    assert (message.status, message.attempts, message.error) == ("sent", 1, "")
    assert message.message_id == mail["Message-ID"] == f"<{message.key}@localhost>"
    assert server.recipients == ["clara@example.org"]
    assert (mail["To"], mail["Subject"]) == ("clara@example.org", "Your kettle")
    assert mail.get_body(("plain",)).get_content().strip() == "We are on it."  # type: ignore[union-attr]


@pytest.mark.parametrize("answer", [HANG_UP, "500 what?", "garbage"])
def test_whatever_is_said_at_parting_a_taken_mail_is_sent_once(
    house: House, server: MailServer, answer: str
) -> None:
    message = queued(house)
    server.at_goodbye = answer
    until_idle()
    message.refresh_from_db()
    assert (message.status, len(server.taken)) == ("sent", 1)


@pytest.mark.parametrize(
    ("at_recipient", "at_end", "outcome"),
    [
        ("550 no such user", "", ("failed", 1)),
        ("450 come back later", "", ("failed", ATTEMPTS)),
        ("", "554 this looks like spam", ("failed", 1)),
        ("", "451 out of breath", ("failed", ATTEMPTS)),
        (HANG_UP, "", ("failed", ATTEMPTS)),
        ("", HANG_UP, ("uncertain", 1)),
        ("", "banana", ("uncertain", 1)),
        ("", "354 and now?", ("uncertain", 1)),
    ],
)
def test_what_the_answers_of_a_server_mean(
    house: House, server: MailServer, at_recipient: str, at_end: str, outcome: tuple[str, int]
) -> None:
    message = queued(house)
    server.at_recipient, server.at_end = at_recipient, at_end
    until_idle()
    message.refresh_from_db()
    assert (message.status, message.attempts) == outcome
    assert message.error
    events = list(message.complaint.events.values_list("name", flat=True))
    assert events.count(f"message.{message.status}") == 1
    assert "message.delivered" not in events


def test_a_server_that_hangs_up_before_the_end_is_tried_again(house: House, server: MailServer) -> None:
    message = queued(house)
    server.at_recipient = HANG_UP
    work_off()
    message.refresh_from_db()
    assert message.status == "queued"
    server.at_recipient = ""
    once_more()
    message.refresh_from_db()
    assert (message.status, message.attempts, len(server.taken)) == ("sent", 2, 1)


def test_a_mail_that_was_cut_off_is_never_sent_again_without_a_persons_word(
    house: House, server: MailServer
) -> None:
    message = queued(house)
    server.at_end = HANG_UP
    work_off()
    server.at_end = ""
    DBTaskResult.objects.update(status="READY")  # and if the job ran again
    until_idle()
    message.refresh_from_db()
    assert (message.status, len(server.taken)) == ("uncertain", 1)
    actions.resend(message, by=house.actor(house.handler), at=MONDAY)
    until_idle()
    message.refresh_from_db()
    assert (message.status, len(server.taken)) == ("sent", 2)
    first, second = server.mails
    assert first["Message-ID"] == second["Message-ID"]  # whoever has both is shown one


def test_a_person_who_knows_that_it_arrived_ends_the_doubt(house: House, server: MailServer) -> None:
    message = queued(house)
    server.at_end = HANG_UP
    work_off()
    actions.take_as_sent(message, by=house.actor(house.handler), at=MONDAY)
    until_idle()
    message.refresh_from_db()
    assert (message.status, len(server.taken)) == ("sent", 1)


def test_a_job_that_finds_its_message_half_sent_asks_a_person(house: House, server: MailServer) -> None:
    message = queued(house)
    assert actions.begin_sending(message, message_id="<a@b>")
    DBTaskResult.objects.update(worker_ids=["dead"])
    work_off()
    message.refresh_from_db()
    assert (message.status, server.taken) == ("uncertain", [])
    assert message.error == "The program was interrupted while the mail was handed over."


def test_a_second_job_leaves_a_message_to_the_one_that_has_it(house: House, server: MailServer) -> None:
    message = queued(house)
    assert actions.begin_sending(message, message_id="<a@b>")
    work_off()
    message.refresh_from_db()
    assert (message.status, server.taken) == ("sending", [])


def test_a_file_that_is_gone_is_shown_to_a_person(house: House, server: MailServer) -> None:
    message = queued(house)
    message.documents.create(
        complaint=message.complaint,
        name="invoice.pdf",
        media_type="application/pdf",
        size=1,
        sha256="0" * 64,
        at=MONDAY,
        for_customer=True,
    )
    work_off()
    message.refresh_from_db()
    assert (message.status, server.taken) == ("failed", [])


def test_an_address_that_is_none_is_not_tried_again(house: House, server: MailServer) -> None:
    house.customer.email = "clara@@example.org"
    house.customer.save()
    message = queued(house)
    until_idle()
    message.refresh_from_db()
    assert (message.status, message.attempts, server.taken) == ("failed", 1, [])


def test_a_mail_to_nobody_is_not_taken_for_sent(house: House, server: MailServer) -> None:
    message = queued(house)
    Message.objects.filter(pk=message.pk).update(to="")
    until_idle()
    message.refresh_from_db()
    assert (message.status, message.error) == ("failed", "There is no address to send it to.")


def scripted(*answers: bytes, read_of_data: int | None = None) -> int:
    """A bare server for one connection: it says the answers in turn; its port."""
    listening = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        connection, _ = listening.accept()
        with connection, listening:
            connection.sendall(b"220 here\r\n")
            for answer in answers:
                connection.recv(4096)
                connection.sendall(answer)
            if read_of_data is not None:
                connection.recv(read_of_data)
                # Gone with a reset, as a machine that lost its power
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))

    Thread(target=serve, daemon=True).start()
    return int(listening.getsockname()[1])


POLITE = (b"250 ehlo\r\n", b"250 from\r\n", b"250 to\r\n", b"354 go on\r\n")


def test_a_line_that_breaks_in_the_middle_of_the_message_is_certain() -> None:
    connection = Connection("127.0.0.1", scripted(*POLITE, read_of_data=1000), timeout=5)
    with pytest.raises(smtplib.SMTPServerDisconnected) as broke:
        connection.sendmail("a@b.c", ["d@e.f"], b"x" * 30_000_000)
    assert not isinstance(broke.value, CutOff)


def test_a_server_that_falls_silent_after_the_end_is_not() -> None:
    port = scripted(*POLITE, b"", b"", b"")
    connection = Connection("127.0.0.1", port, timeout=0.3)
    with pytest.raises(CutOff):
        connection.sendmail("a@b.c", ["d@e.f"], b"Subject: x\r\n\r\nwords\r\n")


def test_another_yes_is_a_yes() -> None:
    with Connection(
        "127.0.0.1", scripted(*POLITE, b"252 as good as taken\r\n", b"221 bye\r\n")
    ) as connection:
        assert connection.sendmail("a@b.c", ["d@e.f"], b"Subject: x\r\n\r\nwords\r\n") == {}
