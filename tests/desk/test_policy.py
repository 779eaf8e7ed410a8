"""The policy at the desk: read by who plans by it, written in drafts, looked at, tried, switched on."""

import csv
import io
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from amends.cases import house_policy
from amends.cases.models import Complaint, PolicyVersion
from amends.insight.models import PolicyTrial, TrialCase
from amends.insight.trial.running import run_trial
from amends.kit import clock
from tests.cases.with_policy import FAULTY, TABLE, decided, in_force
from tests.conftest import MONDAY, House
from tests.desk.clicking import Desk
from tests.insight.test_trial import ended

SCRIPT = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def on_monday() -> Iterator[None]:
    with clock.set_to(MONDAY):
        yield


@pytest.fixture
def admin(house: House, client: Client) -> Client:
    client.force_login(house.staff("Ada Admin", "administrator", house.care))
    return client


@pytest.fixture
def draft(house: House) -> PolicyVersion:
    return house_policy.draft(by=house.lead, at=MONDAY, name="A draft", table=TABLE)


def words(response: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def seen(version: PolicyVersion) -> str:
    version.refresh_from_db()
    return house_policy.seen_of(version)


def row_typed(version: PolicyVersion, **changes: object) -> dict[str, object]:
    typed: dict[str, object] = {
        "seen": seen(version), "name": "Late delivery", "category": ["service"], "finding": ["justified"],
        "approve_level": 1, "value_from": "", "value_below": "", "gives-TOTAL_FORMS": 2,
        "gives-INITIAL_FORMS": 0, "gives-0-kind": "goodwill", "gives-0-fixed": "50 SEK\n5,50 eur",
        "gives-0-little_more": "on", "gives-1-kind": "apology", "gives-1-by": 1,
    }  # fmt: skip
    return typed | changes


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


def test_a_row_is_written_as_it_was_typed(house: House, client: Client, draft: PolicyVersion) -> None:
    client.force_login(house.lead)
    response = client.post("/policy/1/rows", row_typed(draft, value_from="1 000,50 SEK", years_from=2))
    assert (response.status_code, response["Location"]) == (303, "/policy/1#late-delivery")
    draft.refresh_from_db()
    assert draft.table["rows"][1] == {
        "id": "late-delivery",
        "name": "Late delivery",
        "when": {
            "category": ["service"],
            "finding": ["justified"],
            "value": {"from": {"SEK": "1000.50"}},
            "years": {"from": 2},
        },
        "gives": [
            {"kind": "goodwill", "how_much": {"fixed": {"EUR": "5.50", "SEK": "50.00"}}, "little_more": True},
            {"kind": "apology", "by": 1},
        ],
        "approve_level": 1,
    }
    assert house_policy.table_of(draft).rows[0] == FAULTY
    form = client.get("/policy/1/rows/late-delivery").content.decode()
    assert "5.50 EUR\n50.00 SEK" in form
    assert "1000.50 SEK" in form


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"name": ""}, "This field is required."),
        ({"gives-0-fixed": "fifty"}, "“fifty” is no sum with a currency"),
        ({"gives-0-fixed": "5 EUR\n6 EUR"}, "“6 EUR” is no sum with a currency"),
        ({"gives-0-fixed": "5 XXX"}, "“5 XXX” is no sum with a currency"),
        ({"gives-0-fixed": ""}, "Something is missing here."),
        ({"gives-0-share": "50"}, "Either a fixed sum or a share of the value."),
        ({"gives-0-fixed": "", "gives-0-share": "9000"}, "This is no percentage between 0 and 500."),
        ({"gives-1-share": "10"}, "Words cost nothing."),
        ({"value_from": "9 EUR", "value_below": "5 EUR"}, "Nothing lies between these two."),
        ({"years_from": 5, "years_to": 2}, "Nothing lies between these two."),
        ({"country": "Sweden"}, "This is no country’s code of two letters."),
    ],
)
def test_what_is_wrong_in_a_row_is_said_and_kept(
    house: House, client: Client, draft: PolicyVersion, changes: dict[str, object], said: str
) -> None:
    client.force_login(house.lead)
    response = client.post("/policy/1/rows", row_typed(draft, note="Kept words", **changes))
    assert response.status_code == 422
    assert said in words(response)
    assert "Kept words" in words(response)
    draft.refresh_from_db()
    assert house_policy.table_of(draft) == TABLE


def test_another_line_is_only_more_room(house: House, client: Client, draft: PolicyVersion) -> None:
    client.force_login(house.lead)
    response = client.post("/policy/1/rows", row_typed(draft, another_line="1"))
    text = response.content.decode()
    assert response.status_code == 200
    assert 'name="gives-2-kind"' in text
    assert 'value="service" id="row-category_6" checked' in text
    assert house_policy.table_of(draft) == TABLE


def test_a_row_is_looked_at_before_it_is_kept(house: House, client: Client, draft: PolicyVersion) -> None:
    client.force_login(house.lead)
    typed = row_typed(draft, look="1", **{"case-category": "service", "case-currency": "EUR"})
    said = words(client.post("/policy/1/rows", typed, headers=SCRIPT))
    assert "Gesture of goodwill: €5.50 the little more Late delivery" in said
    assert "Gesture of goodwill: €5.50" in words(client.post("/policy/1/rows", typed))
    typed["name"] = ""
    assert "Something in the row is not right yet." in words(
        client.post("/policy/1/rows", typed, headers=SCRIPT)
    )
    draft.refresh_from_db()
    assert house_policy.table_of(draft) == TABLE


def test_rows_are_moved_and_taken_out(house: House, client: Client, draft: PolicyVersion) -> None:
    client.force_login(house.lead)
    client.post("/policy/1/rows", row_typed(draft))

    def ids() -> list[str]:
        draft.refresh_from_db()
        return [row.id for row in house_policy.table_of(draft).rows]

    assert ids() == ["faulty", "late-delivery"]
    old = seen(draft)
    assert client.post("/policy/1/rows/late-delivery/place", {"seen": old, "up": "1"}).status_code == 303
    assert ids() == ["late-delivery", "faulty"]
    assert client.post("/policy/1/rows/faulty/place", {"seen": old, "up": "1"}).status_code == 409
    assert client.post("/policy/1/rows/no-such/removal", {"seen": seen(draft)}).status_code == 409
    assert ids() == ["late-delivery", "faulty"]
    assert client.post("/policy/1/rows/faulty/removal", {"seen": seen(draft)}).status_code == 303
    assert ids() == ["late-delivery"]


def test_who_may_approve_what_departs(house: House, client: Client, draft: PolicyVersion) -> None:
    client.force_login(house.lead)
    assert "What departs from it is approved by: Head of department" in words(client.get("/policy/1"))
    old = seen(draft)
    assert client.post("/policy/1/departures", {"seen": old, "level": 4}).status_code == 422
    assert client.post("/policy/1/departures", {"seen": old, "level": 0}).status_code == 303
    assert client.post("/policy/1/departures", {"seen": old, "level": 3}).status_code == 409
    draft.refresh_from_db()
    assert house_policy.table_of(draft) == replace(TABLE, departure_level=0)


def test_a_policy_has_an_end(house: House, client: Client) -> None:
    client.force_login(house.lead)
    rows = tuple(replace(FAULTY, id=f"row-{number}") for number in range(300))
    full = house_policy.draft(by=house.lead, at=MONDAY, name="Full", table=replace(TABLE, rows=rows))
    response = client.post("/policy/1/rows", row_typed(full))
    assert response.status_code == 422
    assert "These are too many rows." in words(response)
    full.refresh_from_db()
    assert len(house_policy.table_of(full).rows) == 300


def test_two_write_at_once_and_the_second_is_told(house: House, client: Client, draft: PolicyVersion) -> None:
    client.force_login(house.lead)
    mine = row_typed(draft, name="Mine")
    client.post("/policy/1/rows", row_typed(draft))
    response = client.post("/policy/1/rows", mine)
    assert response.status_code == 409
    assert "Somebody changed this draft meanwhile." in words(response)
    assert 'value="Mine"' in response.content.decode()
    draft.refresh_from_db()
    assert [row.name for row in house_policy.table_of(draft).rows] == ["Faulty goods", "Late delivery"]


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


def trial_of(client: Client, **typed: str) -> Any:
    period = {"since": "2026-03-01", "until": "2026-03-02"}
    return client.post("/policy/1/trial", period | typed)


def test_a_trial_is_asked_for_runs_and_is_shown(house: House, client: Client, draft: PolicyVersion) -> None:
    client.force_login(house.lead)
    ended(house, 100, "no")
    ended(house, 400, "yes")
    assert trial_of(client, until="2026-02-01").status_code == 422
    assert not PolicyTrial.objects.exists()
    assert trial_of(client).status_code == 303
    assert "It begins in a moment." in words(client.get("/policy/1/trial"))
    assert client.get("/policy/1/trial.csv").status_code == 404
    run_trial.call(PolicyTrial.objects.get().pk)
    assert client.get("/policy/1/trial", headers=SCRIPT)["HX-Refresh"] == "true"
    page = client.get("/policy/1/trial")
    said = words(page)
    assert "2 cases judged" in said
    assert "2 would need an approval (then 2 had one)" in said
    assert "SEK 500.00 700.00 200.00" in said
    assert "Would have got more 1 250.00 SEK 0 0 1 0 0" in said
    assert "Would have got less 1 -50.00 SEK 1 0 0 0 0" in said
    text = page.content.decode()
    assert text.count('<svg class="bars"') == 2
    assert '<title id="costs-title">What it costs, then and now</title>' in text
    assert "style=" not in text
    assert "The draft was changed since." not in said
    client.post("/policy/1/rows", row_typed(draft))
    assert "The draft was changed since. Try it anew." in words(client.get("/policy/1/trial"))


def test_the_cases_behind_a_number(house: House, client: Client, draft: PolicyVersion) -> None:
    client.force_login(house.lead)
    more, hidden = ended(house, 100, "no"), ended(house, 120)
    trial_of(client)
    run_trial.call(PolicyTrial.objects.get().pk)
    hidden.complained_about.add(house.lead)
    said = words(client.get("/policy/1/trial/cases", {"bucket": "more"}))
    assert f"{more.reference} The kettle leaks. Then SEK 100.00 Now SEK 350.00 Satisfied then No" in said
    assert hidden.reference not in said
    assert "No case here." in words(client.get("/policy/1/trial/cases", {"bucket": "less"}))
    assert client.get("/policy/1/trial/cases", {"bucket": "nobody"}).status_code == 404
    assert client.get("/policy/1/trial/cases", {"after": "x"}).status_code == 404
    response = client.get("/policy/1/trial.csv")
    file = b"".join(response.streaming_content).decode()  # type: ignore[attr-defined]
    assert list(csv.reader(io.StringIO(file.removeprefix("\ufeff"))))[1:] == [
        [more.reference, "2026-03-02", "SEK", "100.00", "350.00", "250.00", "more", "no", "1"]
    ]


def test_the_number_of_queries_does_not_grow(
    house: House, client: Client, draft: PolicyVersion, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client.force_login(house.lead)
    for number in range(3):
        ended(house, 100 + number)
        house_policy.draft(by=house.lead, at=MONDAY, name="More", table=house_policy.start_table("en"))
    trial_of(client)
    run_trial.call(PolicyTrial.objects.get().pk)
    for page, most in (
        ("/policy", 7),
        ("/policy/2", 6),
        ("/policy/1/trial", 5),
        ("/policy/1/trial/cases", 6),
    ):
        with django_assert_max_num_queries(most):
            assert client.get(page).status_code == 200
    assert TrialCase.objects.count() == 3


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
