"""What one row of a case (an inquiry, a duty) adds to the facts, for a page that asks beforehand.

The actions read the same under their lock; this only decides whether a link is shown.
"""

from typing import Any

from amends.cases.actions.clockwork import extended_due, may_pause
from amends.cases.models import Clock, Complaint, Duty, Inquiry, Meeting
from amends.people.models import StaffMember


def row_facts(row: Any, complaint: Complaint, staff: StaffMember) -> dict[str, bool]:
    """Whether it is unfinished, this person's or their department's, and held up by another one."""
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
        return {
            "still_open": row.stopped_at is None,
            "may_pause": may_pause(row) and row.paused_at is None,
            "may_extend": extended_due(row) is not None,
        }
    if isinstance(row, Meeting):
        return {"still_open": row.cancelled_at is None}
    return {}


def _in(staff: StaffMember, department_id: int | None) -> bool:
    return department_id is not None and staff.department_id == department_id
