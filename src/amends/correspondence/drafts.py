"""What people are writing to customers and have not sent: kept as it is typed, each person's by itself.

A saving names the page it comes from (the key of its form), a number that the page counts up, and the
version that the page began with. So of one page a late saving loses, and of two windows of one person the
second is told instead of overwriting the first.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from django.db import transaction
from django.db.models import Q

from amends.cases.models import Complaint
from amends.correspondence.models import ComposerDraft
from amends.people.models import StaffMember
from amends.rules.lifecycle import STEPS

WRITING = timedelta(minutes=30)  # who saved within this is at it
KEPT = timedelta(days=180)
KEPT_WHERE_OVER = timedelta(days=30)  # the step can no longer be taken, or the case has ended


class Fate(StrEnum):
    """What became of a saving."""

    SAVED = "saved"
    LATE = "late"  # the page itself has saved something newer
    ELSEWHERE = "elsewhere"  # another window of the same person has


@dataclass(frozen=True)
class Saving:
    """One saving as the page sends it. ``instead``: the person saw the other window's text and wants this."""

    page: str
    number: int
    seen: int = 0  # how many events of the case the page has seen
    base: str = ""
    instead: bool = False


def save_draft(
    complaint: Complaint,
    step: str,
    author: StaffMember,
    fields: Mapping[str, Any],
    saving: Saving,
    *,
    at: datetime,
) -> tuple[Fate, ComposerDraft]:
    """Keep ``fields`` unless this saving is late or another window is ahead; the draft as it stands then."""
    known = {
        "fields": dict(fields),
        "page": saving.page,
        "saved_at": at,
        "saved_number": saving.number,
        "events_seen": saving.seen,
    }
    with transaction.atomic():
        row, new = ComposerDraft.objects.select_for_update().get_or_create(
            complaint=complaint, step=step, author=author, defaults=known
        )
        if new:
            return Fate.SAVED, row
        if row.page == saving.page:
            if saving.number < row.saved_number:
                return Fate.LATE, row
        elif row.version != saving.base and not saving.instead:
            return Fate.ELSEWHERE, row
        for name, value in known.items():
            setattr(row, name, value)
        row.save(update_fields=list(known))
    return Fate.SAVED, row


def drafts_on(complaint: Complaint) -> list[ComposerDraft]:
    """Everybody's unsent words to this customer, the newest first, in one query."""
    rows = ComposerDraft.objects.filter(complaint=complaint).select_related("author", "reader")
    return list(rows.order_by("-saved_at", "-pk"))


def drop_draft(complaint: Complaint, step: str, author: StaffMember) -> None:
    """The words were sent: nothing of them waits any more."""
    ComposerDraft.objects.filter(complaint=complaint, step=step, author=author).delete()


def prune_drafts(at: datetime) -> int:
    """Throw away drafts of half a year, and after a month those of steps that the case has left behind."""
    taken = Q(complaint__is_open=False)
    for name in ComposerDraft.objects.order_by().values_list("step", flat=True).distinct():
        sources = STEPS[name].sources if name in STEPS else frozenset()
        taken |= Q(step=name) & ~Q(complaint__stage__in=[stage.value for stage in sources])
    old = Q(saved_at__lt=at - KEPT) | (Q(saved_at__lt=at - KEPT_WHERE_OVER) & taken)
    return ComposerDraft.objects.filter(old).delete()[0]
