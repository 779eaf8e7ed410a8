"""Writing down what happened, chained, and letting follow what follows.

``react`` enqueues in the same transaction as the event: the queue is the outbox. What follows from which
event is written in ``project/reactions.py``; the setting AMENDS_REACTIONS names it, since nothing here
may import upwards.
"""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string

from amends.cases.models import Complaint, Event
from amends.kit.prepared import insert
from amends.rules.capabilities import Actor
from amends.rules.lifecycle import EVENTS

_quiet: ContextVar[bool] = ContextVar("events_quiet", default=False)


@contextmanager
def quietly() -> Iterator[None]:
    """Within the block events are written and nothing follows: for imports and told history."""
    token = _quiet.set(True)
    try:
        yield
    finally:
        _quiet.reset(token)


def append(complaint: Complaint, name: str, *, by: Actor, at: datetime, data: Mapping[str, Any]) -> Event:
    """Append one event to the complaint's chain. The caller holds the complaint's lock and saves it."""
    if name not in EVENTS:
        raise ValueError(f"unknown event {name}")
    event = Event(
        complaint=complaint,
        number=complaint.events_count + 1,
        name=name,
        at=at.astimezone(UTC),
        actor_kind=by.kind.value,
        actor_id=by.id,
        data=json.loads(json.dumps(dict(data))),  # as it will be read back
        previous=complaint.chain_head,
    )
    event.digest = event.seal()
    insert(event)
    complaint.events_count = event.number
    complaint.chain_head = event.digest
    react(event)
    return event


def react(event: Event) -> None:
    """Enqueue the jobs that follow from this event."""
    if not _quiet.get():
        for task in import_string(settings.AMENDS_REACTIONS)[event.name]:
            task.enqueue(event.pk)
