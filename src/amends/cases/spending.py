"""What was promised already: in one case, and by one person in a month. Sums in one currency, Decimal."""

from collections.abc import Collection
from datetime import datetime, timedelta
from decimal import Decimal

from django.db.models import Exists, OuterRef, Q, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone

from amends.cases.models import Approval, Complaint, Offer, Plan, Remedy

NOTHING = Decimal(0)


def spent_on(complaint: Complaint, plan: Plan) -> Decimal:
    """What was carried out in this case for earlier plans: it counts towards the limit of one case."""
    done = Remedy.objects.filter(
        plan__complaint=complaint, plan__currency=plan.currency, duty__done_at__isnull=False
    )
    return done.exclude(plan=plan).aggregate(sum=Sum("cost"))["sum"] or NOTHING


def spent_by(holder: int, currency: str, at: datetime) -> Decimal:
    """What this person approved or offered on their own authority in the calendar month of ``at`` in the
    house's zone; also what others approved in their place. A plan whose approval was voided costs nothing.

    Of two who looked at a plan, the one counts who had the authority; of two who had it, the second.
    """
    return spent_by_each([holder], currency, at)[holder]


def spent_by_each(holders: Collection[int], currency: str, at: datetime) -> dict[int, Decimal]:
    """The same for several people, in three queries."""
    if not holders:
        return {}
    first = timezone.localtime(at).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    end = (first + timedelta(days=32)).replace(day=1)
    theirs = Q(by__in=holders, instead_of__isnull=True) | Q(instead_of__in=holders)
    standing = Approval.objects.filter(voided_at__isnull=True)
    later = standing.filter(plan=OuterRef("plan"), pk__gt=OuterRef("pk"), first_of_two=False, covers=True)
    said = standing.filter(theirs, at__gte=first, at__lt=end, approved=True, covers=True)
    said = said.filter(Q(first_of_two=False) | ~Q(Exists(later)), plan__currency=currency)
    alone = Offer.objects.filter(made_by__in=holders, made_at__gte=first, made_at__lt=end)
    alone = alone.exclude(plan__approvals__approved=True).filter(plan__currency=currency)
    whose = Coalesce("instead_of", "by")
    plans = {*said.order_by().values_list(whose, "plan"), *alone.order_by().values_list("made_by", "plan")}
    of_them = Q(plan__in=said.values("plan")) | Q(plan__in=alone.values("plan"))
    rows = Remedy.objects.filter(of_them).order_by().values_list("plan").annotate(sum=Sum("cost"))
    costs = {plan: cost or NOTHING for plan, cost in rows}
    spent = dict.fromkeys(holders, NOTHING)
    for holder, plan in plans:  # each plan once, in however many rounds it was offered
        spent[holder] += costs.get(plan, NOTHING)
    return spent
