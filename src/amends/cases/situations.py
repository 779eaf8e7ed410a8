"""What a policy may know about complaints: one of them, or thousands at a time for trying it on the past.

Only points that were found are looked at; before that nobody can say what is owed.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from amends.cases.choices import UPHELD, RemedyKind
from amends.cases.models import Agreement, Complaint, Issue, Offer
from amends.cases.models.settlement import OfferAnswer
from amends.cases.reckoning import OfficeNow, office
from amends.rules.policy import Situation
from amends.rules.policy.situation import whole_years

HOME_CURRENCY = {"SE": "SEK", "PL": "PLN", "MY": "MYR", "CN": "CNY", "GB": "GBP", "US": "USD", "AU": "AUD"}
ELSEWHERE = "EUR"
Which = Collection[int] | QuerySet[Any, Any]
Point = tuple[int, int, str, str]  # complaint, position, category, finding
FIELDS = (
    "pk", "customer_id", "received_at", "severity", "value", "value_currency", "harm", "country", "sector",
    "customer__since", "customer__purchases",
)  # fmt: skip


class Told(NamedTuple):
    """What is read of a complaint and its customer, in the order of FIELDS."""

    pk: int
    customer: int
    received_at: datetime
    severity: int
    value: Decimal | None
    currency: str
    harm: str
    country: str
    sector: str
    since: date | None
    purchases: int | None

    @property
    def day(self) -> date:
        """The day on which it came, where the house is."""
        return self.received_at.astimezone(timezone.get_default_timezone()).date()


def told_of(complaint: Complaint) -> Told:
    """The same of a complaint at hand, with its customer."""
    customer = complaint.customer
    return Told(
        complaint.pk, customer.pk, complaint.received_at, complaint.severity, complaint.value,
        complaint.value_currency, complaint.harm, complaint.country, complaint.sector, customer.since,
        customer.purchases,
    )  # fmt: skip


def currency_of(told: Told, house: OfficeNow) -> str:
    """In which currency the case is reckoned: that of its value, else that of its country."""
    return told.currency or HOME_CURRENCY.get(told.country or house.country, ELSEWHERE)


def situations_of(complaint: Complaint, issues: Iterable[Issue] | None = None) -> tuple[Situation, ...]:
    """One situation for each point that was found, in order. ``issues`` are its points, if they are read."""
    points = None if issues is None else [(complaint.pk, i.position, i.category, i.finding) for i in issues]
    return _situations([told_of(complaint)], [complaint.pk], points).get(complaint.pk, ())


def situations_of_many(cases: Sequence[Told], which: Which | None = None) -> dict[int, tuple[Situation, ...]]:
    """The situations of each of these complaints that has a point found; four queries however many.

    ``which`` are the same complaints as a query, where there are so many that naming each takes its time.
    """
    return _situations(cases, [told.pk for told in cases] if which is None else which, None)


def _situations(
    cases: Sequence[Told], which: Which, points: Iterable[Point] | None
) -> dict[int, tuple[Situation, ...]]:
    house = office()
    by_pk = {told.pk: told for told in cases}
    upheld_before = _upheld_before(which)
    tried = _tried(which)
    found: dict[int, list[Situation]] = defaultdict(list)
    for pk, position, category, finding in _points(which) if points is None else points:
        told = by_pk.get(pk)
        if told is None or not finding:  # it came into the query only just now; or nobody knows yet
            continue
        found[pk].append(
            Situation(
                category=category,
                finding=finding,
                currency=currency_of(told, house),
                point=position,
                severity=told.severity,
                value=told.value,
                harm=told.harm or "none",
                years=whole_years(told.since, told.day),
                purchases=told.purchases,
                repeats=upheld_before[pk],
                country=told.country or house.country,
                sector=told.sector or house.sector,
                tried=pk in tried,
            )
        )
    return {pk: tuple(one) for pk, one in found.items()}


def _points(which: Which) -> Iterable[Point]:
    rows = Issue.objects.filter(complaint__in=which).exclude(finding="").order_by("complaint_id", "position")
    return rows.values_list("complaint_id", "position", "category", "finding").iterator(chunk_size=2000)


def _upheld_before(which: Which) -> Mapping[int, int]:
    """How many earlier complaints of the same customer were upheld, by complaint. The database puts them in
    their order: to make half a million times of text takes longer than all the rest.
    """
    customers = Complaint.objects.filter(pk__in=which).values("customer")
    upheld = Exists(Issue.objects.filter(complaint=OuterRef("pk"), finding__in=UPHELD))
    rows = Complaint.objects.filter(customer__in=customers).order_by("customer_id", "received_at", "pk")
    before, last, count = {}, None, 0
    for customer, pk, was_upheld in rows.values_list("customer_id", "pk", upheld).iterator(chunk_size=2000):
        if customer != last:
            last, count = customer, 0
        before[pk] = count
        count += was_upheld
    return before


def _tried(which: Which) -> set[int]:
    """Where a repair or replacement was agreed before, or the customer asked for something else."""
    asked = Offer.objects.filter(complaint__in=which, answer=OfferAnswer.COUNTERED).order_by()
    mended = Agreement.objects.filter(
        complaint__in=which, offer__plan__remedies__kind__in=(RemedyKind.REPAIR, RemedyKind.REPLACEMENT)
    )
    both = asked.order_by().values("complaint_id").union(mended.order_by().values("complaint_id"))
    return {row["complaint_id"] for row in both.order_by()}
