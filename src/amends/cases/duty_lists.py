"""Duties across all cases, as lists and files show them; each question walks one index.

Open ones (those of agreements that are being carried out) come by their due day, done ones by when they were
done. Nobody is shown anything of a case in which they are complained about.
"""

from datetime import datetime
from enum import StrEnum

from django.db.models import QuerySet

from amends.cases.models import Duty
from amends.cases.tasks import seen_by
from amends.people.models import Department, StaffMember


class DutyState(StrEnum):
    """Which duties."""

    OPEN = "open"
    DONE = "done"


ORDERED_BY = {DutyState.OPEN: "due_at", DutyState.DONE: "done_at"}


def duties_listed(
    staff: StaffMember,
    state: DutyState,
    *,
    department: Department | None = None,
    since: datetime | None = None,
    before: datetime | None = None,
) -> QuerySet[Duty]:
    """Those that ``staff`` may see, ``since`` and ``before`` by what orders them (``ORDERED_BY``)."""
    rows = seen_by(Duty.objects.filter(done_at__isnull=state is DutyState.OPEN), staff)
    by = ORDERED_BY[state]
    if department is not None:
        rows = rows.filter(department=department)
    if since is not None:
        rows = rows.filter(**{f"{by}__gte": since})
    if before is not None:
        rows = rows.filter(**{f"{by}__lt": before})
    joined = ("complaint", "remedy", "department", "waits_for__remedy")
    return rows.select_related(*joined).order_by(by, "pk")
