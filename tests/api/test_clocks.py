"""Clocks through the API: what falls due, the trade of a complaint, and the way to the top."""

from datetime import timedelta

from amends.cases import actions, house_rules, proposals
from amends.cases.models import Clock, Complaint
from amends.kit import clock
from tests.api.conftest import REGISTRATION, Let
from tests.conftest import MONDAY, House


def test_what_falls_due_comes_in_order_and_page_by_page(house: House, let: Let) -> None:
    house.complaint(country="PL")
    hidden = house.complaint(country="PL", complained_about=[house.handler])
    handler = let(house.handler)
    before = (MONDAY + timedelta(days=6)).isoformat()
    page = handler.get("/clocks", due_before=before).json()
    assert [row["kind"] for row in page["items"]] == ["acknowledgement", "update"]
    assert hidden.key not in {row["complaint"] for row in page["items"]}
    first = handler.get("/clocks", limit=3).json()
    rest = handler.get("/clocks", limit=3, after=first["next"]).json()
    kinds = [row["kind"] for row in (*first["items"], *rest["items"])]
    assert kinds == ["acknowledgement", "update", "answer", "review"]
    answer = first["items"][2]
    assert (answer["law"], answer["consequence"]) == ("pl-consumer-answer", "accepted")
    assert rest["next"] is None


def test_the_trade_and_the_way_to_the_top(house: House, let: Let) -> None:
    handler = let(house.handler)
    abroad = REGISTRATION | {"country": "PL", "sector": "finance"}
    said = handler.post("/complaints", abroad)
    assert said.status_code == 201
    assert said.json()["sector"] == "finance"
    case = Complaint.objects.get(key=said.json()["key"])
    assert case.clocks.get(kind="answer").law == "pl-finance-answer"
    assert handler.post("/complaints", abroad | {"sector": "shoes"}).status_code == 422
    at = f"/complaints/{case.key}"
    assert handler.post(f"{at}/executive-route").json()["to_executive"] is True
    actions.withdraw(case, by=house.actor(house.handler), at=clock.now())
    refused = handler.post(f"{at}/executive-route")
    assert refused.status_code == 409
    assert [reason["code"] for reason in refused.json()["reasons"]] == ["wrong_stage"]


def test_a_new_day_is_confirmed_once_and_only_where_one_is_proposed(house: House, let: Let) -> None:
    case = house.complaint(country="SE")
    row = Clock.objects.get(complaint=case, kind="answer")
    lead = let(house.lead)
    address = f"/complaints/{case.key}/clocks/answer/new-day"
    assert lead.post(address).status_code == 409
    house_rules.set_rule(
        by=house.lead, at=MONDAY, name="ours", clock="answer", trigger="received", length=3,
        unit="working days", meets="dispatch", consequence="none", sectors=[],
    )  # fmt: skip
    proposals.propose()
    assert let(house.handler).post(address).status_code in (403, 409)
    assert lead.post(address).status_code == 200
    row.refresh_from_db()
    assert (row.rule, row.proposed_due_at) == ("ours", None)
    assert lead.post(address).status_code == 409
