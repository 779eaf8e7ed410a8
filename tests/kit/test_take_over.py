"""A worker that died: its job goes to another, once, and not before its silence was long enough."""

import os
import signal
import subprocess
import sys
import time
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from amends.kit.jobs import Worker
from amends.kit.models import WorkerSeen
from amends.kit.patience import ATTEMPTS
from amends.kit.take_over import take_over
from tests.kit.jobs_for_tests import write_line

NOW = datetime.now(tz=timezone.get_current_timezone())


def running(*, worker_ids: list[str], started: timedelta) -> DBTaskResult:  # type: ignore[type-arg]
    write_line.enqueue("/nowhere", "x")
    job = DBTaskResult.objects.get()
    job.status, job.worker_ids, job.started_at = "RUNNING", worker_ids, NOW - started
    job.save()
    return job


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("seen", "started", "taken"),
    [
        (31, 40, 1),  # silent for too long
        (29, 40, 0),  # a long job of a living worker
        (None, 40, 1),  # its row is gone
        (None, 5, 0),  # claimed just now
    ],
)
def test_silence_decides(seen: int | None, started: int, taken: int) -> None:
    running(worker_ids=["one"], started=timedelta(seconds=started))
    if seen is not None:
        WorkerSeen.objects.create(worker_id="one", seen_at=NOW - timedelta(seconds=seen))
    assert take_over(NOW) == taken
    assert DBTaskResult.objects.get().status == ("READY" if taken else "RUNNING")
    assert take_over(NOW) == 0


@pytest.mark.django_db
def test_a_job_that_kills_its_workers_is_given_up_at_last() -> None:
    running(worker_ids=["one"] * ATTEMPTS, started=timedelta(minutes=1))
    assert take_over(NOW) == 1
    assert DBTaskResult.objects.get().status == "READY"  # once more, to report its failure
    DBTaskResult.objects.update(
        status="RUNNING", started_at=NOW - timedelta(minutes=1), worker_ids=["one"] * (ATTEMPTS + 1)
    )
    assert take_over(NOW) == 1
    assert DBTaskResult.objects.get().status == "FAILED"
    assert not Worker().work_one()


WORK = """
import os, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "amends.project.settings"
import django
django.setup()
from datetime import timedelta
from amends.kit.clock import now
from amends.kit.jobs import Worker
from amends.kit.take_over import take_over
from tests.kit import jobs_for_tests as jobs
if "start" in sys.argv:
    from django.core.management import call_command
    call_command("migrate", "kit", verbosity=0)
    call_command("migrate", "django_tasks_database", verbosity=0)
    jobs.hang.enqueue(sys.argv[1])
silence = timedelta(seconds=0.5)
worker = Worker(interval=0.05, beat_every=0.1, meanwhile=lambda: take_over(now(), silent_for=silence))
worker.stop_on_signals()
worker.run()
"""


def start_worker(data: Path, out: Path, *more: str) -> subprocess.Popen[bytes]:
    root = Path(__file__).resolve().parents[2]
    environment = os.environ | {
        "AMENDS_DATA_DIR": str(data),
        "AMENDS_DATABASE_URL": f"sqlite:///{data / 'jobs.sqlite3'}",
        "PYTHONPATH": f"{root}{os.pathsep}{root / 'src'}",
    }
    return subprocess.Popen([sys.executable, "-c", WORK, str(out), *more], cwd=root, env=environment)


def wait_for(path: Path, content: str, *, within: float = 30.0) -> None:
    end = time.monotonic() + within
    while time.monotonic() < end:
        if path.exists() and path.read_text() == content:
            return
        time.sleep(0.05)
    pytest.fail(f"{path} never became {content!r}")


def test_a_killed_workers_job_is_carried_out_by_another(tmp_path: Path) -> None:
    """Real processes over a database file: kill -9 in the middle, and the living one takes over."""
    out = tmp_path / "out"
    first = start_worker(tmp_path, out, "start")
    second = None
    try:
        wait_for(out, "begun\n")
        second = start_worker(tmp_path, out)
        time.sleep(0.9)  # longer than the silence allowed: the first one lives, so nobody takes its job
        assert out.read_text() == "begun\n"
        first.send_signal(signal.SIGKILL)
        assert first.wait(10) == -signal.SIGKILL
        wait_for(out, "begun\nbegun\ndone\n")
        second.send_signal(signal.SIGTERM)
        assert second.wait(10) == 0
    finally:
        for process in (first, second):
            if process is not None and process.poll() is None:
                process.kill()
                process.wait()
