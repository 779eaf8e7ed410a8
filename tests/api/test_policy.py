"""What the policy proposes, for programs; a plan that departs says why; value and loyalty through the API."""

from datetime import date
from decimal import Decimal

from amends.cases.models import Complaint
from tests.api.conftest import Let
from tests.cases.with_policy import decided, in_force
from tests.conftest import House


def test_what_is_proposed_and_what_the_law_says(house: House, let: Let) -> None:
    in_force(house)
    case = decided(house)
    told = let(house.handler).get(f"/complaints/{case.key}/proposal").json()
    assert (told["policy"], told["currency"], told["cost"], told["approve_level"]) == (1, "SEK", "350.00", 1)
    assert [(line["kind"], line["amount"], line["little_more"]) for line in told["lines"]] == [
        ("refund", "300.00", False),
        ("goodwill", "50.00", True),
        ("apology", None, False),
    ]
    floors = {one["id"]: (one["binding"], one["verified"]) for one in told["floors"]}
    assert floors["se-remedies"] == (True, True)
    assert floors["se-repair-first"] == (False, False)


def test_without_a_policy_there_is_only_the_law(house: House, let: Let) -> None:
    case = decided(house)
    told = let(house.handler).get(f"/complaints/{case.key}/proposal").json()
    assert (told["policy"], told["lines"], told["currency"]) == (None, [], "SEK")
    assert len(told["floors"]) == 4


def test_a_plan_keeps_what_was_proposed_and_why_it_departs(house: House, let: Let) -> None:
    in_force(house)
    case = decided(house)
    refund = {"kind": "refund", "description": "Half", "issue": 1, "amount": "150.00", "cost": "150.00"}
    plan: dict[str, object] = {"currency": "SEK", "remedies": [refund]}
    told = let(house.handler).post(f"/complaints/{case.key}/plans", plan).json()
    assert (told["policy"], told["departs"], told["departure"]) == (1, True, "")
    assert told["proposed"]["cost"] == "350.00"
    refused = let(house.handler).post(f"/complaints/{case.key}/plan-submission")
    assert refused.status_code == 409
    assert [one["code"] for one in refused.json()["reasons"]] == ["departure_unexplained"]
    told = (
        let(house.handler).post(f"/complaints/{case.key}/plans", plan | {"departure": "They keep it."}).json()
    )
    assert (told["departure"], told["approve_level"]) == ("They keep it.", 2)
    assert let(house.handler).post(f"/complaints/{case.key}/plan-submission").status_code == 200


def test_value_harm_and_loyalty_are_put_on_file_and_stay(house: House, let: Let) -> None:
    case = house.complaint()
    sorting = {"title": "Kettle", "category": "product", "severity": 2, "language": "en"}
    worth = {"value": "79.90", "value_currency": "EUR", "harm": "loss"}
    contact = {"name": "Clara Customer", "email": "clara@example.org"}
    loyalty = {"since": "2020-01-02", "purchases": 4}
    told = let(house.handler).post(f"/complaints/{case.key}/sorting", sorting | {"worth": worth}).json()
    assert (told["value"], told["value_currency"], told["harm"]) == ("79.90", "EUR", "loss")
    let(house.handler).post(f"/complaints/{case.key}/contact", contact | {"loyalty": loyalty})
    assert let(house.handler).post(f"/complaints/{case.key}/sorting", sorting).status_code == 200
    assert let(house.handler).post(f"/complaints/{case.key}/contact", contact).status_code == 200
    case = Complaint.objects.select_related("customer").get(pk=case.pk)
    assert (case.value, case.harm) == (Decimal("79.90"), "loss")
    assert (case.customer.since, case.customer.purchases) == (date(2020, 1, 2), 4)
