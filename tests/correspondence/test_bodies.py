"""Who outside can look at a decision: said in the customer's language, and only if it was looked up."""

import pytest

from amends.correspondence.blanks import FROM_THE_CASE
from amends.correspondence.bodies import bodies_for, where_to_turn
from amends.kit import clock
from tests.conftest import MONDAY, House


def test_a_swedish_letter_names_the_board_its_limit_and_its_fee(house: House) -> None:
    house.customer.language = "sv"
    said = where_to_turn(house.complaint(country="SE", language="sv"))
    assert said.replace("\xa0", " ") == (
        "Allmänna reklamationsnämnden (ARN), Box 174, 101 23 Stockholm, https://www.arn.se "
        "(för ärenden värda minst 750,00 kr; senast den 2 mars 2027; avgift 150,00 kr)"
    )


@pytest.mark.parametrize(
    ("country", "sector", "language", "said"),
    [
        ("PL", "finance", "pl", "Rzecznik Finansowy, https://rf.gov.pl"),
        ("PL", "telecom", "en", "Urząd Komunikacji Elektronicznej (UKE), https://uke.gov.pl"),
        ("JP", "consumer", "en", ""),
    ],
)
def test_each_trade_has_its_own(house: House, country: str, sector: str, language: str, said: str) -> None:
    assert where_to_turn(house.complaint(country=country, sector=sector, language=language)) == said


def test_a_time_that_counts_from_our_answer_counts_from_the_letter(house: House) -> None:
    case = house.complaint(country="MY", sector="finance", language="zh-hans")
    with clock.set_to(MONDAY):
        said = where_to_turn(case)
    assert "最迟于2026年9月2日提出" in said
    before = where_to_turn(case, decided=False)
    assert ("最迟于" in before, "Financial Markets Ombudsman Service" in before) == (False, True)


def test_what_was_not_looked_up_is_not_told_to_a_customer(house: House) -> None:
    case = house.complaint(country="US", sector="finance")
    told = {body.id for body in bodies_for(case)}
    kept_back = {body.id for body in bodies_for(case, verified=False)}
    assert told.isdisjoint(kept_back)
    assert all(body.web in where_to_turn(case) for body in bodies_for(case))
    assert not any(body.web in where_to_turn(case) for body in bodies_for(case, verified=False))


def test_whom_the_refusal_named_stands_in_later_letters(house: House) -> None:
    case = house.complaint(country="SE")
    case.referred_to = "The board of our trade"
    assert FROM_THE_CASE["where_to_turn"](case) == "The board of our trade"
