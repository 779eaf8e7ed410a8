"""The worker: it tries again, gives up at last, and a job of a transaction that rolled back never was."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.db import transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from amends.kit import jobs
from amends.kit.jobs import Worker, work_off
from amends.kit.models import WorkerSeen
from amends.kit.patience import ATTEMPTS, DELAYS
from tests.kit.jobs_for_tests import be_told_to_end, fail, write_line
from tests.together import at_the_same_time

pytestmark = pytest.mark.django_db


def lines(path: Path) -> list[str]:
    return path.read_text().split("\n")[:-1] if path.exists() else []


def test_jobs_are_carried_out_in_their_order(tmp_path: Path) -> None:
    out = tmp_path / "out"
    for text in ("one", "two"):
        write_line.enqueue(str(out), text)
    assert work_off() == 2
    assert lines(out) == ["one", "two"]
    assert list(DBTaskResult.objects.values_list("status", flat=True)) == ["SUCCESSFUL", "SUCCESSFUL"]
    assert work_off() == 0


def test_a_job_of_a_transaction_that_rolls_back_never_runs(tmp_path: Path) -> None:
    out = tmp_path / "out"

    @transaction.atomic
    def break_off() -> None:
        write_line.enqueue(str(out), "never")
        raise RuntimeError

    with pytest.raises(RuntimeError):
        break_off()
    assert work_off() == 0
    assert not out.exists()
    assert not DBTaskResult.objects.exists()


def test_a_failing_job_is_tried_again_ever_later_and_then_given_up(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    out = tmp_path / "out"
    fail.enqueue(str(out))
    waits = []
    for _ in DELAYS:
        before = timezone.now()
        assert work_off() == 1  # and no second time: it waits
        job = DBTaskResult.objects.get()
        assert job.status == "READY"
        waits.append(round((job.run_after - before).total_seconds()))
        DBTaskResult.objects.update(run_after=before)
    assert waits == [10, 60, 300, 1800, 7200, 21600]
    assert work_off() == 1
    job = DBTaskResult.objects.get()
    assert (job.status, job.exception_class_path) == ("FAILED", "builtins.ValueError")
    assert len(lines(out)) == ATTEMPTS == 7
    assert work_off() == 0
    assert caplog.records[-1].levelname == "ERROR"
    assert "given up" in caplog.records[-1].getMessage()


def test_a_job_cut_short_is_given_back_at_once() -> None:
    be_told_to_end.enqueue()
    with pytest.raises(SystemExit):
        work_off()
    assert DBTaskResult.objects.get().status == "READY"


def test_looking_for_work_takes_one_plain_query(django_assert_num_queries: object) -> None:
    with django_assert_num_queries(1) as seen:  # type: ignore[operator]
        assert not Worker().work_one()
    assert seen.captured_queries[0]["sql"].startswith("SELECT")


def test_who_was_thought_dead_does_not_undo_what_the_other_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fail.enqueue(str(tmp_path / "out"))
    slow = Worker(worker_id="slow")
    job = slow._claim()
    assert job is not None
    DBTaskResult.objects.update(
        started_at=timezone.now() + timedelta(seconds=1), worker_ids=["slow", "other"]
    )
    slow._carry_out(job)
    assert DBTaskResult.objects.get().status == "RUNNING"


def test_it_stops_when_told_and_is_then_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = []

    def look() -> None:
        seen.append(list(WorkerSeen.objects.values_list("worker_id", flat=True)))
        worker.stop()

    worker = Worker(worker_id="one", interval=0.01, beat_every=60, meanwhile=look)
    monkeypatch.setattr(jobs, "close_old_connections", lambda: None)
    worker.run()
    assert seen == [["one"]]
    assert not WorkerSeen.objects.exists()


def test_two_workers_share_the_jobs_and_none_is_done_twice(committed: None, tmp_path: Path) -> None:
    out = tmp_path / "out"
    for number in range(12):
        write_line.enqueue(str(out), str(number))
    assert sum(at_the_same_time(2, lambda _: work_off())) == 12
    assert sorted(map(int, lines(out))) == list(range(12))
