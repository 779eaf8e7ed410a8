"""From a person to the pure ``Actor`` that the rules know."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cached_property

from django.db.models import Q

from amends.people.models import AuthorityLimit, Customer, Representative, StaffMember
from amends.rules.capabilities import SYSTEM, Actor, ActorKind

__all__ = ["SYSTEM", "as_actor", "customer_actor"]


class Authority(Mapping[str, Decimal]):
    """How much somebody may approve, by currency. Read when first asked: most steps never ask."""

    def __init__(self, staff: StaffMember) -> None:
        self._staff = staff

    @cached_property
    def _limits(self) -> dict[str, Decimal]:
        of_role, of_person = Q(role_id=self._staff.role_id), Q(staff_id=self._staff.pk)
        rows = AuthorityLimit.objects.filter(of_role | of_person)
        own_last = sorted(rows, key=lambda limit: limit.staff_id is not None)
        return {limit.currency: limit.amount for limit in own_last}

    def __getitem__(self, currency: str) -> Decimal:
        return self._limits[currency]

    def __iter__(self) -> Iterator[str]:
        return iter(self._limits)

    def __len__(self) -> int:
        return len(self._limits)


def as_actor(staff: StaffMember) -> Actor:
    """A member of staff with their capabilities and authority; a limit of their own beats their role's."""
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
