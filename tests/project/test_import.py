"""Importing from the CFPB: all rows, each once, and every bad one by itself."""

import csv
from datetime import UTC, date, datetime
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from amends.cases.models import Complaint, Event
from amends.cases.verify import verify
from amends.people.models import Customer
from amends.project.imports import runner
from amends.project.imports.runner import run
from amends.project.imports.table import open_table

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
NARRATIVES = ["Product", "Consumer complaint narrative"]
OUTCOMES = [
    "Date received", "Product", "Sub-product", "Issue", "Sub-issue", "Company", "State", "ZIP code",
    "Submitted via", "Date sent to company", "Company response to consumer", "Timely response?",
    "Consumer disputed?",
]  # fmt: skip
LOAN = [
    "7/29/2013", "Consumer Loan", "Vehicle loan", "Managing the loan or lease", "", "Wells Fargo & Company",
    "VA", "24540", "Phone", "7/30/2013",
]  # fmt: skip
CLOSED = [*LOAN, "Closed with explanation", "Yes", "No"]
WAITING = [*LOAN, "In progress", "Yes", ""]


def write(path: Path, *rows: list[str], encoding: str = "utf-8") -> Path:
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file).writerows(rows)
    return path


def imported(path: Path, *options: str) -> str:
    out = StringIO()
    call_command("import", str(path), "--format", "cfpb", *options, stdout=out)
    return out.getvalue()


def test_narratives_load_whole_and_the_same_words_twice_are_two_complaints(tmp_path: Path) -> None:
    told = "  They call at night.\nEvery night.  "
    file = write(
        tmp_path / "n.csv",
        NARRATIVES,
        ["Debt collection", told],
        ["Debt collection", told],
        ["Mortgage", "Lost."],
    )
    assert "3 rows: 3 imported, 0 already there, 0 refused" in imported(file)
    first, second, third = Complaint.objects.order_by("pk")
    assert first.story == second.story == told
    assert (first.stage, first.channel, first.category) == ("received", "file", "billing")
    assert first.signed_by == "CFPB import, file n.csv"
    assert third.customer.name == "CFPB consumer 3"
    assert third.issues.get().product == "Mortgage"
    assert list(verify(Complaint.objects.iterator())) == []


def test_what_became_of_it_is_told_and_nothing_is_called_satisfied(tmp_path: Path) -> None:
    file = write(tmp_path / "o.csv", OUTCOMES, CLOSED, WAITING)
    imported(file)
    closed, waiting = Complaint.objects.order_by("pk")
    assert (closed.stage, closed.outcome, closed.referred_to) == (
        "referred",
        "referred",
        "Wells Fargo & Company",
    )
    assert not closed.clocks.filter(stopped_at__isnull=True).exists()
    assert (waiting.stage, waiting.outcome) == ("received", "")
    assert closed.received_at.date() == date(2013, 7, 29)
    assert closed.customer.name == "CFPB consumer 1 (VA 24540)"
    issue = closed.issues.get()
    assert (issue.product, issue.specification) == ("Consumer Loan (Wells Fargo & Company)", "Vehicle loan")
    assert issue.subcategory == "Managing the loan or lease"
    assert closed.story.splitlines()[0] == "Product: Consumer Loan"
    (note,) = closed.messages.filter(direction="inside")
    assert "Consumer disputed?: No" in note.body
    (word,) = closed.messages.filter(direction="out")
    assert (word.status, word.channel) == ("logged", "file")
    assert "Closed with explanation" in word.body
    assert not Event.objects.filter(name="complaint.satisfied").exists()


def test_run_again_it_takes_nothing_twice(tmp_path: Path) -> None:
    file = write(tmp_path / "o.csv", OUTCOMES, CLOSED, CLOSED)
    imported(file)
    assert "2 rows: 0 imported, 2 already there, 0 refused" in imported(file)
    assert (Complaint.objects.count(), Customer.objects.count()) == (2, 2)


def test_killed_in_the_middle_it_goes_on_where_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = write(tmp_path / "n.csv", NARRATIVES, *(["Mortgage", f"Story {n}"] for n in range(5)))
    monkeypatch.setattr(runner, "CHUNK", 2)

    def killed(rows: int) -> None:
        if Complaint.objects.count() == 4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(open_table(file), at=NOW, tell=killed)
    summary = run(open_table(file), at=NOW)
    assert (summary.rows, summary.imported, summary.there, summary.refused) == (5, 1, 4, [])
    assert sorted(Complaint.objects.values_list("story", flat=True)) == [f"Story {n}" for n in range(5)]
    assert Customer.objects.count() == 5


def test_a_dry_run_writes_nothing_and_says_what_would_be(tmp_path: Path) -> None:
    file = write(tmp_path / "n.csv", NARRATIVES, ["Mortgage", "Lost."], ["Mortgage", ""])
    said = imported(file, "--dry-run")
    assert "2 rows: 1 would be imported, 0 already there, 1 would be refused (dry run)" in said
    assert (Complaint.objects.count(), Customer.objects.count()) == (0, 0)


def test_each_bad_row_is_refused_by_itself_with_its_line(tmp_path: Path) -> None:
    columns = [*OUTCOMES, "Consumer complaint narrative"]
    good = [*CLOSED, "In my own\nwords."]
    file = write(
        tmp_path / "bad.csv",
        columns,
        good,
        good[:-2],
        ["yesterday", *good[1:]],
        ["1/1/2999", *good[1:]],
        [*good[:-1], "x" * 100_001],
        [*good[:-1], "NUL \0 here"],
        [good[0], "", *good[2:]],
        good,
    )
    report = tmp_path / "refused.csv"
    said = imported(file, "--report", str(report))
    assert "8 rows: 2 imported, 0 already there, 6 refused" in said
    with report.open(newline="") as opened:
        rows = list(csv.DictReader(opened))
    assert [row["row"] for row in rows] == ["2", "3", "4", "5", "6", "7"]
    assert [row["line"] for row in rows] == ["4", "6", "8", "9", "10", "12"]
    assert [row["reason"] for row in rows] == [
        "The row has 12 columns, not 14.",
        "“yesterday” is not a date.",
        "“1/1/2999” lies in the future.",
        "“Consumer complaint narrative” has 100001 characters, more than 100000.",
        "The row holds a NUL character.",
        "“Product” is empty.",
    ]
    assert Complaint.objects.count() == Customer.objects.count() == 2


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"Name,Age\nAda,36\n", "does not have the columns"),
        (b"", "does not have the columns"),
        (b"\x81\x8d", "neither UTF-8"),
    ],
)
def test_the_wrong_file_is_one_clear_error(tmp_path: Path, content: bytes, why: str) -> None:
    file = tmp_path / "wrong.csv"
    file.write_bytes(content)
    with pytest.raises(CommandError, match=why) as error:
        imported(file)
    assert error.value.returncode == 2
    assert Complaint.objects.count() == 0


def test_a_file_that_is_not_there_is_one_clear_error(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="cannot be opened") as error:
        imported(tmp_path / "nowhere.csv")
    assert error.value.returncode == 2


def test_a_windows_file_is_read_and_said_to_be(tmp_path: Path) -> None:
    file = write(tmp_path / "w.csv", NARRATIVES, ["Mortgage", "A café – closed"], encoding="cp1252")
    assert "it was read as Windows-1252" in imported(file)
    assert Complaint.objects.get().story == "A café – closed"
