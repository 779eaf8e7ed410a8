"""amends clocks: by when, without a database."""

import json
import subprocess
import sys
from datetime import datetime
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from pytest_django import Settings

from amends.project.management.commands import clocks as command
from amends.rules.statutes import Unit
from tests.rules.rule import rule


def clocks(tmp_path: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    surroundings = {
        "PATH": "/usr/bin:/bin",
        "AMENDS_DATA_DIR": str(tmp_path),
        "AMENDS_TIME_ZONE": "Europe/Warsaw",
    }
    return subprocess.run(
        [sys.executable, "-m", "amends.project", "clocks", *arguments],
        env=surroundings,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def test_the_clocks_of_a_polish_consumer_as_programs_read_them(tmp_path: Path) -> None:
    done = clocks(
        tmp_path, "--country", "pl", "--sector", "Consumer", "--received", "2026-04-27T15:30+02:00", "--json"
    )
    assert (done.returncode, done.stderr) == (0, "")
    rows = json.loads(done.stdout)
    assert [row["due"] for row in rows] == sorted(row["due"] for row in rows)
    answer = next(row for row in rows if row["clock"] == "answer")
    assert answer["rule"] == "pl-consumer-answer"
    assert datetime.fromisoformat(answer["due"]) == datetime.fromisoformat("2026-05-11T23:59:59+02:00")
    assert (answer["length"], answer["unit"], answer["meets"]) == (14, "calendar days", "arrival")
    assert (answer["consequence"], answer["extension"], answer["verified"]) == ("accepted", None, True)
    assert list(answer) == [
        "clock", "rule", "due", "length", "unit", "meets", "extension", "consequence", "source", "verified",
    ]  # fmt: skip
    assert not (tmp_path / "amends.sqlite3").exists()


def test_the_same_in_words(tmp_path: Path) -> None:
    done = clocks(tmp_path, "--country", "UK", "--sector", "housing", "--received", "2026-02-02T10:00")
    assert "5 working days from when the complaint was received, sent by then." in done.stdout
    assert "uk-housing-stage-1" not in done.stdout  # it begins with the acknowledgement
    later = clocks(
        tmp_path, "--country", "UK", "--sector", "housing", "--received", "2026-02-02T10:00",
        "--acknowledged", "2026-02-04T10:00",
    )  # fmt: skip
    assert "2026-02-18 23:59  Answer the complaint" in later.stdout
    assert "At most until 2026-03-04, if the customer is told: reason, new date." in later.stdout


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--country", "XX"), "There is no country “XX”. Known: AU, CN, EU, MY, PL, SE, UK, US."),
        (
            ("--country", "PL", "--sector", "gardening"),
            "There is no sector “gardening”. Known: consumer, finance, payments, telecom, housing.",
        ),
        (
            ("--country", "UK", "--region", "NSW"),
            "There is no region “NSW” there. Known: ENG, NIR, SCT, WLS.",
        ),
        (
            ("--country", "PL", "--acknowledged", "soon"),
            "“soon” is no time. Write it like 2026-04-27T15:30+02:00.",
        ),
        (("--country", "PL", "--opens", "09:00"), "Give both --opens and --closes, or neither."),
        (("--country", "PL", "--closes", "17:00"), "Give both --opens and --closes, or neither."),
        (
            ("--country", "PL", "--opens", "17:00", "--closes", "09:00"),
            "The house cannot be open from “17:00” to “09:00”. Write it like 09:00 and 17:00.",
        ),
        (
            ("--country", "PL", "--opens", "nine", "--closes", "17:00"),
            "The house cannot be open from “nine” to “17:00”. Write it like 09:00 and 17:00.",
        ),
    ],
)
def test_what_there_is_not_is_named_with_what_there_is(
    tmp_path: Path, arguments: tuple[str, ...], sentence: str
) -> None:
    done = clocks(tmp_path, *arguments, "--received", "2026-02-02T10:00")
    assert (done.returncode, done.stdout, done.stderr.strip()) == (2, "", sentence)


@pytest.mark.parametrize(
    ("hours", "due"),
    [
        (("--opens", "09:00", "--closes", "17:00"), "2026-11-23T10:30:00+01:00"),
        ((), "2026-11-20T18:30:00+01:00"),
    ],
)
def test_a_rule_in_office_hours_goes_by_the_hours_that_are_given(
    monkeypatch: pytest.MonkeyPatch, settings: Settings, hours: tuple[str, ...], due: str
) -> None:
    """No pack has one: it is as if a country's pack had."""
    settings.TIME_ZONE = "Europe/Warsaw"
    monkeypatch.setattr(command, "applicable", lambda *_: (rule(2, Unit.OFFICE_HOURS),))
    given = ("clocks", "--country", "PL", "--received", "2026-11-20T16:30", "--json", *hours)
    said = StringIO()
    call_command(*given, stdout=said)
    (row,) = json.loads(said.getvalue())
    assert (row["due"], row["length"], row["unit"]) == (due, 2, "office hours")
