"""From a person to the pure ``Actor`` that the rules know."""

from amends.people.models import AuthorityLimit, Customer, Representative, StaffMember
from amends.rules.capabilities import SYSTEM, Actor, ActorKind

__all__ = ["SYSTEM", "as_actor", "customer_actor"]


def as_actor(staff: StaffMember) -> Actor:
    """A member of staff with their capabilities and authority; a limit of their own beats their role's."""
    of_role = AuthorityLimit.objects.filter(role_id=staff.role_id)
    of_person = AuthorityLimit.objects.filter(staff_id=staff.pk)
    limits = {limit.currency: limit.amount for limit in of_role}
    limits |= {limit.currency: limit.amount for limit in of_person}
    return Actor(
        ActorKind.STAFF,
        staff.name,
        id=staff.pk,
        level=staff.role.level,
        capabilities=staff.capabilities,
        authority=limits,
    )


def customer_actor(person: Customer | Representative) -> Actor:
    """The customer, or the one who speaks for them, acting through the complaint's own link."""
    return Actor(ActorKind.CUSTOMER, person.name, id=person.pk)
