"""Throwing away what nobody will ask for again."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django_tasks_db.models import DBTaskResult

from amends.kit.models import Once, WorkerSeen

ONCE_KEPT = timedelta(days=7)  # longer than anybody leaves a form open or a program tries again
JOBS_KEPT = timedelta(days=3)
FAILED_JOBS_KEPT = timedelta(days=60)  # somebody may still want to know why
CHUNK = 1000  # rows at a time, so that nobody waits long for the write lock


def prune(at: datetime) -> int:
    """Delete old request keys, finished jobs and rows of workers long gone; how many rows."""
    return sum(
        _delete(rows)
        for rows in (
            Once.objects.filter(at__lt=at - ONCE_KEPT),
            DBTaskResult.objects.successful().filter(finished_at__lt=at - JOBS_KEPT),
            DBTaskResult.objects.failed().filter(finished_at__lt=at - FAILED_JOBS_KEPT),
            WorkerSeen.objects.filter(seen_at__lt=at - timedelta(days=1)),
        )
    )


def _delete(rows: QuerySet[Any]) -> int:
    deleted = 0
    while keys := list(rows.values_list("pk", flat=True)[:CHUNK]):
        deleted += rows.model._default_manager.filter(pk__in=keys).delete()[0]
    return deleted
