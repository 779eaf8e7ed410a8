"""A day's mail with a real house: its processes, an IMAP server and an SMTP server, all on loopback."""

import json
import os
import re
import signal
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP as FOR_SMTP
from email.policy import default
from http.cookiejar import CookieJar
from pathlib import Path
from smtplib import SMTP
from typing import Any
from urllib.parse import quote, urlencode

import pytest

from tests.correspondence.mailroom.servers import PASSWORD, USER, ImapServer, free_port, message, wait_for

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks at the processes of Linux")

BIN = Path(sys.executable).parent
HOUSE = "complaints@house.example"


def until[T](what: Callable[[], T | None], seconds: float = 40) -> T:
    """What ``what`` says once it says something true."""
    deadline = time.monotonic() + seconds
    while not (said := what()):
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.05)
    return said


class Running:
    """``amends serve`` in a folder of its own, between its two mail servers."""

    def __init__(self, folder: Path, imap: ImapServer) -> None:
        self.folder, self.imap = folder, imap
        self.port, self.smtp_port, self.door_port = free_port(), free_port(), free_port()
        user, password = quote(USER, safe=""), quote(PASSWORD, safe="")
        self.source = f"imap://{USER}@127.0.0.1:{imap.port}/INBOX"
        self.environment = {k: v for k, v in os.environ.items() if not k.startswith("AMENDS_")} | {
            "AMENDS_DATA_DIR": str(folder / "data"),
            "AMENDS_BASE_URL": f"http://localhost:{self.port}",
            "AMENDS_WEB_WORKERS": "1",
            "AMENDS_MAIL_FROM": HOUSE,
            "AMENDS_MAIL_REPLY_TO": "complaints+{token}@house.example",
            "AMENDS_MAIL_URL": f"smtp://127.0.0.1:{self.smtp_port}",
            "AMENDS_MAIL_IN": f"imap://{user}:{password}@127.0.0.1:{imap.port}"
            f" smtp://127.0.0.1:{self.door_port}",
        }
        self.outside = folder / "outside"  # the mailboxes of the world
        self.processes: list[subprocess.Popen[bytes]] = []

    def start(self) -> None:
        handler = ("-c", "aiosmtpd.handlers.Mailbox", str(self.outside))
        self._run(str(BIN / "aiosmtpd"), "-n", "-l", f"127.0.0.1:{self.smtp_port}", *handler)
        self.serve = self._run(str(BIN / "amends"), "serve", "--port", str(self.port))
        wait_for(self.port, 60)
        wait_for(self.door_port, 60)

    def stop(self) -> None:
        for process in reversed(self.processes):
            process.terminate()
            process.wait(20)

    def _run(self, *command: str) -> subprocess.Popen[bytes]:
        with (self.folder / "output").open("ab") as output:
            process = subprocess.Popen(command, env=self.environment, stdout=output, stderr=output)
        self.processes.append(process)
        return process

    def amends(self, *arguments: str) -> str:
        """One command; its last word."""
        done = subprocess.run(
            [BIN / "amends", *arguments], env=self.environment, capture_output=True, text=True, check=True
        )
        return done.stdout.split()[-1]

    def ask(self, sql: str, *given: str) -> Any:
        """The first value that the house's database answers."""
        with closing(sqlite3.connect(self.folder / "data" / "amends.sqlite3", timeout=10)) as connection:
            row = connection.execute(sql, given).fetchone()
            connection.commit()
        return row and row[0]

    def mail_to(self, address: str, number: int) -> EmailMessage:
        """The mail ``number`` (from 1) that reached this address, the oldest first."""

        def found() -> EmailMessage | None:
            files = sorted(self.outside.glob("new/*"), key=lambda file: file.stat().st_mtime_ns)
            mails = [message_from_bytes(file.read_bytes(), policy=default) for file in files]
            theirs = [mail for mail in mails if address in str(mail["To"])]
            return theirs[number - 1] if len(theirs) >= number else None

        return until(found)


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    imap = ImapServer()
    running = Running(tmp_path_factory.mktemp("running"), imap)
    try:
        running.start()
        yield running
    finally:
        running.stop()
        running.imap.stop()


class Desk:
    """A member of staff: at their browser, and with a program of theirs."""

    def __init__(self, running: Running) -> None:
        self.running = running
        who = ("--name", "Lena Lead", "--email", "lena@house.example", "--role", "lead")
        link = running.amends("createuser", *who, "--department", "Care")
        self.browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
        page = self.browser.open(link, timeout=10).read().decode()
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
        assert token
        form = urlencode({"csrfmiddlewaretoken": token[1]}).encode()
        self.browser.open(urllib.request.Request(link, form, {"Referer": link}), timeout=10).read()  # noqa: S310
        scopes = ("--scopes", "read,register,handle,lead")
        self.secret = running.amends(
            "token", "create", "--staff", "lena@house.example", "--name", "t", *scopes
        )

    def today(self) -> str:
        """What their first page says."""
        return str(self.browser.open(f"http://localhost:{self.running.port}/", timeout=10).read().decode())

    def api(self, path: str, body: Any = None) -> Any:
        """GET, or POST where there is a body."""
        data = None if body is None else json.dumps(body).encode()
        headers = {"Authorization": f"Bearer {self.secret}", "Content-Type": "application/json"}
        url = f"http://localhost:{self.running.port}/api/v1{path}"
        with urllib.request.urlopen(urllib.request.Request(url, data, headers), timeout=10) as answer:
            return json.loads(answer.read())


@pytest.fixture(scope="module")
def desk(running: Running) -> Desk:
    return Desk(running)


def messages_of(desk: Desk, key: str) -> list[dict[str, Any]]:
    """The conversation, the oldest first."""
    return sorted(desk.api(f"/complaints/{key}/messages")["items"], key=lambda one: str(one["at"]))


def test_a_complaint_and_its_answers(running: Running, desk: Desk) -> None:
    running.imap.put(message(1))
    receipt = running.mail_to("clara@example.org", 1)
    assert receipt["In-Reply-To"] == "<1.kettle@example.org>"
    assert receipt["References"] == "<1.kettle@example.org>"
    assert receipt["Auto-Submitted"].startswith("auto-")
    assert receipt["Message-ID"].endswith("@house.example>")
    assert HOUSE in receipt["From"]
    assert re.fullmatch(r"complaints\+[a-z2-9]{26}@house\.example", receipt["Reply-To"])
    (case,) = desk.api("/complaints")["items"]
    assert case["reference"] in receipt["Subject"] + text_of(receipt)
    assert running.imap.read() == [True]

    key = case["key"]
    desk.api(f"/complaints/{key}/assignment", {"handler": "lena@house.example"})
    words = {"text": "Thank you for writing. We look into your kettle today.", "subject": "Your kettle"}
    words["override"] = "A short word first; the whole one follows today."
    assert desk.api(f"/complaints/{key}/acknowledgement", words)["stage"] == "acknowledged"
    answer = running.mail_to("clara@example.org", 2)
    assert "We look into your kettle today." in text_of(answer)
    assert answer["Auto-Submitted"] is None  # a person wrote it
    assert "<1.kettle@example.org>" in answer["References"]

    reply = EmailMessage()
    reply["From"], reply["To"] = "Clara Customer <clara@example.org>", answer["Reply-To"]
    reply["Subject"] = "Re: something else"
    reply["Message-ID"], reply["In-Reply-To"] = "<2@example.org>", answer["Message-ID"]
    reply.set_content(
        "The lid is loose as well.\n\nOn Sunday you wrote:\n> We look into your kettle today.\n"
    )
    running.imap.put(reply.as_bytes(policy=FOR_SMTP))
    until(lambda: "The lid is loose as well." in [one["body"] for one in messages_of(desk, key)])
    assert len(desk.api("/complaints")["items"]) == 1

    assert "came back" not in desk.today()
    running.imap.put(bounce_of(answer))
    until(lambda: "bounced" in [one["status"] for one in messages_of(desk, key)])
    (bounced,) = [one for one in messages_of(desk, key) if one["status"] == "bounced"]
    assert answer["Message-ID"] == f"<{bounced['key']}@house.example>"
    assert case["reference"] in desk.today()
    assert "came back" in desk.today()
    assert len(desk.api("/complaints")["items"]) == 1


def text_of(mail: EmailMessage) -> str:
    """The plain words of a mail."""
    body = mail.get_body(("plain",))
    return body.get_content() if body else ""


def bounce_of(mail: EmailMessage) -> bytes:
    """What the customer's mail server writes when the mailbox is gone (RFC 3464)."""
    boundary = "b1"
    report = (
        "Reporting-MTA: dns; mail.example.org\r\n\r\nFinal-Recipient: rfc822; clara@example.org\r\n"
        "Action: failed\r\nStatus: 5.1.1\r\nDiagnostic-Code: smtp; 550 5.1.1 No such mailbox\r\n"
    )
    returned = f"Message-ID: {mail['Message-ID']}\r\nFrom: {HOUSE}\r\nSubject: {mail['Subject']}\r\n"
    parts = (
        ("text/plain", "Your message could not be delivered.\r\n"),
        ("message/delivery-status", report),
        ("text/rfc822-headers", returned),
    )
    body = "".join(f"--{boundary}\r\nContent-Type: {kind}\r\n\r\n{text}\r\n" for kind, text in parts)
    return (
        f"Return-Path: <>\r\nFrom: Mail Delivery System <MAILER-DAEMON@mail.example.org>\r\nTo: {HOUSE}\r\n"
        "Subject: Undelivered Mail Returned to Sender\r\nMessage-ID: <bounce@mail.example.org>\r\n"
        "Auto-Submitted: auto-replied\r\nMIME-Version: 1.0\r\n"
        f'Content-Type: multipart/report; report-type=delivery-status; boundary="{boundary}"\r\n\r\n'
        f"{body}--{boundary}--\r\n"
    ).encode()


def test_a_server_that_goes_and_comes_back(running: Running, desk: Desk) -> None:
    failing = "SELECT failing_since FROM correspondence_mailsource WHERE name = ?"
    error = "SELECT error FROM correspondence_mailsource WHERE name = ?"
    assert running.ask(failing, running.source) is None
    before = running.ask("SELECT uid_validity FROM correspondence_mailsource WHERE name = ?", running.source)
    running.imap.stop()
    until(lambda: running.ask(failing, running.source))
    assert running.ask(error, running.source) == "Nobody answers there."
    assert running.source not in desk.today()  # one fault that is soon over is none
    two_minutes = "UPDATE correspondence_mailsource SET failing_since = datetime('now', '-2 minutes')"
    running.ask(f"{two_minutes} WHERE name = ? RETURNING 1", running.source)
    assert running.source in desk.today()
    running.imap = ImapServer(running.imap.port)  # empty, and it numbers its messages anew
    running.imap.put(message(7, "Toaster"), read=True)
    arrived = "SELECT state FROM correspondence_arrival WHERE message_id = '<7.toaster@example.org>'"
    assert until(lambda: running.ask(arrived)) in ("waiting", "taken")
    until(lambda: running.ask(failing, running.source) is None)
    assert running.source not in desk.today()
    after = running.ask("SELECT uid_validity FROM correspondence_mailsource WHERE name = ?", running.source)
    assert after not in (before, 0)


def test_the_process_that_dies_is_started_again(running: Running) -> None:
    for child in children(running.serve.pid):
        os.kill(child, signal.SIGKILL)
    running.imap.put(message(8, "Mixer"))
    until(lambda: running.ask("SELECT 1 FROM correspondence_arrival WHERE subject = 'Mixer 8'"))

    def by_the_door() -> bool:
        with suppress(OSError), SMTP("127.0.0.1", running.door_port, timeout=5) as sender:
            return sender.sendmail("clara@example.org", HOUSE, message(9, "Grill")) == {}
        return False

    until(by_the_door)
    assert running.ask("SELECT source FROM correspondence_arrival ORDER BY id DESC LIMIT 1") == "smtp"


def children(of: int) -> list[int]:
    """The living children of a process."""
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            state, parent = status.read_text().rpartition(")")[2].split()[:2]
            if int(parent) == of and state != "Z":
                found.append(int(status.parent.name))
    return found


def test_alone_it_ends_at_once_while_it_waits(running: Running) -> None:
    door = free_port()
    user, password = quote(USER, safe=""), quote(PASSWORD, safe="")
    sources = f"imap://{user}:{password}@127.0.0.1:{running.imap.port} lmtp://127.0.0.1:{door}"
    process = subprocess.Popen(
        [BIN / "amends", "mail"],
        env=running.environment | {"AMENDS_MAIL_IN": sources},
        stdout=subprocess.PIPE,
    )
    try:
        wait_for(door, 60)
        with SMTP("127.0.0.1", running.door_port):  # somebody still stands at the door of the other
            checked = "SELECT checked_at FROM correspondence_mailsource WHERE name = ?"
            until(lambda: running.ask(checked, f"lmtp://127.0.0.1:{door}"))
            time.sleep(0.5)  # now it waits for news
            begun = time.monotonic()
            process.terminate()
            out, _ = process.communicate(timeout=10)
    finally:
        process.kill()
    assert time.monotonic() - begun < 4  # mostly half a second; it would wait for news for 30
    assert process.returncode == 0
    assert out.decode().split() == [running.source, f"lmtp://127.0.0.1:{door}"]
