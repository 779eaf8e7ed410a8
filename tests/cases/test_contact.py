"""How the customer is reached can be put right, and a link in wrong hands be ended."""

from decimal import Decimal

import pytest

from amends.cases import actions
from amends.cases.links import complaint_of, link_secret
from amends.cases.models import Event
from amends.people.actors import customer_actor
from amends.people.models import Customer
from amends.rules.lifecycle import Reason
from tests.conftest import MONDAY, House


def test_a_wrong_address_is_put_right_and_the_event_holds_no_words(house: House) -> None:
    case = house.complaint()
    by = house.actor(house.handler)
    actions.correct_contact(case, by=by, at=MONDAY, name="Clara Customer", email="new@example.org")
    assert Customer.objects.get().email == "new@example.org"
    event = Event.objects.get(name="customer.contact_corrected")
    assert event.data == {"changed": ["email"]}


def test_without_a_name_nothing_changes(house: House) -> None:
    case = house.complaint()
    with pytest.raises(actions.Refused) as refused:
        actions.correct_contact(
            case, by=house.actor(house.handler), at=MONDAY, name=" ", email="x@example.org"
        )
    assert refused.value.reasons == (Reason.NOTHING_WRITTEN,)
    assert Customer.objects.get().email == "clara@example.org"


def test_the_customer_does_not_change_it_through_the_link(house: House) -> None:
    case = house.complaint()
    with pytest.raises(actions.Refused) as refused:
        actions.correct_contact(case, by=customer_actor(house.customer), at=MONDAY, name="Eve")
    assert refused.value.reasons == (Reason.NOT_ALLOWED,)
    assert Customer.objects.get().name == "Clara Customer"


def test_a_renewed_link_ends_the_one_before(house: House) -> None:
    case = house.complaint()
    before = link_secret(case)
    case = actions.renew_link(case, by=house.actor(house.handler), at=MONDAY)
    assert complaint_of(before) is None
    assert complaint_of(link_secret(case)) == case


def test_what_was_sent_back_is_not_offered_on_ones_own_authority(house: House) -> None:
    handler = house.actor(house.handler)
    case = house.complaint()
    case = actions.acknowledge(case, by=handler, at=MONDAY, text="We are on it.")
    case = actions.assign(case, by=handler, at=MONDAY, handler=house.handler)
    case = actions.investigate(case, by=handler, at=MONDAY)
    case = actions.say_back(case, by=handler, at=MONDAY, understood="It leaks.")
    issue = actions.find(case.issues.get(), by=handler, at=MONDAY, finding="justified", reasons="Seal.")
    case = actions.decide(case, by=handler, at=MONDAY)
    draft = actions.RemedyDraft(kind="repair", description="A new seal", issue=issue, cost=Decimal(50))
    plan = actions.plan(case, by=handler, at=MONDAY, currency="SEK", remedies=[draft])
    case = actions.submit_plan(case, by=handler, at=MONDAY)
    case = actions.send_back(case, by=house.actor(house.lead), at=MONDAY, plan=plan, note="Too little.")
    with pytest.raises(actions.Refused) as refused:
        actions.offer(case, by=handler, at=MONDAY, text="A cup.")
    assert refused.value.reasons == (Reason.NOT_APPROVED,)
    assert not case.offers.exists()
