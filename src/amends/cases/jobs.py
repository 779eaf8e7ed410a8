"""What the program does by itself with a case after an event. Wired up in ``project/reactions.py``.

Each job may run more than once and late: under the complaint's lock it asks first whether there is still
something to do. Somebody who was first is no fault.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.tasks import task

from amends.cases import actions
from amends.cases.models import Complaint, Event
from amends.cases.models.complaint import locked
from amends.kit.clock import now
from amends.rules.capabilities import SYSTEM
from amends.rules.lifecycle import Stage

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Following:
    """An event and its complaint, fresh and locked; ``at`` is now, and never before the event."""

    event: Event
    complaint: Complaint
    at: datetime


@contextmanager
def following(event_id: int) -> Iterator[Following]:
    """The complaint of an event under lock, in one transaction. A refused step ends the block quietly."""
    event = Event.objects.get(pk=event_id)
    try:
        with transaction.atomic():
            complaint = locked.one(event.complaint_id)
            yield Following(event, complaint, max(now(), event.at))
    except actions.Refused as refused:  # the case moved on in the meantime: fine
        logger.info("%s after %s: %s", refused.step, event.name, ", ".join(refused.reasons))


@task
def begin_carrying_out(event_id: int) -> None:
    """After the signature: each remedy becomes a duty of its department, and they begin (mission E10)."""
    with following(event_id) as case:
        if case.complaint.stage == Stage.AGREED:
            actions.draw_up_duties(case.complaint, by=SYSTEM, at=case.at)
            actions.fulfil(case.complaint, by=SYSTEM, at=case.at)


@task
def complete_when_all_is_done(event_id: int) -> None:
    """After a duty's proof: if it was the last one, everything agreed is done."""
    with following(event_id) as case:
        open_duties = case.complaint.duties.filter(done_at__isnull=True)
        if case.complaint.stage == Stage.FULFILLING and not open_duties.exists():
            actions.complete(case.complaint, by=SYSTEM, at=case.at)
