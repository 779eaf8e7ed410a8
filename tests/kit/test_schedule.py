"""Each line of a schedule runs when it is due, in one worker, and a fault keeps to its own line."""

from datetime import datetime, timedelta

import pytest
from django_tasks_db.models import DBTaskResult

from amends.kit.models import Once, Scheduled, WorkerSeen
from amends.kit.pruning import prune
from amends.kit.schedule import Line, _claim, run_due
from tests.conftest import MONDAY
from tests.kit.jobs_for_tests import write_line

pytestmark = pytest.mark.django_db


def test_a_line_runs_when_it_is_due_and_not_before() -> None:
    ran: list[datetime] = []
    lines = [Line("often", 10, ran.append), Line("seldom", 60, ran.append)]
    assert run_due(lines, MONDAY) == ["often", "seldom"]
    assert run_due(lines, MONDAY + timedelta(seconds=9)) == []
    assert run_due(lines, MONDAY + timedelta(seconds=10)) == ["often"]
    assert run_due(lines, MONDAY + timedelta(seconds=60)) == ["often", "seldom"]
    assert len(ran) == 5


def test_two_workers_that_saw_the_same_run_it_once() -> None:
    line = Line("often", 10, lambda at: None)
    assert [_claim(line, None, MONDAY), _claim(line, None, MONDAY)] == [True, False]
    seen = Scheduled.objects.get().next_at
    later = MONDAY + timedelta(seconds=10)
    assert [_claim(line, seen, later), _claim(line, seen, later)] == [True, False]


def test_one_that_fails_does_not_keep_the_others_from_running() -> None:
    def fail(at: datetime) -> None:
        raise ValueError("broken")

    ran: list[datetime] = []
    lines = [Line("broken", 10, fail), Line("sound", 10, ran.append)]
    assert run_due(lines, MONDAY) == ["broken", "sound"]
    assert ran == [MONDAY]
    assert run_due(lines, MONDAY + timedelta(seconds=10)) == ["broken", "sound"]


def test_what_is_old_is_thrown_away_and_nothing_else() -> None:
    for key, days in (("old", 8), ("new", 6)):
        Once.objects.create(scope="desk:1", key=key, request_sha256="")
        Once.objects.filter(key=key).update(at=MONDAY - timedelta(days=days))
        WorkerSeen.objects.create(worker_id=key, seen_at=MONDAY - timedelta(hours=25 if key == "old" else 1))
    for status, days in (("SUCCESSFUL", 4), ("SUCCESSFUL", 2), ("FAILED", 59), ("FAILED", 61), ("READY", 99)):
        job = write_line.enqueue("/nowhere", f"{status} {days}")
        DBTaskResult.objects.filter(pk=job.id).update(
            status=status, finished_at=None if status == "READY" else MONDAY - timedelta(days=days)
        )
    assert prune(MONDAY) == 4
    assert list(Once.objects.values_list("key", flat=True)) == ["new"]
    assert list(WorkerSeen.objects.values_list("worker_id", flat=True)) == ["new"]
    kept = sorted(job.args_kwargs["args"][1] for job in DBTaskResult.objects.all())
    assert kept == ["FAILED 59", "READY 99", "SUCCESSFUL 2"]
