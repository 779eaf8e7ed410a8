"""Whom the same cause touched: their complaints by product, batch, category, cause and time.

Always by an index: product, batch or the day of receipt must be given; the rest narrows what these find.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Concat, Upper
from django.utils import timezone

from amends.cases.models import Complaint, Issue
from amends.cases.models.complaint import ComplaintQuerySet
from amends.people.models import StaffMember
from amends.rules.lifecycle import Stage

MOST = 5000  # complaints in one letter to everybody


@dataclass(frozen=True)
class Criteria:
    """By what complaints are found. ``product`` and ``batch`` are how these begin, in capitals or not."""

    product: str = ""
    batch: str = ""
    category: str = ""
    cause: str = ""  # words in what was found as the cause
    received_from: date | None = None
    received_until: date | None = None
    open_only: bool = True

    @property
    def by_an_index(self) -> bool:
        """Whether enough is given to look for."""
        return bool(self.product or self.batch or self.received_from)

    def as_json(self) -> dict[str, Any]:
        """As a letter keeps it."""
        given = {name: value for name, value in asdict(self).items() if value not in ("", None)}
        return {
            name: value.isoformat() if isinstance(value, date) else value for name, value in given.items()
        }

    @classmethod
    def of(cls, given: Mapping[str, Any]) -> Criteria:
        """From the cleaned values of a form; what is none of ours is left out."""
        known = {field.name for field in fields(cls)}
        return cls(**{name: value for name, value in given.items() if name in known})


@dataclass(frozen=True)
class Found:
    """The complaints that get the letter, one of each customer, and how many there are in all."""

    complaints: list[int]  # primary keys
    all: int
    too_many: bool


def concerned(staff: StaffMember, criteria: Criteria) -> Found:
    """One complaint of each customer: an open one before one that ended, the last received first.

    Raises ValueError for criteria that no index serves.
    """
    rows = matching(staff, criteria).order_by("-is_open", "-received_at", "-pk")
    found = list(rows.values_list("pk", "customer")[: MOST + 1])
    first: dict[int, int] = {}
    for complaint, customer in found[:MOST]:
        first.setdefault(customer, complaint)
    return Found(list(first.values()), min(len(found), MOST), len(found) > MOST)


def matching(staff: StaffMember, criteria: Criteria) -> ComplaintQuerySet:
    """Every complaint that the criteria name and this person may see; what was merged goes with the other."""
    if not criteria.by_an_index:
        raise ValueError("product, batch or the first day of receipt must be given")
    rows = Complaint.objects.visible_to(staff).exclude(stage=Stage.MERGED)
    if criteria.open_only:
        rows = rows.open()
    if criteria.received_from:
        rows = rows.filter(received_at__gte=_begin(criteria.received_from))
    if criteria.received_until:
        rows = rows.filter(received_at__lt=_begin(criteria.received_until + timedelta(days=1)))
    if criteria.product or criteria.batch:  # by their own index, and only these complaints are looked at
        rows = rows.filter(pk__in=_points(criteria).values("complaint"))
    elif criteria.cause:
        rows = rows.filter(Exists(_points(criteria).filter(complaint=OuterRef("pk"))))
    if criteria.category:
        point = Issue.objects.filter(complaint=OuterRef("pk"), category=criteria.category)
        rows = rows.filter(Q(category=criteria.category) | Exists(point))
    return rows


def _points(criteria: Criteria) -> QuerySet[Issue]:
    points = Issue.objects.order_by()
    for name in ("product", "batch"):
        if words := str(getattr(criteria, name)).strip():
            points = points.alias(**{f"{name}_upper": Upper(F(name))}).filter(
                **{
                    f"{name}_upper__gte": Upper(Value(words)),
                    f"{name}_upper__lt": Concat(Upper(Value(words)), Value("\U0010ffff")),
                }
            )
    return points.filter(cause__icontains=criteria.cause.strip()) if criteria.cause.strip() else points


def _begin(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
