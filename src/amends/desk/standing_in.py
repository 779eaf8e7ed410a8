"""Who stands in for whom now and later; what is over has left the list."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal

from django.db.models import Q
from django.utils import timezone

from amends.cases.choices import RemedyKind
from amends.cases.spending import spent_by_each
from amends.kit.clock import now
from amends.people.actors import as_actor
from amends.people.models import Deputy, LimitPer, StaffMember
from amends.rules.authority import NOTHING, UNSPENT, Limits, Spent
from amends.rules.capabilities import Capability


def stand_ins(who: StaffMember | None = None) -> Sequence[Deputy]:
    """All that hold or will, the earliest first; of ``who`` alone those that concern them. ``begun`` says
    whether one holds today.
    """
    today = timezone.localdate(now())
    rows = Deputy.objects.filter(until_day__gte=today).select_related("absent", "deputy")
    if who is not None:
        rows = rows.filter(Q(absent=who) | Q(deputy=who))
    found = list(rows)
    for row in found:
        row.begun = row.from_day <= today  # type: ignore[attr-defined]
    return found


def may_end(staff: StaffMember, row: Deputy) -> bool:
    """Whether this person may call it off: who is away themselves, and who leads or looks after the house."""
    return staff.pk == row.absent_id or may_arrange(staff)


def may_arrange(staff: StaffMember) -> bool:
    """Whether this person says for others who stands in."""
    return bool({Capability.LEAD, Capability.ADMINISTER} & staff.capabilities)


def end(row: Deputy) -> None:
    """Over from today on. One that had begun before stays on file, until yesterday."""
    yesterday = timezone.localdate(now()) - timedelta(days=1)
    if row.from_day > yesterday:
        row.delete()
    else:
        row.until_day = yesterday
        row.save(update_fields=("until_day",))


def own_limits(staff: StaffMember) -> list[dict[str, object]]:
    """What this person may approve, by currency: in one case, in a month and what of it is left, by kind."""
    own, at = as_actor(staff).authority[0], now()
    named = {currency for _, currency in (*own.kinds, *own.month_kinds)}
    return [_in_currency(own, currency, staff, at) for currency in sorted({*own.case, *own.month, *named})]


def _in_currency(own: Limits, currency: str, staff: StaffMember, at: datetime) -> dict[str, object]:
    spent: Spent = UNSPENT
    if own.counts_the_month(currency):
        spent = spent_by_each([staff.pk], currency, at)[staff.pk]
    month, in_all = own.month.get(currency), sum(spent.values(), NOTHING)
    kinds = [_of_kind(kind, most) for (kind, here), most in own.kinds.items() if here == currency]
    kinds += [
        _of_kind(kind, most, spent.get(kind, NOTHING))
        for (kind, here), most in own.month_kinds.items()
        if here == currency
    ]
    return {
        "currency": currency,
        "case": own.case.get(currency),
        "month": month,
        "left": None if month is None else max(month - in_all, NOTHING),
        "kinds": sorted(kinds, key=lambda one: str(one["name"])),
    }


def _of_kind(kind: str, most: Decimal, used: Decimal | None = None) -> dict[str, object]:
    """``used`` in this month, of a limit by the month."""
    said: dict[str, object] = {"name": dict(RemedyKind.choices).get(kind, kind), "most": most, "left": None}
    return said if used is None else said | {"per": LimitPer.MONTH.label, "left": max(most - used, NOTHING)}
