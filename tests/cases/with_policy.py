"""A house with a policy of few rows, and a complaint that is decided."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from amends.cases import actions, house_policy
from amends.cases.models import Complaint, PolicyVersion
from amends.rules.policy import Gives, Measure, Row, Table, When
from tests.conftest import MONDAY, House

FAULTY = Row(
    id="faulty",
    name="Faulty goods",
    when=When(category=frozenset({"product"}), finding=frozenset({"justified"})),
    gives=(
        Gives("refund", how_much=Measure(share=Decimal(100))),
        Gives("goodwill", "For your trouble", Measure({"SEK": Decimal(50)}), little_more=True),
        Gives("apology", by=1),
    ),
    approve_level=1,
)
TABLE = Table((FAULTY,), departure_level=2)


def in_force(house: House, table: Table = TABLE, at: datetime = MONDAY) -> PolicyVersion:
    """A version with this table that holds from ``at`` on."""
    made = house_policy.draft(by=house.lead, at=at, name="First", table=table)
    seen = house_policy.seen_of(made)
    return house_policy.switch_on(made, by=house.lead, at=at, since=at, note="Agreed in March", seen=seen)


def decided(house: House, *, finding: str = "justified", at: datetime = MONDAY, **changes: Any) -> Complaint:
    """A complaint about a kettle of 300 SEK, with its finding."""
    by = house.actor(house.handler)
    worth = {"value": Decimal(300), "value_currency": "SEK", "harm": "inconvenience"}
    case = house.complaint(**({"worth": worth, "at": at} | changes))
    case = actions.acknowledge(case, by=by, at=at, text="We are on it.")
    case = actions.assign(case, by=by, at=at, handler=house.handler)
    case = actions.investigate(case, by=by, at=at)
    case = actions.say_back(case, by=by, at=at, understood="The kettle leaks.")
    actions.find(case.issues.get(), by=by, at=at, finding=finding, reasons="A bad seal.")
    return actions.decide(case, by=by, at=at)


def as_proposed(case: Complaint) -> list[actions.RemedyDraft]:
    """What ``TABLE`` proposes for such a complaint."""
    issue = case.issues.get()
    sums = {"refund": Decimal(300), "goodwill": Decimal(50), "apology": Decimal(0)}
    return [
        actions.RemedyDraft(kind=kind, description=kind, issue=issue, amount=sum_ or None, cost=sum_)
        for kind, sum_ in sums.items()
    ]
