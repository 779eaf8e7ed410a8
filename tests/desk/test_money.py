"""The page “Money”: what it says, and that each of its numbers opens exactly the rows behind it."""

import csv
import io
import re
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.test import Client

from amends.kit import clock
from tests.conftest import MONDAY, House
from tests.insight.bought import agreed, promised

DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def in_march() -> Any:
    with clock.set_to(MONDAY + 3 * DAY):
        yield


@pytest.fixture
def lead(house: House, client: Client) -> Client:
    client.force_login(house.lead)
    return client


def bought(house: House) -> None:
    case = house.complaint()
    issue = case.issues.create(position=9, category="service", summary="…", cause="=2+3")
    agreement = agreed(house, case)
    promised(agreement, "40.10", amount="59.99", done=MONDAY + DAY, issue=issue, department=house.warehouse)
    promised(agreement, "5.05", kind="gift", little_more=True, done=MONDAY + DAY)
    promised(agreement, "100", amount="100")
    other = agreed(house, house.complaint(category="billing", customer=house.customer), currency="EUR")
    promised(other, "0.70", kind="repair", done=MONDAY)


def text(response: Any) -> str:
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", response.content.decode())).replace("\xa0", " ").split())


def test_sums_stand_by_currency_and_by_group(house: House, lead: Client) -> None:
    bought(house)
    said = text(lead.get("/money"))
    for sum_ in ("59.99", "45.15", "5.05", "100.00", "0.70"):
        assert sum_ in said
    assert "Gift" in said
    assert "Repair" in said


@pytest.mark.parametrize("by", ["kind", "department", "category", "cause", "country", "month"])
def test_each_number_opens_the_rows_behind_it(house: House, lead: Client, by: str) -> None:
    bought(house)
    page = lead.get("/money", {"by": by}).content.decode()
    links = re.findall(
        r'<td class="sum"><span[^>]*>[^<]*Cost to us</span><a href="([^"]+)">([^<]+)</a>', page
    )
    assert len(links) >= 4
    for address, shown in links:
        rows = lead.get(unescape(address))
        assert rows.status_code == 200
        costs = [row.cost for row in rows.context["page"].rows]
        said = re.sub(r"[^0-9.]", "", unescape(shown))
        assert f"{sum(costs):.2f}" == said, address


def test_the_little_more_opens_by_itself(house: House, lead: Client) -> None:
    bought(house)
    page = lead.get("/money").content.decode()
    address = next(unescape(one) for one in re.findall(r'href="([^"]+)"', page) if "little_more=1" in one)
    assert [row.description for row in lead.get(address).context["page"].rows] == ["the price"]


@pytest.mark.parametrize("person", ["handler", "packer"])
def test_who_neither_leads_nor_approves_does_not_see_it(house: House, client: Client, person: str) -> None:
    client.force_login(getattr(house, person))
    for address in ("/money", "/money/rows", "/money.csv"):
        assert client.get(address).status_code == 403
    assert 'href="/money"' not in client.get("/", follow=True).content.decode()


def test_it_stands_in_the_bar_of_who_leads(lead: Client) -> None:
    assert 'href="/money"' in lead.get("/").content.decode()


def test_the_file_has_a_row_for_each_duty_and_no_formula(house: House, lead: Client) -> None:
    bought(house)
    response = lead.get("/money.csv", {"period": "quarter"})
    assert response["Content-Disposition"] == 'attachment; filename="redress-2026-01-01-2026-03-31.csv"'
    content = b"".join(response.streaming_content)  # type: ignore[attr-defined]
    head, *rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    assert head[:3] == ["Reference", "State", "Done or agreed on"]
    assert [(row[1], row[2], row[3], row[6], row[7]) for row in rows] == [
        ("Done", "2026-03-02", "Repair", "0.70", "EUR"),
        ("Done", "2026-03-03", "Refund", "40.10", "SEK"),
        ("Done", "2026-03-03", "Gift", "5.05", "SEK"),
        ("Agreed, not done yet", "2026-03-02", "Refund", "100.00", "SEK"),
    ]
    assert rows[1][8:] == [
        "0", "PAY 1", "Warehouse", "Service", "'=2+3", "2026-03-02", f"{1:064}",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "asked", [{"period": "own", "since": "2026-03-05", "until": "2026-03-01"}, {"since": "1066-01-01"},
              {"period": "own"}, {"currency": "XXX"}],
)  # fmt: skip
def test_a_period_that_is_none_says_so(house: House, lead: Client, asked: dict[str, str]) -> None:
    response = lead.get("/money", asked)
    assert response.status_code == 422
    assert 'class="error' in response.content.decode() or "errorlist" in response.content.decode()
    assert lead.get("/money/rows", asked).status_code == 400
    assert lead.get("/money.csv", asked).status_code == 400


def test_an_empty_time_says_what_will_stand_here(house: House, lead: Client) -> None:
    assert "Nothing was done in this time" in text(lead.get("/money"))
    assert lead.get("/money/rows", {"after": "nonsense"}).status_code == 400


def test_pages_cost_the_same_however_much_there_is(
    house: House, lead: Client, django_assert_max_num_queries: Any
) -> None:
    for _ in range(30):
        promised(agreed(house, house.complaint()), "1", done=MONDAY)
    lead.get("/money")
    with django_assert_max_num_queries(9):
        lead.get("/money")
    with django_assert_max_num_queries(6):
        page = lead.get("/money/rows", {"since": "2026-03-01", "until": "2026-03-31"})
    assert len(page.context["page"].rows) == 25
    rest = {"since": "2026-03-01", "until": "2026-03-31", "after": page.context["page"].after}
    assert len(lead.get("/money/rows", rest).context["page"].rows) == 5


def test_the_complaint_says_what_it_has_cost_so_far(house: House, lead: Client) -> None:
    case = house.complaint()
    agreement = agreed(house, case)
    promised(agreement, "40.10", amount="59.99", done=MONDAY)
    promised(agreement, "100")
    said = text(lead.get(f"/complaints/{case.key}"))
    assert "What it has cost Done" in said
    assert "40.10" in said
    assert "Still to do" in said
