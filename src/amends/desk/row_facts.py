"""What one row of a case (an inquiry, a duty) adds to the facts, for a page that asks beforehand.

The actions read the same under their lock; this only decides whether a link is shown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from amends.cases.models import Clock, Duty, Inquiry, Meeting
from amends.people.models import StaffMember

if TYPE_CHECKING:
    from amends.desk.case_file import CaseFile


def row_facts(row: Any, file: CaseFile) -> dict[str, bool]:
    """Whether it is unfinished, this person's or their department's, and held up by another one."""
    complaint, staff = file.complaint, file.staff
    if isinstance(row, Inquiry):
        asked = row.colleague_id == staff.pk if row.colleague_id else _in(staff, row.department_id)
        return {"still_open": row.is_open, "own_department": asked or row.asked_by_id == staff.pk}
    if isinstance(row, Duty):
        return {
            "still_open": row.done_at is None,
            "own_department": complaint.handler_id == staff.pk or _in(staff, row.department_id),
            "waits": row.waits_for is not None and row.waits_for.done_at is None,
        }
    if isinstance(row, Clock):
        choices = file.clock_choices.get(row.pk)  # none once it has stopped
        return {
            "still_open": row.stopped_at is None,
            "may_pause": choices is not None and choices.may_wait and row.paused_at is None,
            "may_extend": choices is not None and choices.extended is not None,
        }
    if isinstance(row, Meeting):
        return {"still_open": row.cancelled_at is None}
    return {}


def _in(staff: StaffMember, department_id: int | None) -> bool:
    return department_id is not None and staff.department_id == department_id
