"""The policy at the desk: read by who plans by it, looked at, switched on with a reason."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client

from amends.cases import house_policy
from amends.cases.models import PolicyVersion
from tests.cases.with_policy import TABLE, decided, in_force
from tests.conftest import MONDAY, House
from tests.desk.policy_typed import SCRIPT, row_typed, seen, words

pytestmark = pytest.mark.usefixtures("on_monday")


@pytest.fixture
def draft(house: House) -> PolicyVersion:
    return house_policy.draft(by=house.lead, at=MONDAY, name="A draft", table=TABLE)


def test_who_may_read_write_and_switch_on(house: House, client: Client, draft: PolicyVersion) -> None:
    page, rows, on = "/policy/1", "/policy/1/rows", "/policy/1/switching-on"
    may_do = {house.packer: (403, 403, 403), house.handler: (200, 403, 403), house.lead: (200, 200, 403)}
    for staff, may in may_do.items():
        client.force_login(staff)
        got = (client.get(page).status_code, client.get(rows).status_code, client.post(on).status_code)
        assert got == may
    assert draft.in_force_from is None


def test_a_house_without_a_policy_is_told_what_to_do(admin: Client) -> None:
    assert "No policy is in force yet, so plans begin empty." in words(admin.get("/policy"))
    response = admin.post("/policy/versions", {"name": "Ours", "like": "start"})
    assert (response.status_code, response["Location"]) == (303, "/policy/1")
    version = PolicyVersion.objects.get()
    assert (version.name, version.in_force_from) == ("Ours", None)
    assert len(house_policy.table_of(version).rows) == 14
    assert admin.post("/policy/versions", {"name": "", "like": "empty"}).status_code == 422
    assert admin.post("/policy/versions", {"name": "Empty", "like": "empty"}).status_code == 303
    assert house_policy.table_of(PolicyVersion.objects.get(version=2)).rows == ()


def test_what_is_in_force_is_shown_in_words(house: House, admin: Client) -> None:
    in_force(house)
    said = words(admin.get("/policy"))
    assert "In force: version 1, First" in said
    assert "Faulty goods About Product Finding Justified" in said
    assert "Refund, 100 % of the value" in said
    assert "Gesture of goodwill, SEK 50.00 the little more For your trouble" in said
    assert "Apology, by: Team lead" in said
    assert "May be approved by: Team lead, or somebody higher" in said


def test_what_a_complaint_would_get(house: House, client: Client, draft: PolicyVersion) -> None:
    case = decided(house)
    client.force_login(house.lead)
    said = words(client.get("/policy/1", {"case-reference": case.reference}, headers=SCRIPT))
    assert f"{case.reference} The kettle leaks. Refund: SEK 300.00 Faulty goods" in said
    assert "Cost in all: SEK 350.00" in said
    assert "The law gives the customer one of these: Repair," in said
    whole = words(client.get("/policy/1", {"case-reference": case.reference}))
    assert "Cost in all: SEK 350.00" in whole
    case.complained_about.add(house.lead)
    hidden = words(client.get("/policy/1", {"case-reference": case.reference}, headers=SCRIPT))
    assert hidden == "There is no complaint with this reference."


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"value": "80", "currency": "EUR"}, "Refund: €80.00 Faulty goods"),
        ({"currency": "EUR"}, "Refund: a share of the value, which is not on file"),
        ({"value": "80", "currency": "EUR"}, "Gesture of goodwill: the policy has no sum in this currency"),
        ({"finding": "untrue"}, "The policy says nothing about this case."),
        ({"value": "-1"}, "Value: Ensure this value is greater than or equal to 0."),
    ],
)
def test_what_a_case_that_is_made_up_would_get(
    house: House, client: Client, draft: PolicyVersion, typed: dict[str, str], said: str
) -> None:
    client.force_login(house.lead)
    asked = {"case-category": "product", "case-finding": "justified"} | {
        f"case-{k}": v for k, v in typed.items()
    }
    assert said in words(client.get("/policy/1", asked, headers=SCRIPT))


def test_a_proposal_below_the_law_is_said(house: House, client: Client) -> None:
    house_policy.draft(by=house.lead, at=MONDAY, name="Words", table=house_policy.start_table("en"))
    client.force_login(house.lead)
    asked = {
        "case-category": "product",
        "case-finding": "justified",
        "case-country": "PL",
        "case-harm": "none",
    }
    assert "This falls below" not in words(client.get("/policy/1", asked, headers=SCRIPT))
    version = house_policy.draft(by=house.lead, at=MONDAY, name="Less", table=TABLE)
    less = dict(row_typed(version), category=["product"])
    client.post("/policy/2/rows", less)
    client.post("/policy/2/rows/faulty/removal", {"seen": seen(version)})
    said = words(client.get("/policy/2", asked, headers=SCRIPT))
    assert "This falls below what the law gives." in said
    assert "art. 43a" in said


def test_it_is_switched_on_with_a_reason_and_no_more_changed(
    house: House, admin: Client, draft: PolicyVersion, later: Callable[[int], datetime]
) -> None:
    said = {"seen": seen(draft), "note": "Agreed on 2 March"}
    assert admin.post("/policy/1/switching-on", {"seen": seen(draft)}).status_code == 422
    assert admin.post("/policy/1/switching-on", said | {"since": "2026-03-01"}).status_code == 422
    assert admin.post("/policy/1/switching-on", said | {"seen": "other"}).status_code == 409
    assert house_policy.in_force(MONDAY) is None
    assert admin.post("/policy/1/switching-on", said | {"since": "2026-03-05"}).status_code == 303
    assert house_policy.in_force(later(2)) is None
    assert house_policy.in_force(later(3)) == draft
    assert "switched on by Ada Admin" in words(admin.get("/policy"))
    assert admin.post("/policy/1/calling-back", {"seen": seen(draft)}).status_code == 303
    assert house_policy.in_force(later(3)) is None
    assert admin.post("/policy/1/switching-on", said).status_code == 303
    assert house_policy.in_force(MONDAY) == draft
    assert admin.get("/policy/1/rows").status_code == 404
    assert admin.post("/policy/1/removal", {"seen": seen(draft)}).status_code == 404
    assert admin.post("/policy/1/calling-back", {"seen": seen(draft)}).status_code == 409
    assert "Agreed on 2 March" in words(admin.get("/policy"))


def test_a_draft_is_thrown_away_and_the_table_goes_out_as_a_file(
    house: House, client: Client, draft: PolicyVersion
) -> None:
    client.force_login(house.lead)
    response = client.get("/policy/1/table.json")
    assert response["Content-Disposition"] == 'attachment; filename="policy-1.json"'
    assert response.json() == draft.table
    assert client.post("/policy/1/removal", {"seen": seen(draft)}).status_code == 303
    assert not PolicyVersion.objects.exists()
    assert client.get("/policy/1").status_code == 404
