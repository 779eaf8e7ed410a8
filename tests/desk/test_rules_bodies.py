"""The page of the rules names the bodies outside to which customers can turn, as letters do."""

from datetime import timedelta

from django.test import Client

from amends.kit import clock
from tests.conftest import MONDAY, House


def shown(house: House, **asked: str) -> str:
    client = Client()
    client.force_login(house.handler)
    with clock.set_to(MONDAY + timedelta(hours=1)):
        return client.get("/rules", asked).content.decode()


def test_a_body_stands_with_its_address_sums_and_fee_and_where_it_was_read(house: House) -> None:
    page = shown(house, country="SE", sector="consumer", region="", received="2026-03-02")
    part = page[page.index('id="bodies-name"') :]
    assert "Where the customer can turn" in part
    assert "Allmänna reklamationsnämnden" in part
    assert "https://www.arn.se" in part
    assert "read in" in part


def test_one_that_nobody_verified_is_marked(house: House) -> None:
    page = shown(house, country="AU", sector="finance", region="", received="2026-03-02")
    rows = page[page.index('id="bodies-name"') :].split('<li class="row">')[1:]
    assert ["au-afca" in row for row in rows] == ["Not verified" in row for row in rows]
    assert "au-afca" in rows[-1]


def test_another_trade_has_other_bodies(house: House) -> None:
    consumer, finance = (
        shown(house, country="GB", sector=sector, region="", received="2026-03-02")
        for sector in ("consumer", "finance")
    )
    assert "Financial Ombudsman" in finance
    assert "Financial Ombudsman" not in consumer


def test_until_when_one_may_turn_to_it_is_said_as_a_length(house: House) -> None:
    page = shown(house, country="MY", sector="finance", region="", received="2026-03-02")
    assert "6 months from when the final answer was given" in page[page.index('id="bodies-name"') :]
