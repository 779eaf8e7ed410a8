"""From a person to the pure ``Actor`` that the rules know."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from functools import cached_property
from typing import overload

from django.db.models import Q
from django.utils import timezone

from amends.people.models import AuthorityLimit, Customer, Deputy, LimitPer, Representative, StaffMember
from amends.rules.authority import Limits
from amends.rules.capabilities import SYSTEM, Actor, ActorKind, Capability

__all__ = ["SYSTEM", "Authority", "as_actor", "customer_actor", "outside_actor"]


class Authority(Sequence[Limits]):
    """How much somebody may approve: their own limits, then those of whom they stand in for.

    Read when first asked: most steps never ask.
    """

    def __init__(self, staff: StaffMember) -> None:
        self._staff = staff

    @cached_property
    def _limits(self) -> list[Limits]:
        return authorities([self._staff])[self._staff.pk]

    @overload
    def __getitem__(self, index: int) -> Limits: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Limits]: ...
    def __getitem__(self, index: int | slice) -> Limits | Sequence[Limits]:
        return self._limits[index]

    def __len__(self) -> int:
        return len(self._limits)


def authorities(people: Sequence[StaffMember]) -> dict[int, list[Limits]]:
    """Of each of these people their own limits, then those of whom they stand in for, in two queries.

    Who left, or may not approve themselves, lends nobody anything.
    """
    stands_in = Deputy.objects.filter(deputy__in=people).select_related("absent__role")
    lent = [
        one for one in stands_in if one.absent.is_active and Capability.APPROVE in one.absent.capabilities
    ]
    everybody = [*people, *(one.absent for one in lent)]
    roles = Q(role_id__in={person.role_id for person in everybody})
    rows = list(AuthorityLimit.objects.filter(roles | Q(staff__in=everybody)))
    return {
        person.pk: [
            limits_of(person, rows),
            *(
                limits_of(one.absent, rows, one.from_day, one.until_day)
                for one in lent
                if one.deputy_id == person.pk
            ),
        ]
        for person in people
    }


def limits_of(
    staff: StaffMember,
    rows: Iterable[AuthorityLimit],
    from_day: date | None = None,
    until_day: date | None = None,
) -> Limits:
    """The limits among ``rows`` that hold for this person; one of their own beats their role's."""
    case: dict[str, Decimal] = {}
    month: dict[str, Decimal] = {}
    kinds: dict[tuple[str, str], Decimal] = {}
    month_kinds: dict[tuple[str, str], Decimal] = {}
    theirs = (row for row in rows if staff.pk == row.staff_id or staff.role_id == row.role_id)
    for row in sorted(theirs, key=lambda row: row.staff_id is not None):
        monthly = row.per == LimitPer.MONTH
        if row.kind:
            (month_kinds if monthly else kinds)[row.kind, row.currency] = row.amount
        elif monthly:
            month[row.currency] = row.amount
        else:
            case[row.currency] = row.amount
    return Limits(
        holder=staff.pk,
        level=staff.role.level,
        case=case,
        month=month,
        kinds=kinds,
        month_kinds=month_kinds,
        since=_moment(from_day, time.min),
        until=_moment(until_day, time.max),
    )


def _moment(day: date | None, hour: time) -> datetime | None:
    return timezone.make_aware(datetime.combine(day, hour)) if day else None


def as_actor(staff: StaffMember) -> Actor:
    """A member of staff with their capabilities and authority."""
    return Actor(
        ActorKind.STAFF,
        staff.name,
        id=staff.pk,
        level=staff.role.level,
        capabilities=staff.capabilities,
        authority=Authority(staff),
    )


def customer_actor(person: Customer | Representative) -> Actor:
    """The customer, or the one who speaks for them, acting through the complaint's own link."""
    return Actor(ActorKind.CUSTOMER, person.name, id=person.pk)


def outside_actor(name: str) -> Actor:
    """Somebody without an account who carries out one duty, acting through its signed link."""
    return Actor(ActorKind.OUTSIDE, name)
