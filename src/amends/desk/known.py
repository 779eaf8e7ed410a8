"""Who is calling, if they are known; and what is open with them, since a matter is often told twice."""

from dataclasses import dataclass

from amends.cases.models import Complaint
from amends.people.customers import known
from amends.people.models import Customer, StaffMember

MOST = 5


@dataclass(frozen=True)
class Known:
    """A customer on file, with their open complaints."""

    customer: Customer
    complaints: list[Complaint]


def known_customers(staff: StaffMember, *, email: str, phone: str, number: str) -> list[Known]:
    """Up to five customers with this very e-mail, phone or number. Two queries, none if nothing is given."""
    if not (email or phone or number):
        return []
    customers = list(known(email=email, phone=phone, number=number)[:MOST])
    open_ones = Complaint.objects.visible_to(staff).open().filter(customer__in=customers).for_rows()
    rows = list(open_ones.order_by("-received_at")[: MOST * MOST])
    return [Known(c, [row for row in rows if row.customer_id == c.pk]) for c in customers]
