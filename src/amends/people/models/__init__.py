"""Staff, their departments, roles and authority; customers and who speaks for them."""

from amends.people.models.customer import Customer, Representative
from amends.people.models.staff import AuthorityLimit, Department, Role, StaffMember

__all__ = ["AuthorityLimit", "Customer", "Department", "Representative", "Role", "StaffMember"]
