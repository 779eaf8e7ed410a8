"""What was promised already: in one case, and by one person in a month. Sums in one currency, Decimal."""

from datetime import datetime, timedelta
from decimal import Decimal

from django.db.models import Exists, OuterRef, Q, Sum
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
    first = timezone.localtime(at).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    end = (first + timedelta(days=32)).replace(day=1)
    theirs = Q(by=holder, instead_of__isnull=True) | Q(instead_of=holder)
    standing = Approval.objects.filter(voided_at__isnull=True)
    later = standing.filter(plan=OuterRef("plan"), pk__gt=OuterRef("pk"), first_of_two=False, covers=True)
    said = standing.filter(theirs, at__gte=first, at__lt=end, approved=True, covers=True)
    said = said.filter(Q(first_of_two=False) | ~Q(Exists(later)))
    on_their_own = Offer.objects.filter(made_by=holder, made_at__gte=first, made_at__lt=end)
    on_their_own = on_their_own.exclude(plan__approvals__approved=True)
    plans = Q(plan__in=said.values("plan")) | Q(plan__in=on_their_own.values("plan"))
    rows = Remedy.objects.filter(plans, plan__currency=currency)
    return rows.aggregate(sum=Sum("cost"))["sum"] or NOTHING
