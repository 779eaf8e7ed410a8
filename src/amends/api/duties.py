"""The list of duties for the departments' own systems, walked by keyset."""

from typing import Annotated, Any

from ninja import Schema
from pydantic import Field

from amends.api.auth import Request
from amends.api.cursors import cursor_after, read_cursor
from amends.api.finding import department_named
from amends.api.schemas.values import Line, Moment
from amends.cases.duty_lists import ORDERED_BY, DutyState, duties_listed
from amends.rules.capabilities import Capability


class DutyFilters(Schema):
    """``department``: its name. ``due_before`` for open ones, ``done_after`` for those that are done."""

    after: Line = ""
    limit: Annotated[int, Field(ge=1, le=100)] = 100
    department: Line = ""
    state: DutyState = DutyState.OPEN
    due_before: Moment | None = None
    done_after: Moment | None = None


def duty_page(request: Request, filters: DutyFilters) -> dict[str, Any]:
    """A part of them, the first due first, or the first done. Who may not read complaints sees those of
    their own department.
    """
    rows = duties_listed(
        request.auth.staff,
        filters.state,
        department=department_named(filters.department, "department"),
        since=filters.done_after if filters.state is DutyState.DONE else None,
        before=filters.due_before if filters.state is DutyState.OPEN else None,
    )
    if Capability.READ not in request.auth.capabilities:
        rows = rows.filter(department=request.auth.staff.department_id or 0)
    by = ORDERED_BY[filters.state]
    if filters.after:
        at, row_id = read_cursor(filters.after)
        rows = rows.filter(**{f"{by}__gte": at}).exclude(**{by: at, "id__lte": row_id})
    found = list(rows[: filters.limit + 1])
    items, more = found[: filters.limit], len(found) > filters.limit
    return {"items": items, "next": cursor_after(getattr(items[-1], by), items[-1].pk) if more else None}
