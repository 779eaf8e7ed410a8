"""A complaint whose agreement brings several duties, each with its days."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from amends.cases import actions
from amends.cases.models import Complaint, Duty
from amends.cases.signing import code_of
from amends.people.actors import SYSTEM, customer_actor
from tests.conftest import MONDAY, House

KETTLE = {"kind": "replacement", "description": "A new kettle", "within_days": 3}
REFUND = {"kind": "refund", "description": "The price of the kettle", "within_days": 10}
LETTER = {"kind": "apology", "description": "A letter from us", "within_days": 5, "after": 1}


def signed(house: House, remedies: Sequence[dict[str, Any]], **changes: object) -> Complaint:
    """On Monday everything was agreed; nothing is drawn up yet."""
    by, customer = house.actor(house.handler), customer_actor(house.customer)
    case = house.complaint(**changes)
    case = actions.acknowledge(case, by=by, at=MONDAY, text="We are on it.")
    case = actions.assign(case, by=by, at=MONDAY, handler=house.handler)
    case = actions.investigate(case, by=by, at=MONDAY)
    case = actions.say_back(case, by=by, at=MONDAY, understood="The kettle leaks.")
    actions.find(case.issues.get(), by=by, at=MONDAY, finding="justified", reasons="A bad seal.")
    case = actions.decide(case, by=by, at=MONDAY)
    same = {"issue": case.issues.get(), "amount": Decimal(10), "cost": Decimal(10)}
    drafts = [
        actions.RemedyDraft(**({"department": house.warehouse} | same | remedy))  # type: ignore[arg-type]
        for remedy in remedies
    ]
    actions.plan(case, by=by, at=MONDAY, currency="SEK", remedies=drafts)
    offer = actions.offer(case, by=by, at=MONDAY, text="This is what we do.")
    row = actions.request_code(offer, by=customer, at=MONDAY)
    actions.agree(offer, by=customer, at=MONDAY, signed_name="Clara Customer", code=code_of(row))
    return Complaint.objects.get(pk=case.pk)


def carried_out(house: House, *remedies: dict[str, Any], **changes: object) -> list[Duty]:
    """The duties, in the order of the plan, and the departments at it."""
    case = signed(house, remedies or (KETTLE, REFUND), **changes)
    duties = actions.draw_up_duties(case, by=SYSTEM, at=MONDAY)
    actions.fulfil(case, by=SYSTEM, at=MONDAY)
    return duties
