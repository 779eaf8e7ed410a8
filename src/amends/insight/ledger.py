"""The redress ledger: what putting things right costs, agreed and done, to the cent in every currency.

A row is a remedy of an agreement. It is *done* when its duty has its proof, and counts on that day, whatever
became of the agreement since. It is *owed* while the agreement that holds it is in force and nobody has
proved it. Sums are added up as whole cents: floating point, which SQLite sums decimals by, loses some.
Nobody's ledger has a case in which they are complained about.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Any

from django.db.models import (
    BigIntegerField,
    Case,
    CharField,
    Count,
    DateField,
    DecimalField,
    Exists,
    ExpressionWrapper,
    F,
    IntegerField,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce, Round, TruncMonth
from django.utils import timezone

from amends.cases.models import Agreement, Complaint, Issue, Remedy
from amends.people.models import StaffMember

__all__ = ["GROUPS", "Ledger", "State", "Sums", "Which"]


class State(StrEnum):
    """Whether it was carried out."""

    DONE = "done"
    OWED = "owed"  # agreed, in force, and not done yet


@dataclass(frozen=True, kw_only=True)
class Which:
    """Which rows. Both days are included: the day of the proof for what was done; what is owed counts if it
    was agreed by the last of them. ``department`` 0: none. ``cause``: that of this point (its id), 0: none.
    ``country`` empty: of complaints without one.
    """

    since: date | None = None
    until: date | None = None
    kind: str = ""
    department: int | None = None
    category: str = ""
    cause: int | None = None
    country: str | None = None
    currency: str = ""
    little_more: bool | None = None
    complaint: int | None = None


@dataclass(frozen=True)
class Sums:
    """Some rows in one currency: what customers get, what it costs the house, and of both the little more.

    ``key`` is what they have in common: a kind, a department's id, a category, the id of a point with that
    cause, a country, the first day of a month; None for all.
    """

    key: Any
    currency: str
    count: int
    amount: Decimal
    cost: Decimal
    more_amount: Decimal
    more_cost: Decimal


_AGREED = Agreement.objects.filter(offer__plan=OuterRef("plan"))
_DEPARTMENT = Coalesce(
    "duty__department", "department", "plan__complaint__department", Value(0), output_field=IntegerField()
)
_DEPARTMENT_NAME = Coalesce(
    "duty__department__name", "department__name", "plan__complaint__department__name", Value("")
)
_CATEGORY = Coalesce("issue__category", "plan__complaint__category", output_field=CharField())
_CAUSE = Coalesce("issue__cause", Value(""), output_field=TextField())

# By what rows are put together: the columns that make a group, and what names it.
GROUPS: dict[str, Any] = {
    "kind": F("kind"),
    "department": _DEPARTMENT,
    "category": _CATEGORY,
    "cause": _CAUSE,
    "country": F("plan__complaint__country"),
    "month": Cast(TruncMonth("at"), DateField()),
}


@dataclass(frozen=True)
class Ledger:
    """The ledger as one person may see it; without one, all of it."""

    staff: StaffMember | None = None

    def rows(self, state: State, which: Which = Which()) -> QuerySet[Remedy]:
        """The rows, each with ``at``: when it was done, or agreed where it is owed."""
        rows, days = Remedy.objects.order_by(), _days(which)
        if state is State.DONE:
            done = {f"duty__done_at__{how}": moment for how, moment in days.items()}
            rows = rows.filter(duty__done_at__isnull=False, **done).annotate(at=F("duty__done_at"))
        else:
            days.pop("gte", None)
            agreed = {f"signed_at__{how}": moment for how, moment in days.items()}
            in_force = Agreement.objects.filter(ended_at__isnull=True, **agreed)
            signed = _AGREED.filter(ended_at__isnull=True).order_by("-pk").values("signed_at")
            rows = rows.filter(plan__in=in_force.values("offer__plan"), duty__done_at__isnull=True)
            rows = rows.annotate(at=Subquery(signed[:1]))
        return self._visible(rows.filter(_of(which)))

    def listed(self, state: State, which: Which = Which()) -> QuerySet[Remedy]:
        """The same with everything that a row of a list or of an export says."""
        agreed = _AGREED.order_by("-pk")
        rows = self.rows(state, which).select_related("plan__complaint", "duty")
        rows = rows.defer("plan__complaint__story", "plan__complaint__understood", "plan__proposal")
        return rows.annotate(
            department_name=_DEPARTMENT_NAME,
            category=_CATEGORY,
            cause=_CAUSE,
            agreed_at=Subquery(agreed.values("signed_at")[:1]),
            agreement_sha256=Subquery(agreed.values("text_sha256")[:1]),
        )

    def sums(self, state: State, which: Which = Which(), *, by: str = "") -> list[Sums]:
        """One line for each currency, or for each group (a name in GROUPS) and currency. One query."""
        rows = self.rows(state, which)
        group = {"currency": F("plan__currency")} | ({"key": GROUPS[by]} if by else {})
        found = rows.values(**group).annotate(
            count=Count("pk"),
            amount_=_cents("amount"),
            cost_=_cents("cost"),
            more_amount_=_cents("amount", Q(little_more=True)),
            more_cost_=_cents("cost", Q(little_more=True)),
            point=Min("issue") if by == "cause" else Value(0, output_field=IntegerField()),
        )
        return [_sums(row, by) for row in found.order_by(*group)]

    def of(self, complaint: Complaint) -> list[tuple[State, Sums]]:
        """What one case has cost so far, and what is still owed in it."""
        which = Which(complaint=complaint.pk)
        return [(state, sums) for state in State for sums in self.sums(state, which)]

    def _visible(self, rows: QuerySet[Remedy]) -> QuerySet[Remedy]:
        if self.staff is None:
            return rows
        about_them = Complaint.complained_about.through.objects.filter(
            complaint_id=OuterRef("plan__complaint_id"), staffmember_id=self.staff.pk
        )
        return rows.filter(~Exists(about_them))


def _days(which: Which) -> dict[str, datetime]:
    """Its days as moments, by how a column of times is compared with them."""
    days = {"gte": which.since, "lt": which.until and which.until + timedelta(days=1)}
    return {how: _midnight(day) for how, day in days.items() if day}


def _of(which: Which) -> Q:
    plain = {
        "kind": which.kind or None,
        "plan__currency": which.currency or None,
        "plan__complaint": which.complaint,
        "little_more": which.little_more,
        "plan__complaint__country": which.country,
    }
    found = Q(**{name: value for name, value in plain.items() if value is not None})
    if which.category:
        found &= Q(issue__category=which.category) | Q(
            issue__isnull=True, plan__complaint__category=which.category
        )
    if which.department is not None:
        found &= _by_department(which.department)
    if which.cause is not None:
        causes = Issue.objects.filter(pk=which.cause).values("cause")
        none = Q(issue__isnull=True) | Q(issue__cause="")
        found &= Q(issue__cause__in=causes) if which.cause else none
    return found


def _by_department(pk: int) -> Q:
    """As ``_DEPARTMENT`` finds it."""
    wanted = {"isnull": True} if not pk else {"exact": pk}
    theirs = Q(**{f"plan__complaint__department__{how}": value for how, value in wanted.items()})
    own = Q(**{f"department__{how}": value for how, value in wanted.items()})
    duty = Q(**{f"duty__department__{how}": value for how, value in wanted.items()})
    if not pk:
        return duty & own & theirs
    no_duty, no_own = Q(duty__department__isnull=True), Q(department__isnull=True)
    return duty | no_duty & own | no_duty & no_own & theirs


def _cents(field: str, only: Q | None = None) -> Any:
    """A sum of whole cents. Twelve digits are exact in it, also where decimals are kept as floating point."""
    cents = ExpressionWrapper(
        F(field) * Value(100), output_field=DecimalField(max_digits=14, decimal_places=2)
    )
    whole = Cast(Round(cents), BigIntegerField())
    counted = Case(When(only, then=whole), default=Value(0)) if only is not None else whole
    return Coalesce(Sum(counted, output_field=BigIntegerField()), Value(0), output_field=BigIntegerField())


def _sums(row: Mapping[str, Any], by: str) -> Sums:
    def money(name: str) -> Decimal:
        return Decimal(row[name]).scaleb(-2)

    key = row.get("key")
    if by == "cause":
        key = row["point"] if key else 0
    return Sums(
        key, row["currency"], row["count"],
        money("amount_"), money("cost_"), money("more_amount_"), money("more_cost_"),
    )  # fmt: skip


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
