"""``amends tick``: once what is due, as if it were another time."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import connections
from django.utils import timezone

from amends.cases import actions, clocks
from amends.cases.models import Clock
from amends.project.management.commands.tick import WORDS, moment
from amends.project.schedule import DUE
from tests.conftest import MONDAY, House


@pytest.fixture(autouse=True)
def one_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    """A command closes its connections when it ends; here it would close the test's own."""
    monkeypatch.setattr(connections, "close_all", lambda: None)


def test_a_time_without_offset_is_the_houses() -> None:
    with timezone.override("Europe/Stockholm"):
        assert moment("2026-03-02T09:00") == datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
    assert moment("2026-03-02T09:00Z") == datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def test_what_is_no_time_is_refused() -> None:
    with pytest.raises(CommandError, match="“soon” is no time"):
        call_command("tick", "--at", "soon")
    with pytest.raises(CommandError, match="“2026-13-02” is no time"):
        call_command("tick", "--at", "2026-13-02")


def test_what_is_due_is_done_once(house: House, capsys: pytest.CaptureFixture[str]) -> None:
    complaint = house.complaint()
    promise = Clock.objects.filter(complaint=complaint)[0]  # the first that is due
    before = promise.due_at - timedelta(hours=7)  # a quarter of the day is not left yet
    after = promise.due_at + timedelta(minutes=1)

    assert said(capsys, before) == "0 due, 0 jobs done\n"
    assert Clock.objects.get(pk=promise.pk).breached_at is None

    assert said(capsys, after) == "1 due, 0 jobs done\n  ran out: 1\n"
    assert Clock.objects.get(pk=promise.pk).breached_at == after
    assert said(capsys, after) == "0 due, 0 jobs done\n"


def test_each_kind_is_counted(house: House, capsys: pytest.CaptureFixture[str]) -> None:
    by = house.actor(house.handler)
    house.complaint()
    done = house.complaint(channel="phone")
    actions.resolve_at_once(done, by=by, at=MONDAY, done="A new lid was handed over.")
    at = MONDAY + timedelta(days=8)
    assert said(capsys, at) == (
        "4 due, 0 jobs done\n"
        "  ran out: 2\n"
        "  gone one level higher: 1\n"
        "  asked whether it is good, or taken for silent: 1\n"
    )
    assert said(capsys, at) == "0 due, 0 jobs done\n"


def test_whatever_is_counted_has_its_words() -> None:
    assert list(WORDS) == list(DUE)


def test_more_than_one_round_is_done_in_one_call(
    house: House, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clocks.claim, "__kwdefaults__", {"most": 2})
    for _ in range(5):
        house.complaint()
    assert said(capsys, MONDAY + timedelta(hours=25)).endswith("  ran out: 5\n")
    assert said(capsys, MONDAY) == "0 due, 0 jobs done\n"  # the past holds nothing new


def said(capsys: pytest.CaptureFixture[str], at: datetime) -> str:
    call_command("tick", "--at", at.isoformat())
    return capsys.readouterr().out
