"""``amends mail-parse``: one line a message, in order, without a database."""

import json
import subprocess
import sys
from pathlib import Path

from amends.correspondence.incoming.mbox import messages

COMMAND = [sys.executable, "-m", "amends.project", "mail-parse"]


def run(*files: Path, stdin: bytes = b"") -> tuple[int, list[dict[str, object]]]:
    done = subprocess.run([*COMMAND, *map(str, files)], input=stdin, capture_output=True, check=False)
    return done.returncode, [json.loads(line) for line in done.stdout.splitlines()]


def test_files_in_their_order(tmp_path: Path) -> None:
    (tmp_path / "1").write_bytes("Subject: Första\nFrom: a@b.example\n\nx".encode())
    (tmp_path / "2").write_bytes(b"")
    (tmp_path / "3").write_bytes(bytes(range(256)))
    code, told = run(tmp_path / "1", tmp_path / "2", tmp_path / "3")
    assert code == 0
    assert [one["subject"] for one in told] == ["Första", "", ""]


def test_one_message_on_standard_input() -> None:
    code, told = run(stdin=b"Subject: x\n\ny")
    assert (code, [one["text"] for one in told]) == (0, ["y"])


def test_a_file_that_is_not_there_is_told_and_the_others_are_read(tmp_path: Path) -> None:
    (tmp_path / "1").write_bytes(b"Subject: x\n\ny")
    code, told = run(tmp_path / "none", tmp_path / "1")
    assert (code, len(told)) == (2, 1)


def test_a_file_of_several_messages() -> None:
    one = b"From a@b Fri Nov 22 10:11:12 2024\nSubject: 1\n\n>From here on\n\n"
    two = b"From a@b Fri Nov 22 10:11:13 2024\nSubject: 2\n\nFrom the start nothing came\n"
    assert messages(one + two) == [one.replace(b">From", b"From"), two]
    assert messages(b"From: a@b\n\nx") == [b"From: a@b\n\nx"]
    assert messages(b"") == [b""]
