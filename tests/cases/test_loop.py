"""The whole loop, from the first word to a satisfied customer, through the actions alone."""

from datetime import timedelta
from decimal import Decimal

from amends.cases import actions
from amends.cases.models import Complaint, Event
from amends.cases.signing import code_of
from amends.cases.verify import verify_one
from amends.people.actors import SYSTEM, customer_actor
from tests.conftest import MONDAY, House


def test_a_complaint_goes_the_whole_way(house: House) -> None:
    handler, lead, packer = (house.actor(p) for p in (house.handler, house.lead, house.packer))
    customer = customer_actor(house.customer)
    at = MONDAY
    case = house.complaint()
    assert case.reference == "2026-00001"
    case = actions.acknowledge(case, by=handler, at=at, text="We are on it.")
    case = actions.assign(case, by=handler, at=at, handler=house.handler)
    case = actions.investigate(case, by=handler, at=at)
    inquiry = actions.ask(
        case, by=handler, at=at, question="When was it packed?", due_at=at, department=house.warehouse
    )
    case = actions.say_back(case, by=handler, at=at, understood="The kettle leaks.")
    case = actions.confirm_problem(case, by=customer, at=at)
    actions.find(case.issues.get(), by=handler, at=at, finding="justified", reasons="A bad seal.")
    actions.answer_inquiry(inquiry, by=packer, at=at, statement="In January.")
    case = actions.decide(case, by=handler, at=at)
    remedy = actions.RemedyDraft(
        kind="refund",
        description="The price of the kettle",
        issue=case.issues.get(),
        amount=Decimal("499.00"),
        cost=Decimal("499.00"),
        department=house.warehouse,
    )
    plan = actions.plan(case, by=handler, at=at, currency="SEK", remedies=[remedy])
    case = actions.submit_plan(case, by=handler, at=at)
    case = actions.approve(case, by=lead, at=at, plan=plan)
    offer = actions.offer(case, by=handler, at=at, text="We propose to pay you back.")
    row = actions.request_code(offer, by=customer, at=at)
    agreement = actions.agree(offer, by=customer, at=at, signed_name="Clara Customer", code=code_of(row))
    assert "SEK" in agreement.text or "kr" in agreement.text
    (duty,) = actions.draw_up_duties(case, by=SYSTEM, at=at)
    case = actions.fulfil(case, by=SYSTEM, at=at)
    actions.prove(duty, by=packer, at=at, proof="BG 1234-5678")
    case = actions.complete(case, by=handler, at=at)
    case = actions.ask_if_good(case, by=SYSTEM, at=at + timedelta(days=7), text="Is it good?")
    case = actions.confirm(case, by=customer, at=at + timedelta(days=8), words="Yes, thank you.")
    case = Complaint.objects.get(pk=case.pk)
    assert (case.stage, case.outcome, case.is_open) == ("closed", "satisfied", False)
    assert not case.clocks.filter(stopped_at__isnull=True).exists()
    assert Event.objects.filter(complaint=case).count() == case.events_count
    assert list(verify_one(case)) == []
