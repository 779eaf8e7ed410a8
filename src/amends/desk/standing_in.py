"""Who stands in for whom now and later; what is over has left the list."""

from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal

from django.db.models import Q
from django.utils import timezone

from amends.cases.choices import RemedyKind
from amends.cases.spending import spent_by
from amends.kit.clock import now
from amends.people.actors import as_actor
from amends.people.models import Deputy, StaffMember
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
    kinds = dict(RemedyKind.choices)
    currencies = sorted({*own.case, *own.month, *(currency for _, currency in own.kinds)})
    rows: list[dict[str, object]] = []
    for currency in currencies:
        month = own.month.get(currency)
        left = None if month is None else max(month - spent_by(staff.pk, currency, at), Decimal(0))
        of_kinds = [
            (kinds.get(kind, kind), most) for (kind, named), most in own.kinds.items() if named == currency
        ]
        rows.append(
            {"currency": currency, "case": own.case.get(currency), "month": month, "left": left}
            | {"kinds": sorted(of_kinds, key=lambda one: str(one[0]))}
        )
    return rows
