"""What was promised already: in one case, and by one person in a month. Sums in one currency, Decimal.

Added up here and not by the database: SQLite sums decimals as floating point, and a limit holds to the cent.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator
from datetime import datetime, timedelta
from decimal import Decimal

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from amends.cases.models import Approval, Complaint, Offer, Plan, Remedy
from amends.kit.prepared import Prepared

NOTHING = Decimal(0)
_carried_out = Prepared(
    lambda key: (
        Remedy.objects.filter(plan__complaint=key, duty__done_at__isnull=False)
        .only("plan", "cost")
        .annotate(in_currency=F("plan__currency"))
    )
)


def spent_on(complaint: Complaint, plan: Plan) -> Decimal:
    """What was carried out in this case for earlier plans: it counts towards the limit of one case."""
    earlier = (remedy for remedy in _carried_out(complaint.pk) if remedy.plan_id != plan.pk)
    return sum(
        (one.cost for one in earlier if one.cost and vars(one)["in_currency"] == plan.currency), NOTHING
    )


def spent_by(holder: int, currency: str, at: datetime, *, but: int | None = None) -> Decimal:
    """What this person approved or offered on their own authority in the calendar month of ``at`` in the
    house's zone; also what others approved in their place. ``but``: the plan that is held against the rest.

    Of a plan that another one replaced only that counts which was carried out. Of two who looked at a plan,
    the one counts who had the authority; of two who had it, the second.
    """
    return sum(spent_by_each([holder], currency, at, but=but)[holder].values(), NOTHING)


def spent_by_each(
    holders: Collection[int], currency: str, at: datetime, *, but: int | None = None
) -> dict[int, dict[str, Decimal]]:
    """The same for several people, of each by kind of remedy, in three queries."""
    if not holders:
        return {}
    said, alone = _said(holders, currency, at), _alone(holders, currency, at)
    if but is not None:
        said, alone = said.exclude(plan=but), alone.exclude(plan=but)
    stands: dict[tuple[int, int], bool] = {}  # each plan once, in however many rounds it was offered
    rows = said.order_by().values_list(Coalesce("instead_of", "by"), "plan", "voided_at")
    for holder, plan, voided in rows:
        stands[holder, plan] = voided is None
    for holder, plan, current in alone.order_by().values_list("made_by", "plan", _CURRENT):
        stands.setdefault((holder, plan), plan == current)
    costs: dict[int, list[tuple[str, Decimal, bool]]] = defaultdict(list)
    for plan, kind, cost, done_at in _costs(said, alone):
        costs[plan].append((kind, cost, done_at is not None))
    spent: dict[int, dict[str, Decimal]] = {holder: defaultdict(Decimal) for holder in holders}
    for (holder, plan), counts in stands.items():
        for kind, cost, done in costs[plan]:
            spent[holder][kind] += cost if counts or done else NOTHING
    return spent


_CURRENT = F("complaint__current_plan")


def _said(holders: Collection[int], currency: str, at: datetime) -> QuerySet[Approval]:
    later = Approval.objects.filter(
        plan=OuterRef("plan"), pk__gt=OuterRef("pk"), first_of_two=False, covers=True
    )
    theirs = Q(by__in=holders, instead_of__isnull=True) | Q(instead_of__in=holders)
    said = Approval.objects.filter(
        theirs, approved=True, covers=True, plan__currency=currency, **_month("at", at)
    )
    return said.filter(Q(first_of_two=False) | ~Exists(later))


def _alone(holders: Collection[int], currency: str, at: datetime) -> QuerySet[Offer]:
    made = Offer.objects.filter(made_by__in=holders, plan__currency=currency, **_month("made_at", at))
    return made.exclude(plan__approvals__approved=True)


def _month(field: str, at: datetime) -> dict[str, datetime]:
    first = timezone.localtime(at).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    end = (first + timedelta(days=32)).replace(day=1)
    return {f"{field}__gte": first, f"{field}__lt": end}


def _costs(
    said: QuerySet[Approval], alone: QuerySet[Offer]
) -> Iterator[tuple[int, str, Decimal, datetime | None]]:
    of_them = Q(plan__in=said.values("plan")) | Q(plan__in=alone.values("plan"))
    rows = Remedy.objects.filter(of_them).order_by().values_list("plan", "kind", "cost", "duty__done_at")
    return ((plan, kind, cost or NOTHING, done_at) for plan, kind, cost, done_at in rows)
