"""What redress cost, row by row, for accounting."""

from datetime import date
from typing import Annotated, Any

from django.db.models import F, Q
from django.utils.translation import gettext_noop
from ninja import Query, Schema
from pydantic import Field

from amends.api.auth import Request
from amends.api.cursors import cursor_after, read_cursor
from amends.api.lists import Limit
from amends.api.operations import reads
from amends.api.schemas.answers import Page
from amends.api.schemas.ledger import LedgerRow
from amends.api.schemas.values import Line
from amends.cases.choices import Category, RemedyKind
from amends.insight.ledger import Ledger, State, Which
from amends.rules.capabilities import Capability

TOPIC = gettext_noop("Reading")
Day = Annotated[date, Field(ge=date(2000, 1, 1), le=date(2100, 12, 31))]


class LedgerFilters(Schema):
    """``state``: what was ``done`` in these days, or is ``owed`` since an agreement made by the last of them.
    Both days are included.
    """

    state: State = State.DONE
    since: Day | None = None
    until: Day | None = None
    kind: RemedyKind | None = None
    category: Category | None = None
    country: Annotated[str, Field(pattern=r"^([A-Z]{2})?$")] | None = None
    currency: Annotated[str, Field(pattern=r"^([A-Z]{3})?$")] = ""
    little_more: bool | None = None
    after: Line = ""
    limit: Limit = 100

    def which(self) -> Which:
        """As the ledger takes it."""
        return Which(
            since=self.since,
            until=self.until,
            kind=self.kind or "",
            category=self.category or "",
            country=self.country,
            currency=self.currency,
            little_more=self.little_more,
        )


@reads(TOPIC, "/ledger", Page[LedgerRow], needs=Capability.LEAD)
def ledger(request: Request, filters: Query[LedgerFilters]) -> dict[str, Any]:
    """What redress cost, or will cost: the rows of the ledger, the latest first"""
    rows = Ledger(request.auth.staff).listed(filters.state, filters.which()).order_by(F("at").desc(), "-pk")
    if filters.after:
        at, row_id = read_cursor(filters.after)
        before = Q(at__lt=at) | Q(at=at, pk__lt=row_id)
        rows = rows.filter(Q(at__lte=at), before)
    found = list(rows[: filters.limit + 1])
    items, more = found[: filters.limit], len(found) > filters.limit
    last = items[-1] if more else None
    return {"items": items, "next": cursor_after(last.at, last.pk) if last else None}  # type: ignore[attr-defined]
