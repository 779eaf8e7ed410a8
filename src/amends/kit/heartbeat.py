"""Saying “I live”: a row per worker, touched every few seconds, also while a long job runs."""

import logging
from datetime import datetime
from threading import Event, Thread

from django.db import DatabaseError, connection

from amends.kit.clock import now
from amends.kit.models import WorkerSeen

logger = logging.getLogger(__name__)


def beat(worker_id: str, at: datetime) -> None:
    """This worker lives at ``at``."""
    WorkerSeen.objects.update_or_create(worker_id=worker_id, defaults={"seen_at": at})


class Heartbeat:
    """Beats from a thread of its own, so that a worker in the middle of a long job is not taken for dead.

    with Heartbeat(worker_id, every=5.0): ...
    """

    def __init__(self, worker_id: str, *, every: float) -> None:
        self.worker_id, self.every = worker_id, every  # seconds
        self._ended = Event()
        self._thread = Thread(target=self._run, name="heartbeat", daemon=True)

    def __enter__(self) -> None:
        beat(self.worker_id, now())  # known before the first job is claimed
        self._thread.start()

    def __exit__(self, *exception: object) -> None:
        self._ended.set()
        self._thread.join(timeout=self.every)
        WorkerSeen.objects.filter(worker_id=self.worker_id).delete()

    def _run(self) -> None:
        try:
            while not self._ended.wait(self.every):
                try:
                    beat(self.worker_id, now())
                except DatabaseError:  # busy or away: the next beat comes soon, the silence allowed is longer
                    logger.warning("worker %s could not say that it lives", self.worker_id)
                    connection.close()
        finally:
            connection.close()
