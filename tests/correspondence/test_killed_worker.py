"""A real worker, killed between the server’s yes and the note of it: no second mail without a word."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django_tasks_db.models import DBTaskResult

from amends.cases import actions
from amends.cases.models import Message
from amends.kit.clock import now
from amends.kit.take_over import take_over
from tests.conftest import House
from tests.correspondence.mail_server import MailServer, mail_server

pytestmark = [
    pytest.mark.follows,
    pytest.mark.skipif(connection.vendor != "sqlite", reason="the worker is given the test's database file"),
]


@pytest.fixture
def server() -> Iterator[MailServer]:
    with mail_server() as running:
        yield running


@pytest.fixture
def start(committed: None, server: MailServer, tmp_path: Path) -> Iterator[Callable[[], Any]]:
    """Starts ``amends worker`` over the test's own database; what still runs at the end is stopped."""
    started: list[subprocess.Popen[bytes]] = []

    def start() -> subprocess.Popen[bytes]:
        environment = os.environ | {
            "AMENDS_DATA_DIR": str(tmp_path),
            "AMENDS_DATABASE_URL": f"sqlite:///{connection.settings_dict['NAME']}",
            "AMENDS_MAIL_URL": server.url,
            "PYTHONPATH": str(Path(__file__).resolve().parents[2] / "src"),
        }
        started.append(subprocess.Popen([sys.executable, "-m", "amends.project", "worker"], env=environment))
        return started[-1]

    yield start
    for process in started:
        if process.poll() is None:
            process.kill()
            process.wait()


def wait_until(true: Callable[[], bool], *, within: float = 30.0) -> None:
    end = time.monotonic() + within
    while not true():
        assert time.monotonic() < end, "it never came true"
        time.sleep(0.05)


def test_a_mail_whose_sender_was_killed_is_not_sent_twice(
    start: Callable[[], Any], house: House, server: MailServer, client: Client
) -> None:
    by, at = house.actor(house.handler), now()  # the worker reads the real clock: nothing is to be late
    case = house.complaint(channel="phone", at=at)
    case = actions.assign(case, by=by, at=at, handler=house.handler)
    case = actions.acknowledge(case, by=by, at=at, text="We are on it.", subject="Your kettle")
    status = Message.objects.values_list("status", flat=True)
    killed: list[int] = []

    def kill() -> None:  # it says goodbye: it has read the server's 250, and has noted nothing yet
        if not killed:
            killed.append(worker.pid)
            os.kill(worker.pid, signal.SIGKILL)

    server.when_leaving = kill
    worker = start()
    assert worker.wait(30) == -signal.SIGKILL
    assert (status.get(), len(server.taken)) == ("sending", 1)

    start()  # another lives on; the dead one's silence is made long enough
    assert take_over(now() + timedelta(seconds=1), silent_for=timedelta(0)) == 1
    wait_until(lambda: status.get() == "uncertain")
    wait_until(lambda: not DBTaskResult.objects.exclude(status="SUCCESSFUL").exists())
    assert len(server.taken) == 1
    assert killed == [worker.pid]
    assert list(case.events.filter(name__startswith="message.").values_list("name", flat=True)) == [
        "message.queued",
        "message.uncertain",
    ]
    client.force_login(house.handler)
    assert "Your kettle" in client.get("/").content.decode()
    page = client.get(f"/complaints/{case.key}").content.decode()
    message = case.messages.get()
    assert f"/complaints/{case.key}/messages/{message.key}/resending" in page
    assert f"/complaints/{case.key}/messages/{message.key}/arrival" in page
