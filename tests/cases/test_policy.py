"""A plan held against the policy in force and against the law, and what a complaint tells the policy."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

import pytest
from pytest_django import DjangoAssertNumQueries

from amends.cases import actions
from amends.cases.actions import Refused
from amends.cases.models import Complaint, Plan
from amends.cases.policy import judge, proposal_for
from amends.cases.situations import situations_of, situations_of_many, told_of
from amends.rules.lifecycle import Reason
from amends.rules.policy import Table
from tests.cases.with_policy import as_proposed, decided, in_force
from tests.conftest import MONDAY, House


def planned(house: House, case: Complaint, remedies: list[actions.RemedyDraft], departure: str = "") -> Plan:
    by = house.actor(house.handler)
    return actions.plan(case, by=by, at=MONDAY, currency="SEK", remedies=remedies, departure=departure)


def why_not_submitted(house: House, case: Complaint) -> tuple[Reason, ...]:
    with pytest.raises(Refused) as refused:
        actions.submit_plan(case, by=house.actor(house.handler), at=MONDAY)
    case.refresh_from_db()
    assert case.stage == "decided"
    return refused.value.reasons


def test_a_plan_as_proposed_says_by_which_version_and_departs_from_nothing(house: House) -> None:
    policy = in_force(house)
    case = decided(house)
    plan = planned(house, case, as_proposed(case), departure="Not needed")
    assert (plan.policy, plan.departs, plan.departure, plan.approve_level) == (policy, False, "", 1)
    assert plan.proposed["cost"] == "350.00"
    assert plan.proposed["names"] == {"faulty": "Faulty goods"}
    assert [(line["kind"], line["amount"], line["little_more"]) for line in plan.proposed["lines"]] == [
        ("refund", "300.00", False),
        ("goodwill", "50.00", True),
        ("apology", None, False),
    ]


def test_who_departs_says_why_before_it_goes_on(house: House) -> None:
    in_force(house)
    case = decided(house)
    refund, _, apology = as_proposed(case)
    less = [refund, apology]
    plan = planned(house, case, less)
    assert (plan.departs, plan.approve_level) == (True, 2)
    assert why_not_submitted(house, case) == (Reason.DEPARTURE_UNEXPLAINED,)
    plan = planned(house, case, less, departure="They want no money beside.")
    assert plan.departure == "They want no money beside."
    assert actions.submit_plan(case, by=house.actor(house.handler), at=MONDAY).stage == "awaiting_approval"


def test_without_a_policy_only_the_law_is_asked(house: House) -> None:
    case = decided(house)
    plan = planned(house, case, as_proposed(case))
    assert (plan.policy, plan.proposed, plan.departs, plan.below_floor) == (None, {}, False, [])
    plan = planned(house, case, [as_proposed(case)[1]])
    assert plan.below_floor == ["se-remedies"]
    assert why_not_submitted(house, case) == (Reason.BELOW_LEGAL_FLOOR,)


def test_once_the_customer_asked_for_something_else_a_price_reduction_is_enough(house: House) -> None:
    case = decided(house, country="PL")
    by, lead = house.actor(house.handler), house.actor(house.lead)
    discount = actions.RemedyDraft(
        kind="discount", description="A third", amount=Decimal(90), cost=Decimal(90)
    )
    assert planned(house, case, [discount]).below_floor == ["pl-repair-first"]
    repair = actions.RemedyDraft(kind="repair", description="A new seal", cost=Decimal(90))
    plan = actions.plan(
        case, by=by, at=MONDAY, currency="SEK", remedies=[replace(repair, issue=case.issues.get())]
    )
    case = actions.submit_plan(case, by=by, at=MONDAY)
    case = actions.approve(case, by=lead, at=MONDAY, plan=plan)
    offer = actions.offer(case, by=by, at=MONDAY, text="We repair it.")
    case = actions.counter(offer, by=by, at=MONDAY, words="I keep it for a third less.")
    assert planned(house, case, [discount]).below_floor == []


def test_a_plan_in_another_currency_departs(house: House) -> None:
    in_force(house)
    case = decided(house)
    judged = judge(case, as_proposed(case), currency="EUR", at=MONDAY)
    assert [one.kind for one in judged.differences] == ["goodwill", "refund"]


def test_the_figure_of_another_currency_is_not_the_whole_price(house: House) -> None:
    """300 EUR paid, 300 PLN given back: the law is not kept by the figure."""
    worth = {"value": Decimal(300), "value_currency": "EUR", "harm": "none"}
    case = decided(house, country="PL", worth=worth)
    refund = [as_proposed(case)[0]]
    assert judge(case, refund, currency="EUR", at=MONDAY).below_floor == ()
    below = judge(case, [replace(refund[0], amount=Decimal(299))], currency="EUR", at=MONDAY).below_floor
    assert below == ("pl-repair-first",)
    assert judge(case, refund, currency="PLN", at=MONDAY).below_floor == below


def test_nothing_is_proposed_before_anything_is_found(house: House) -> None:
    policy = in_force(house)
    said, considered = proposal_for(house.complaint(), MONDAY)
    assert said == policy
    assert (considered.situations, considered.proposal.lines) == ((), ())
    assert considered.proposal.currency == "SEK"


def test_what_a_complaint_tells_the_policy(house: House, later: Callable[[int], datetime]) -> None:
    decided(house, finding="untrue")
    first = decided(house, at=later(1))
    second = decided(house, at=later(2))
    house.customer.since, house.customer.purchases = date(2023, 3, 3), 7
    house.customer.save()
    (one,) = situations_of(Complaint.objects.get(pk=second.pk))
    assert (one.category, one.finding, one.value, one.currency) == (
        "product",
        "justified",
        Decimal(300),
        "SEK",
    )
    assert (one.harm, one.severity, one.country, one.sector) == ("inconvenience", 2, "SE", "consumer")
    assert (one.years, one.purchases, one.repeats, one.tried) == (3, 7, 1, False)
    (before,) = situations_of(Complaint.objects.get(pk=first.pk))
    assert (before.years, before.repeats) == (3, 0)


def test_without_a_value_the_countrys_own_currency_counts(house: House) -> None:
    case = decided(house, worth=None, country="PL")
    (one,) = situations_of(case)
    assert (one.value, one.currency, one.harm) == (None, "PLN", "none")


def test_many_are_read_with_the_same_number_of_queries(
    house: House, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    cases = [decided(house) for _ in range(4)]
    told = [told_of(case) for case in cases]
    with django_assert_num_queries(4):
        one = situations_of_many(told[:1])
    with django_assert_num_queries(4):
        all_ = situations_of_many(told)
    assert list(one) == [cases[0].pk]
    assert [all_[case.pk][0].repeats for case in cases] == [0, 1, 2, 3]


def test_what_holds_later_does_not_judge_today(house: House, later: Callable[[int], datetime]) -> None:
    in_force(house, at=later(1))
    case = decided(house)
    assert judge(case, [], currency="SEK", at=MONDAY).policy is None
    assert judge(case, [], currency="SEK", at=later(1)).policy is not None


def test_an_empty_table_says_nothing(house: House) -> None:
    in_force(house, Table())
    case = decided(house)
    plan = planned(house, case, as_proposed(case))
    assert (plan.departs, plan.proposed["rows"], plan.approve_level) == (False, [], 0)
