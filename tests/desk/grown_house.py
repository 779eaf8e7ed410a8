"""A complaint taken as far as a test of the desk’s lists needs it."""

from decimal import Decimal

from amends.cases import actions
from amends.cases.models import Complaint, Document, Duty
from amends.people.actors import SYSTEM
from tests.conftest import MONDAY, House


def investigated(house: House, **changes: object) -> Complaint:
    """On the handler's desk, being investigated."""
    by = house.actor(house.handler)
    case = house.complaint(**changes)
    case = actions.acknowledge(case, by=by, at=MONDAY, text="We are on it.")
    case = actions.assign(case, by=by, at=MONDAY, handler=house.handler)
    return actions.investigate(case, by=by, at=MONDAY)


def submitted(house: House, cost: int = 499) -> Complaint:
    """With the handler's plan before the leadership."""
    by, case = house.actor(house.handler), investigated(house)
    case = actions.say_back(case, by=by, at=MONDAY, understood="The kettle leaks.")
    actions.find(case.issues.get(), by=by, at=MONDAY, finding="justified", reasons="A bad seal.")
    case = actions.decide(case, by=by, at=MONDAY)
    sum_ = Decimal(cost)
    remedy = actions.RemedyDraft(
        kind="replacement", description="A new kettle", issue=case.issues.get(), amount=sum_, cost=sum_,
        department=house.warehouse,
    )  # fmt: skip
    actions.plan(case, by=by, at=MONDAY, currency="SEK", remedies=[remedy])
    return actions.submit_plan(case, by=by, at=MONDAY)


def with_duty(house: House) -> Duty:
    """Agreed, and the warehouse has a kettle to send."""
    case = submitted(house)
    assert case.current_plan is not None
    case = actions.approve(case, by=house.actor(house.lead), at=MONDAY, plan=case.current_plan)
    offer = actions.offer(case, by=house.actor(house.handler), at=MONDAY, text="A new kettle.")
    scan = actions.attach(case, by=house.actor(house.handler), at=MONDAY, document=_scan())
    paper = actions.bring_paper(offer, by=house.actor(house.handler), at=MONDAY, signed_name="C", scan=scan)
    actions.agree_on_paper(paper, by=house.actor(house.lead), at=MONDAY)
    (duty,) = actions.draw_up_duties(case, by=SYSTEM, at=MONDAY)
    actions.fulfil(case, by=SYSTEM, at=MONDAY)
    return duty


def _scan() -> Document:
    return Document(name="signed.pdf", media_type="application/pdf", size=1, sha256="0" * 64)
