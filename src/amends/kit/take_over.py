"""Taking over the jobs of workers that fell silent: killed, or on a machine that went away."""

import logging
from datetime import datetime, timedelta
from typing import Any

from django.tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from amends.kit.models import WorkerSeen
from amends.kit.patience import ATTEMPTS

logger = logging.getLogger(__name__)
SILENCE = timedelta(seconds=30)


def take_over(at: datetime, *, silent_for: timedelta = SILENCE) -> int:
    """Make the running jobs of workers not seen for ``silent_for`` ready again; how many.

    Any number of workers may do this at once: each job is given back by one conditional update. A job that
    outlived its attempts gets one more, so that it can report its failure; after that it has failed.
    """
    alive = set(WorkerSeen.objects.filter(seen_at__gte=at - silent_for).values_list("worker_id", flat=True))
    taken = 0
    # A job claimed just now may belong to a worker whose first beat we did not read.
    for job in DBTaskResult.objects.running().filter(started_at__lt=at - silent_for):
        if not job.worker_ids or job.worker_ids[-1] not in alive:
            taken += _give_back(job, at)
    return taken


def _give_back(job: DBTaskResult[..., Any], at: datetime) -> int:
    same = DBTaskResult.objects.running().filter(pk=job.pk, started_at=job.started_at)
    if len(job.worker_ids) <= ATTEMPTS:
        given = same.update(status=TaskResultStatus.READY, started_at=None)
    else:
        given = same.update(
            status=TaskResultStatus.FAILED, finished_at=at, exception_class_path="", traceback="worker died"
        )
    if given:
        logger.warning("job %s (%s) was left by a dead worker", job.task_path, job.pk)
    return given
