"""Telling other programs, after an event. Wired up in ``project/reactions.py``."""

from __future__ import annotations  # Django's own classes are generic to the type checker only

from collections.abc import Callable
from typing import Any

from django.tasks import Task, TaskContext, TaskResult

from amends.cases.models import Event
from amends.correspondence.webhooks.delivering import deliver_now, listening, put_down, waiting_of
from amends.kit.clock import now
from amends.kit.patience import ATTEMPTS


class NotTakenYet(Exception):
    """Some endpoint did not take it: tried again after a while."""


class WhereAnyListens(Task):  # type: ignore[type-arg]
    """A job that is put in the queue only where some program listens: most houses have none."""

    __slots__ = ()

    def enqueue(self, *args: Any, **kwargs: Any) -> TaskResult[..., Any] | None:  # type: ignore[override]
        """Queue it up, or do nothing."""
        return super().enqueue(*args, **kwargs) if listening().exists() else None


def where_any_listens(func: Callable[..., None]) -> WhereAnyListens:
    """Make such a job of a function that takes the context and the event's id."""
    return WhereAnyListens(func=func, takes_context=True)


@where_any_listens
def tell_programs(context: TaskContext[..., None], event_id: int) -> None:
    """Tell each endpoint that wants to hear of it. Tried again, with ever longer rests, where it fails."""
    event = Event.objects.select_related("complaint").get(pk=event_id)
    put_down(event, max(now(), event.at))
    last = context.attempt >= ATTEMPTS
    left = [row for row in waiting_of(event) if not deliver_now(row, now(), last=last)]
    if left and not last:
        raise NotTakenYet(", ".join(str(row) for row in left))
