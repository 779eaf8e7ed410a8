"""Working off the jobs of Django's Tasks interface that lie in the database.

django-tasks-db keeps the queue; its own worker neither tries again nor notices a dead colleague, and asks
for the write lock at every look. This one does, does, and does not.
"""

import logging
import signal
import time
from collections.abc import Callable
from datetime import timedelta
from traceback import format_exception
from types import FrameType
from typing import Any
from uuid import uuid4

from django.db import DatabaseError, close_old_connections, connection, transaction
from django.db.models import QuerySet
from django.tasks import TaskContext, TaskResultStatus
from django_tasks_db.models import DBTaskResult

from amends.kit.clock import now
from amends.kit.heartbeat import Heartbeat
from amends.kit.patience import delay_after

type Job = DBTaskResult[..., Any]

logger = logging.getLogger(__name__)


def _nothing() -> None:
    pass


class Worker:
    """One worker. Any number may run, on any number of machines over one database.

    ``interval`` is how long it rests when there is nothing to do, ``beat_every`` how often it says that it
    lives (both in seconds). ``meanwhile`` is called between jobs, at most once each interval: the clock of
    ``project.schedule`` hangs there.
    """

    def __init__(
        self,
        *,
        worker_id: str = "",
        interval: float = 0.5,
        beat_every: float = 5.0,
        meanwhile: Callable[[], object] = _nothing,
    ) -> None:
        self.worker_id = worker_id or uuid4().hex
        self.interval = interval
        self.beat_every = beat_every
        self.meanwhile = meanwhile
        self._ended = False

    def stop_on_signals(self) -> None:
        """SIGTERM and SIGINT: finish the job at hand and go; a second one: go now, the job is given back."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._told_to_end)

    def _told_to_end(self, number: int, frame: FrameType | None) -> None:
        if self._ended:
            raise SystemExit(128 + number)
        self.stop()

    def stop(self) -> None:
        """Finish the job at hand, then leave ``run``."""
        # A plain flag: a threading.Event set by a signal's handler can wait for a lock that the interrupted
        # code holds, and for ever.
        self._ended = True

    def run(self) -> None:
        """Work until told to stop. A database that is away or busy is waited for."""
        with Heartbeat(self.worker_id, every=self.beat_every):
            looked = now() - timedelta(days=1)
            while not self._ended:
                try:
                    close_old_connections()
                    if now() - looked >= timedelta(seconds=self.interval):
                        looked = now()
                        self.meanwhile()
                    busy = self.work_one()
                except DatabaseError:
                    logger.exception("worker %s: the database did not answer", self.worker_id)
                    connection.close()
                    busy = False
                if not busy and not self._ended:
                    time.sleep(self.interval)

    def work_one(self) -> bool:
        """Claim and carry out one job; False if none is ready."""
        job = self._claim()
        if job is not None:
            self._carry_out(job)
        return job is not None

    def _claim(self) -> Job | None:
        ready = DBTaskResult.objects.ready()
        if not ready.exists():  # a plain read: looking must not keep others from writing
            return None
        with transaction.atomic():
            job = ready.get_locked()
            if job is not None:
                job.claim(self.worker_id)
            return job

    def _carry_out(self, job: Job) -> None:
        try:
            task, result = job.task, job.task_result
            context: tuple[Any, ...] = (TaskContext(task_result=result),) if task.takes_context else ()
            job.set_successful(task.call(*context, *result.args, **result.kwargs))
        except Exception as problem:  # whatever a job raises, the worker lives on
            self._failed(job, problem)
        except BaseException:
            self._mine(job).update(status=TaskResultStatus.READY, started_at=None)
            raise

    def _failed(self, job: Job, problem: Exception) -> None:
        attempt = len(job.worker_ids)
        wait = delay_after(attempt)
        logger.log(
            logging.ERROR if wait is None else logging.WARNING,
            "job %s (%s) failed at attempt %d, %s",
            job.task_path,
            job.pk,
            attempt,
            "given up" if wait is None else f"again in {wait}",
            exc_info=problem,
        )
        if wait is None:
            job.set_failed(problem)
            return
        self._mine(job).update(
            status=TaskResultStatus.READY,
            started_at=None,
            run_after=now() + wait,
            exception_class_path=f"{type(problem).__module__}.{type(problem).__qualname__}",
            traceback="".join(format_exception(problem)),
        )

    @staticmethod
    def _mine(job: Job) -> QuerySet[Job]:
        """The job, unless somebody took it over because we were thought dead."""
        return DBTaskResult.objects.running().filter(pk=job.pk, started_at=job.started_at)


def work_off(*, at_most: int = 1000) -> int:
    """Carry out the jobs that are ready now, here, in this thread; how many. For stories and tests."""
    worker = Worker()
    done = 0
    while done < at_most and worker.work_one():
        done += 1
    return done
