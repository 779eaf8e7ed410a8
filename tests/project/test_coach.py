"""amends coach: one draft, many drafts, and what cannot be read."""

import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from amends.project.main import main

DRAFT = "We are sorry that you feel that way."


def run(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, draft: bytes, *arguments: str
) -> tuple[int, str, str]:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(draft), "utf-8"))
    try:
        status = main(["coach", *arguments])
    except SystemExit as end:
        status = int(end.code or 0)
    said = capsys.readouterr()
    return status, said.out, said.err


@pytest.fixture
def coach(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Any:
    return lambda draft, *arguments: run(capsys, monkeypatch, draft, *arguments)


def test_one_draft(coach: Any) -> None:
    status, out, err = coach(DRAFT.encode(), "--language", "en", "--reader", "sv", "--json")
    assert (status, err) == (0, "")
    answer = json.loads(out)
    assert answer["language"] == "en"
    assert [(f["code"], f["start"], f["end"]) for f in answer["findings"]] == [("blame", 7, 26)]
    assert answer["findings"][0]["instead"] == "Säg vad vi gjorde, och be om ursäkt för det."
    assert set(answer["carp"]) == {"control", "acknowledge", "refocus", "problem-solve"}
    assert "no-thanks" in answer["missing"]


def test_words_for_a_person(coach: Any) -> None:
    status, out, _ = coach(DRAFT.encode(), "--reader", "en")
    assert status == 0
    assert "“sorry that you feel”\n  blame: It regrets how the customer feels" in out


def test_a_case_beside_it(coach: Any, tmp_path: Path) -> None:
    case = {"language": "en", "stage": "decision", "decision": "upheld", "reference": "AM-2026-000009"}
    (tmp_path / "case.json").write_text(json.dumps(case), "utf-8")
    _, out, _ = coach(DRAFT.encode(), "--case", str(tmp_path / "case.json"), "--json")
    assert {"no-apology", "no-reason", "no-reference"} <= set(json.loads(out)["missing"])


def test_many_drafts_one_line_each_in_order(coach: Any, tmp_path: Path) -> None:
    rows = [
        {"id": "a", "text": "感谢您来信。", "language": "zh"},
        {"id": "b", "text": DRAFT, "language": "en"},
        {"id": "c", "text": "", "language": "pl", "case": {"stage": "acknowledgement"}},
    ]
    file = tmp_path / "drafts.jsonl"
    file.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows) + "\n\n", "utf-8")
    status, out, _ = coach(b"", "--batch", str(file), "--reader", "ms")
    answers = [json.loads(line) for line in out.splitlines()]
    assert (status, [answer["id"] for answer in answers]) == (0, ["a", "b", "c"])
    assert [answer["language"] for answer in answers] == ["zh-Hans", "en", "pl"]
    assert answers[0]["missing"].count("no-thanks") == 0


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{", "drafts.jsonl:2: This is not JSON"),
        ('{"id": 1}', "drafts.jsonl:2: A line needs a “text”."),
        ('{"text": "x", "language": "xx"}', "drafts.jsonl:2: The coach does not read “xx”."),
        ('{"text": "x", "case": {"issues": 3}}', "drafts.jsonl:2: The case cannot be read: issues"),
    ],
)
def test_a_line_that_cannot_be_read_is_named(coach: Any, tmp_path: Path, line: str, said: str) -> None:
    file = tmp_path / "drafts.jsonl"
    file.write_text('{"id": 0, "text": "Hi"}\n' + line, "utf-8")
    status, out, err = coach(b"", "--batch", str(file))
    assert status == 2
    assert said in err
    assert len(out.splitlines()) == 1


@pytest.mark.parametrize(
    ("draft", "arguments", "said"),
    [
        (b"Hi", ("--language", "klingon"), "does not read “klingon”"),
        (b"Hi", ("--reader", "xx"), "does not read “xx”"),
        (b"Hi", ("--case", "/nowhere/case.json"), "/nowhere/case.json"),
        (b"\xff\xfe", (), "not a text in UTF-8"),
    ],
)
def test_what_cannot_be_read_is_said(coach: Any, draft: bytes, arguments: tuple[str, ...], said: str) -> None:
    status, out, err = coach(draft, *arguments)
    assert (status, out) == (2, "")
    assert said in err
