"""Accounting reads what redress cost, row by row."""

from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.api.conftest import Let
from tests.conftest import MONDAY, House
from tests.insight.bought import agreed, promised


def test_a_row_says_all_that_accounting_needs(house: House, let: Let) -> None:
    case = house.complaint(country="SE")
    agreement = agreed(house, case)
    remedy = promised(agreement, "40.10", amount="59.99", done=MONDAY, department=house.warehouse)
    promised(agreement, "100")
    answer = let(house.lead).get("/ledger").json()
    assert answer == {
        "items": [
            {
                "complaint": case.key,
                "reference": case.reference,
                "at": "2026-03-02T09:00:00Z",
                "kind": "refund",
                "description": "the price",
                "amount": "59.99",
                "cost": "40.10",
                "currency": "SEK",
                "little_more": False,
                "duty": remedy.duty.key,
                "proof": "PAY 1",
                "department": "Warehouse",
                "category": "product",
                "cause": "",
                "country": "SE",
                "agreed_at": "2026-03-02T09:00:00Z",
                "agreement_sha256": f"{1:064}",
            }
        ],
        "next": None,
    }
    owed = let(house.lead).get("/ledger", state="owed").json()["items"]
    assert [(row["cost"], row["proof"]) for row in owed] == [("100.00", "")]


def test_every_row_once_the_latest_first(house: House, let: Let) -> None:
    agreement = agreed(house, house.complaint())
    for hour in (0, 1, 1, 1, 2):
        promised(agreement, str(hour), done=MONDAY + timedelta(hours=hour))
    program, found, after = let(house.lead), [], ""
    while after is not None:
        page = program.get("/ledger", limit=2, after=after).json()
        found += [row["duty"] for row in page["items"]]
        after = page["next"]
    assert len(found) == len(set(found)) == 5
    assert program.get("/ledger", since="2026-03-03").json()["items"] == []
    assert len(program.get("/ledger", until="2026-03-02", kind="refund").json()["items"]) == 5


def test_who_does_not_lead_may_not_read_it(house: House, let: Let) -> None:
    answer = let(house.handler).get("/ledger")
    assert answer.status_code == 403


def test_a_list_costs_the_same_however_long(house: House, let: Let) -> None:
    agreement = agreed(house, house.complaint())
    program, counts = let(house.lead), []
    for _ in range(3):
        promised(agreement, "1", done=MONDAY)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            program.get("/ledger")
        counts.append(len(queries))
    assert counts[1] == counts[2]
