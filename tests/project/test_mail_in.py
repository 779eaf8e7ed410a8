"""amends mail-in: what it says to the mail server that pipes a message in."""

import io
import sys
from collections.abc import Callable

import pytest
from django.core.management import CommandError
from django.db import DatabaseError, connections

from amends.cases.models import Complaint
from amends.correspondence.models import Arrival
from amends.project.main import main
from amends.project.management.commands import mail_in
from tests.correspondence.arrivals.mails import mail

S = Arrival.State
Pipe = Callable[[bytes], int]
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def one_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    """A command closes its connections when it ends; here it would close the test's own."""
    monkeypatch.setattr(connections, "close_all", lambda: None)


@pytest.fixture
def pipe(monkeypatch: pytest.MonkeyPatch) -> Pipe:
    """pipe(raw) is the exit status of the command with these bytes on standard input."""

    def run(raw: bytes) -> int:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(raw)))
        try:
            return main(["mail-in"])
        except SystemExit as end:
            return int(end.code or 0)

    return run


def test_a_message_is_taken_in_and_told_in_one_line(pipe: Pipe, capsys: pytest.CaptureFixture[str]) -> None:
    assert pipe(mail()) == 0
    arrival, complaint = Arrival.objects.get(), Complaint.objects.get()
    assert (arrival.state, arrival.source, arrival.complaint) == (S.TAKEN, "pipe", complaint)
    assert capsys.readouterr().out == f"{arrival.key} Taken in {complaint.reference}\n"
    assert pipe(mail()) == 0
    assert (Arrival.objects.count(), Complaint.objects.count()) == (1, 1)


@pytest.mark.parametrize("raw", [b"", b"\xff\x00" * 50, b"From nobody Mon Mar  2 10:00:00 2026\n\n"])
def test_any_bytes_are_kept(raw: bytes, pipe: Pipe) -> None:
    assert pipe(raw) == 0
    assert Arrival.objects.get().state == S.UNCLEAR


@pytest.mark.parametrize(
    ("where", "fault"),
    [
        ("arrive", OSError("No space left on device")),
        ("arrive", DatabaseError("gone")),
        ("ready_database", CommandError("The database was made by an older version.")),
        ("arrive", ValueError("a fault of ours")),
    ],
)
def test_what_is_not_kept_comes_again(
    where: str,
    fault: Exception,
    pipe: Pipe,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def fail(*given: object, **more: object) -> None:
        raise fault

    monkeypatch.setattr(mail_in, where, fail)
    assert pipe(mail()) == 75
    assert f"The message could not be kept: {fault}" in capsys.readouterr().err
    assert not Arrival.objects.exists()


def test_what_is_kept_and_not_read_is_no_failure(
    pipe: Pipe,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def fail(*given: object, **more: object) -> None:
        raise DatabaseError("locked")

    monkeypatch.setattr(mail_in, "take_in", fail)
    assert pipe(mail()) == 0
    said = capsys.readouterr()
    assert said.out == f"{Arrival.objects.get().key} Not read yet\n"
    assert "The message is kept and will be read later: locked" in said.err
