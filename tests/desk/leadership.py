"""A house with more of a leadership: a second lead, a head who may approve more, and a plan before them."""

from datetime import date, datetime
from decimal import Decimal

from amends.cases import actions
from amends.cases.models import Complaint, Plan
from amends.people.models import AuthorityLimit, Deputy, SecondPair, StaffMember
from tests.conftest import MONDAY, House
from tests.desk.grown_house import submitted


class Leadership:
    """Lena and Lars lead (1,000 SEK a case), Hedda heads (10,000 SEK)."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.lena = house.lead
        self.lars = house.staff("Lars Lead", "lead", house.warehouse)
        self.hedda = house.staff("Hedda Head", "head", house.care)
        AuthorityLimit.objects.create(role=self.hedda.role, currency="SEK", amount=Decimal(10_000))

    def before_them(self, cost: int = 499) -> Complaint:
        """A complaint whose plan of this cost waits for their word."""
        return submitted(self.house, cost)

    def two_above(self, above: int) -> None:
        """From now on two look above this sum of SEK."""
        SecondPair.objects.create(currency="SEK", above=Decimal(above))

    def monthly(self, staff: StaffMember, amount: int, kind: str = "") -> None:
        """A limit of this person's own for a calendar month, beside that of one case."""
        limits = AuthorityLimit.objects
        limits.create(staff=staff, currency="SEK", per="month", kind=kind, amount=Decimal(amount))

    def away(self, absent: StaffMember, deputy: StaffMember, first: date, last: date) -> Deputy:
        """Somebody stands in for them."""
        return Deputy.objects.create(absent=absent, deputy=deputy, from_day=first, until_day=last)

    def approve(self, staff: StaffMember, case: Complaint, at: datetime = MONDAY) -> Complaint:
        """They say yes to the present version."""
        return actions.approve(case, by=self.house.actor(staff), at=at, plan=plan_of(case))


def plan_of(case: Complaint) -> Plan:
    """The version that counts."""
    case.refresh_from_db()
    assert case.current_plan is not None
    return case.current_plan


def changed(house: House, case: Complaint, cost: int, at: datetime = MONDAY) -> Plan:
    """The handler writes another version of another cost."""
    remedy = actions.RemedyDraft(
        kind="replacement",
        description="A larger kettle",
        issue=case.issues.get(),
        amount=Decimal(cost),
        cost=Decimal(cost),
        department=house.warehouse,
    )
    return actions.plan(case, by=house.actor(house.handler), at=at, currency="SEK", remedies=[remedy])
