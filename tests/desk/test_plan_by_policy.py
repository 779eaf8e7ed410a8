"""A plan that begins from what the policy proposes, and what it says where it departs."""

from decimal import Decimal

import pytest

from amends.cases.models import Complaint
from tests.cases.with_policy import decided, in_force
from tests.conftest import House
from tests.desk.clicking import Desk
from tests.desk.policy_typed import words

pytestmark = pytest.mark.usefixtures("on_monday")


def test_a_plan_begins_from_what_the_policy_proposes(house: House) -> None:
    in_force(house)
    case = decided(house)
    desk = Desk(house.handler, case)
    page = words(desk.get("plans"))
    assert "The policy proposes (version 1)" in page
    assert "The law gives the customer one of these: Repair," in page
    form = desk.form("plans")
    assert [form[f"lines-{n}-kind"] for n in range(3)] == ["refund", "goodwill", "apology"]
    assert (form["lines-0-amount"], form["lines-1-description"]) == ("300.00", "For your trouble")
    assert form["lines-2-description"] == "Apology, by: Team lead"
    assert form["currency"] == "SEK"
    assert desk.send("plans", form).status_code == 303
    plan = case.plans.get()
    assert (plan.departs, plan.approve_level) == (False, 1)
    shown = words(desk.get())
    assert (
        "Version 1 of the policy proposed it so. May be approved by: Team lead, or somebody higher." in shown
    )


def test_departing_asks_why(house: House) -> None:
    in_force(house)
    case = decided(house)
    desk = Desk(house.handler, case)
    form = desk.form("plans") | {"lines-0-amount": "200", "lines-0-cost": "200"}
    response = desk.send("plans", form)
    assert response.status_code == 422
    said = words(response)
    assert "Say why: it departs from what the policy proposes." in said
    assert "Refund: proposed SEK 300.00, planned SEK 200.00." in said
    assert not case.plans.exists()
    assert desk.send("plans", form | {"departure": "They keep the kettle."}).status_code == 303
    assert case.plans.get().departure == "They keep the kettle."
    assert "proposed something else: Refund" in words(desk.get())
    assert "They keep the kettle." in words(desk.get())


def test_a_plan_below_the_law_says_so(house: House) -> None:
    case = decided(house, country="PL")
    desk = Desk(house.handler, case)
    line = {"lines-0-kind": "gift", "lines-0-description": "A towel", "lines-0-cost": "5"}
    assert desk.post("plans", **line).status_code == 303
    said = words(desk.get())
    assert "This falls below what the law gives." in said
    assert "Once a repair or replacement was tried" in said


def test_value_harm_and_loyalty_are_put_on_file(house: House) -> None:
    case = house.complaint()
    desk = Desk(house.handler, case)
    assert desk.post("sorting", value="79,90").status_code == 422
    typed = {"value": "79,90", "value_currency": "EUR", "harm": "loss"}
    assert desk.post("sorting", **typed).status_code == 303
    assert desk.post("contact", since="2020-01-02", purchases="4").status_code == 303
    case = Complaint.objects.select_related("customer").get(pk=case.pk)
    assert (case.value, case.value_currency, case.harm) == (Decimal("79.90"), "EUR", "loss")
    assert (str(case.customer.since), case.customer.purchases) == ("2020-01-02", 4)
