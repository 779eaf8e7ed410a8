"""Staff, their departments, roles and authority; customers and who speaks for them."""

from amends.people.models.customer import Customer, Representative
from amends.people.models.staff import (
    AuthorityLimit,
    Department,
    Deputy,
    LimitPer,
    Role,
    SecondPair,
    StaffMember,
)

__all__ = [
    "AuthorityLimit",
    "Customer",
    "Department",
    "Deputy",
    "LimitPer",
    "Representative",
    "Role",
    "SecondPair",
    "StaffMember",
]
