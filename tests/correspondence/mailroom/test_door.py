"""The house's own door for mail, as those who bring mail find it."""

import shutil
import ssl
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from smtplib import LMTP, SMTP, SMTPDataError, SMTPRecipientsRefused
from threading import Event, Thread
from time import monotonic, sleep
from typing import Any

import pytest
from django.db import OperationalError
from pytest_django.fixtures import Settings

from amends.correspondence.arrivals.keeping import raw_of
from amends.correspondence.mailroom import door as door_module
from amends.correspondence.mailroom.door import keep_open
from amends.correspondence.mailroom.house_addresses import is_ours
from amends.correspondence.mailroom.sources import Door
from amends.correspondence.models import Arrival, MailSource
from tests.correspondence.mailroom.servers import free_port, message, wait_for

HOUSE = "complaints@house.example"


@pytest.fixture(autouse=True)
def addresses(settings: Settings) -> None:
    settings.DEFAULT_FROM_EMAIL = f"Our house <{HOUSE}>"
    settings.AMENDS_MAIL_REPLY_TO = "complaints+{token}@house.example"


@contextmanager
def opened(**how: Any) -> Iterator[Door]:
    """The door, open within the block."""
    port = free_port()
    door = Door("smtp://127.0.0.1", "127.0.0.1", port, **({"lmtp": False} | how))
    stop = Event()
    thread = Thread(target=keep_open, args=(door, stop))
    thread.start()
    try:
        wait_for(port)
        yield door
    finally:
        stop.set()
        thread.join(5)
        assert not thread.is_alive()


def until(true: Callable[[], bool]) -> None:
    deadline = monotonic() + 10
    while not true():
        assert monotonic() < deadline, "waited in vain"
        sleep(0.05)


def is_waiting() -> bool:
    return Arrival.objects.filter(state=Arrival.State.WAITING).exists()


def test_kept_when_250_is_said_and_taken_in_after_it(committed: None) -> None:
    with opened() as door, SMTP("127.0.0.1", door.port) as sender:
        assert sender.ehlo()[0] == 250
        assert sender.esmtp_features["size"] == str(40 * 1024 * 1024)
        sender.mail("clara@example.org")
        assert sender.rcpt(HOUSE) == (250, b"2.1.5 OK")
        code, said = sender.data(message(1))
        arrival = Arrival.objects.get()
        assert (code, said.decode()) == (250, f"2.0.0 Kept as {arrival.key}")
        envelope = f"Return-Path: <clara@example.org>\r\nDelivered-To: {HOUSE}\r\n".encode()
        assert raw_of(arrival) == envelope + message(1)
        assert arrival.source == "smtp"
        sender.sendmail("clara@example.org", HOUSE, message(1))  # as after a lost answer
        until(lambda: not is_waiting())
        assert MailSource.objects.get().checked_at is not None
    assert Arrival.objects.count() == 1


def test_no_mail_for_others(committed: None) -> None:
    with opened() as door, SMTP("127.0.0.1", door.port) as sender:
        with pytest.raises(SMTPRecipientsRefused) as refused:
            sender.sendmail("spam@example.net", "victim@example.com", message(1))
        assert refused.value.recipients == {
            "victim@example.com": (550, b"5.7.1 Not an address of this house")
        }
        # One of two is ours: it comes in for that one.
        assert list(sender.sendmail("a@example.net", [HOUSE, "b@example.com"], message(2))) == [
            "b@example.com"
        ]
    (arrival,) = Arrival.objects.all()
    assert b"b@example.com" not in raw_of(arrival)


def test_a_bounce_comes_from_nobody(committed: None) -> None:
    with opened() as door, SMTP("127.0.0.1", door.port) as sender:
        assert sender.sendmail("", HOUSE, message(1)) == {}
    assert raw_of(Arrival.objects.get()).startswith(b"Return-Path: <>\r\n")


@pytest.mark.parametrize(
    "fault", [OSError("No space left on device"), OperationalError("database is locked")]
)
def test_what_cannot_be_kept_comes_again(
    committed: None, monkeypatch: pytest.MonkeyPatch, fault: Exception
) -> None:
    def arrive(raw: bytes, **how: Any) -> Arrival:
        raise fault

    monkeypatch.setattr(door_module, "arrive", arrive)
    with opened() as door, SMTP("127.0.0.1", door.port) as sender:
        with pytest.raises(SMTPDataError) as refused:
            sender.sendmail("clara@example.org", HOUSE, message(1))
        assert refused.value.smtp_code == 451
    assert not Arrival.objects.exists()


def test_lmtp_answers_for_each(committed: None) -> None:
    with opened(lmtp=True) as door, LMTP("127.0.0.1", door.port) as server:
        server.ehlo()
        server.mail("clara@example.org")
        assert server.rcpt(HOUSE)[0] == 250
        assert server.rcpt("somebody@house.example")[0] == 550
        assert server.rcpt("complaints+abc@house.example")[0] == 250
        assert server.data(message(1))[0] == 250
        assert server.getreply()[0] == 250  # the second one's
        assert server.noop()[0] == 250  # and no more
    (arrival,) = Arrival.objects.all()
    assert arrival.source == "lmtp"
    assert b"Delivered-To: complaints+abc@house.example\r\nDelivered-To: " + HOUSE.encode() in raw_of(arrival)


def test_too_large_is_said_before_it_is_sent(committed: None) -> None:
    with opened() as door, SMTP("127.0.0.1", door.port) as sender:
        sender.ehlo()
        assert sender.mail("clara@example.org", ["SIZE=50000000"])[0] == 552
    assert not Arrival.objects.exists()


def test_long_lines_and_any_bytes(committed: None) -> None:
    odd = message(1) + b"x" * 70_000 + bytes(b for b in range(256) if b not in b"\r\n") + b"\r\n..\r\n"
    with opened() as door, SMTP("127.0.0.1", door.port) as sender:
        assert sender.sendmail("clara@example.org", HOUSE, odd) == {}
    assert raw_of(Arrival.objects.get()).endswith(odd)


@pytest.mark.skipif(shutil.which("openssl") is None, reason="makes a certificate with openssl")
def test_starttls_where_there_is_a_certificate(committed: None, tmp_path: Path) -> None:
    key, certificate = str(tmp_path / "key.pem"), str(tmp_path / "certificate.pem")
    command = (
        "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=localhost"
    )
    made = (*command.split(), "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", key, "-out", certificate)
    subprocess.run(made, check=True, capture_output=True)
    with opened(certificate=certificate, key=key) as door, SMTP("127.0.0.1", door.port) as sender:
        sender.starttls(context=ssl.create_default_context(cafile=certificate))
        assert sender.sendmail("clara@example.org", HOUSE, message(1)) == {}
    assert Arrival.objects.count() == 1


def test_an_address_that_is_taken_is_said_and_tried_again(committed: None) -> None:
    with opened() as door:
        second, stop = Door("smtp://127.0.0.1 again", door.host, door.port, lmtp=False), Event()
        thread = Thread(target=keep_open, args=(second, stop))
        thread.start()
        until(lambda: MailSource.objects.filter(name=second.name, failing_since__isnull=False).exists())
        assert MailSource.objects.get(name=second.name).error.startswith("It cannot listen there: ")
    until(lambda: MailSource.objects.filter(name=second.name, failing_since=None, error="").exists())
    stop.set()
    thread.join(5)
    assert not thread.is_alive()


@pytest.mark.parametrize(
    ("address", "ours"),
    [
        ("complaints@house.example", True),
        ("Complaints+Kettle@House.Example", True),
        ("complaints+@house.example", True),
        ("hanna@house.example", False),
        ("complaints@house.example.net", False),
        ("complaints@other.example", False),
        ("xcomplaints@house.example", False),
        ("", False),
        ("postmaster", False),
    ],
)
def test_whose_address(address: str, ours: bool) -> None:
    assert is_ours(address) is ours


def test_further_addresses_and_domains() -> None:
    also = frozenset({"help@house.example", "@returns.house.example"})
    assert is_ours("HELP@house.example", also)
    assert is_ours("anybody@returns.house.example", also)
    assert not is_ours("anybody@house.example", also)


def test_reply_addresses_at_another_domain(settings: Settings) -> None:
    settings.AMENDS_MAIL_REPLY_TO = "c-{token}@reply.house.example"
    assert is_ours("c-abcdefghjk@reply.house.example")
    assert not is_ours("c-@reply.house.example")
    assert not is_ours("d-abc@reply.house.example")
