"""The ledger says what redress cost: done and owed, to the cent, however it is put together."""

from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from amends.cases.models import Remedy
from amends.insight.ledger import GROUPS, Ledger, State, Sums, Which
from tests.conftest import MONDAY, House
from tests.insight.bought import agreed, promised

DAY = timedelta(days=1)
ALL = Ledger()


def cost(which: Which = Which(), state: State = State.DONE, ledger: Ledger = ALL) -> Decimal:  # noqa: B008
    return sum((one.cost for one in ledger.sums(state, which)), Decimal(0))


def test_done_and_owed_stand_apart_and_so_do_what_customers_get_and_what_it_costs(house: House) -> None:
    agreement = agreed(house, house.complaint())
    promised(agreement, "40.10", amount="59.99", done=MONDAY + DAY)
    promised(agreement, "5.05", kind="gift", little_more=True, done=MONDAY + DAY)
    promised(agreement, "100", amount="100")
    promised(agreement, "7", drawn=False)
    assert ALL.sums(State.DONE) == [
        Sums(None, "SEK", 2, Decimal("59.99"), Decimal("45.15"), Decimal("0.00"), Decimal("5.05"))
    ]
    assert ALL.sums(State.OWED) == [
        Sums(None, "SEK", 2, Decimal("100.00"), Decimal("107.00"), Decimal("0.00"), Decimal("0.00"))
    ]
    assert cost(Which(little_more=True)) == Decimal("5.05")
    assert cost(Which(little_more=False)) == Decimal("40.10")


def test_currencies_are_never_added_up(house: House) -> None:
    case = house.complaint()
    for currency, sum_ in (("SEK", "10"), ("EUR", "0.10"), ("EUR", "0.20")):
        agreement = agreed(house, case, currency=currency)
        agreement.__class__.objects.filter(pk=agreement.pk).update(ended_at=MONDAY, ended_how="fulfilled")
        promised(agreement, sum_, done=MONDAY)
    found = [(one.currency, one.cost) for one in ALL.sums(State.DONE)]
    assert found == [("EUR", Decimal("0.30")), ("SEK", Decimal("10.00"))]


def test_what_was_done_stays_when_the_agreement_ends_and_what_was_not_is_owed_no_more(house: House) -> None:
    agreement = agreed(house, house.complaint())
    promised(agreement, "10", done=MONDAY)
    promised(agreement, "20")
    assert [cost(), cost(state=State.OWED)] == [Decimal(10), Decimal(20)]
    agreement.ended_at, agreement.ended_how = MONDAY + DAY, "withdrawn"
    agreement.save()
    assert [cost(), cost(state=State.OWED)] == [Decimal(10), Decimal(0)]


def test_a_plan_that_was_never_agreed_costs_nothing(house: House) -> None:
    agreement = agreed(house, house.complaint())
    promised(agreement, "10", drawn=False)
    agreement.delete()
    assert ALL.sums(State.OWED) == []


def test_days_count_in_the_houses_zone_and_both_ends_are_included(house: House, settings: Any) -> None:
    settings.TIME_ZONE = "Europe/Stockholm"
    agreement = agreed(house, house.complaint())
    late_on_monday = MONDAY.replace(hour=22, minute=59)  # 23:59 there
    promised(agreement, "1", done=late_on_monday)
    promised(agreement, "2", done=late_on_monday + timedelta(minutes=2))
    monday, tuesday = date(2026, 3, 2), date(2026, 3, 3)
    assert cost(Which(since=monday, until=monday)) == 1
    assert cost(Which(since=tuesday, until=tuesday)) == 2
    assert cost(Which(since=monday, until=tuesday)) == 3


def test_what_is_owed_counts_if_it_was_agreed_by_the_last_day(house: House) -> None:
    promised(agreed(house, house.complaint()), "30")
    february, march = date(2026, 2, 28), date(2026, 3, 31)
    assert cost(Which(until=february), State.OWED) == 0
    assert cost(Which(since=date(2026, 3, 20), until=march), State.OWED) == 30


def test_nobody_sees_a_case_in_which_they_are_complained_about(house: House) -> None:
    case = house.complaint()
    promised(agreed(house, case), "30", done=MONDAY)
    case.complained_about.add(house.lead)
    assert cost(ledger=Ledger(house.lead)) == 0
    assert list(Ledger(house.lead).listed(State.DONE)) == []
    assert cost(ledger=Ledger(house.handler)) == 30


def test_a_group_opens_into_exactly_its_rows(house: House) -> None:
    """By department, category, cause and country, also where something is not on file."""
    case, other = house.complaint(), house.complaint(category="billing")
    issue = case.issues.create(position=9, category="service", summary="…", cause="A seal was left out")
    first, second = agreed(house, case), agreed(house, other)
    promised(first, "1", done=MONDAY, department=house.warehouse, issue=issue)
    promised(first, "2", done=MONDAY)
    promised(second, "4", done=MONDAY, kind="repair")
    fields = {"kind": "kind", "department": "department", "category": "category", "cause": "cause",
              "country": "country"}  # fmt: skip
    for group, field in fields.items():
        for sums in ALL.sums(State.DONE, by=group):
            rows = ALL.rows(State.DONE, Which(currency=sums.currency, **{field: sums.key}))
            assert sum(row.cost or 0 for row in rows) == sums.cost, group
            assert rows.count() == sums.count
    by_cause = {one.key: one.cost for one in ALL.sums(State.DONE, by="cause")}
    assert by_cause == {issue.pk: 1, 0: 6}
    assert {one.key: one.cost for one in ALL.sums(State.DONE, by="month")} == {date(2026, 3, 1): 7}


ONE = st.tuples(
    st.decimals(min_value=0, max_value=Decimal("9999999999.99"), places=2),
    st.none() | st.decimals(min_value=0, max_value=Decimal("9999999999.99"), places=2),
    st.sampled_from(("SEK", "EUR", "PLN")),
    st.sampled_from(("refund", "gift", "repair")),
    st.booleans(),
    st.booleans(),
    st.integers(min_value=0, max_value=70),
)


@pytest.mark.django_db
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(rows=st.lists(ONE, max_size=8))
def test_by_whatever_they_are_put_together_they_add_up_to_the_cent(house: House, rows: list[Any]) -> None:
    undone = transaction.atomic()
    undone.__enter__()
    try:
        _promise(house, rows)
        exact = _exact()
        for by in ("", *GROUPS):
            for state in State:
                found: dict[Any, list[Decimal]] = defaultdict(lambda: [Decimal(0)] * 4)
                for one in ALL.sums(state, by=by):
                    parts = (one.amount, one.cost, one.more_amount, one.more_cost)
                    before = found[state, one.currency]
                    found[state, one.currency] = [a + b for a, b in zip(before, parts, strict=True)]
                assert found == {key: sums for key, sums in exact.items() if key[0] is state}
    finally:
        transaction.set_rollback(True)
        undone.__exit__(None, None, None)


def _promise(house: House, rows: list[Any]) -> None:
    for cost_, amount, currency, kind, more, done, days in rows:
        agreement = agreed(house, house.complaint(), currency=currency)
        at = MONDAY + days * DAY if done else None
        promised(agreement, cost_, amount=amount, kind=kind, little_more=more, done=at)


def _exact() -> dict[Any, list[Decimal]]:
    """The same added up one by one, of the rows as they are kept."""
    found: dict[Any, list[Decimal]] = {}
    for row in Remedy.objects.select_related("duty", "plan"):
        state = State.DONE if row.duty.done_at else State.OWED
        sums = found.setdefault((state, row.plan.currency), [Decimal(0)] * 4)
        amount, cost_ = row.amount or Decimal(0), row.cost or Decimal(0)
        parts = (amount, cost_, amount * row.little_more, cost_ * row.little_more)
        found[state, row.plan.currency] = [a + b for a, b in zip(sums, parts, strict=True)]
    return found


def test_one_query_however_much_there_is(house: House, django_assert_num_queries: Any) -> None:
    for _ in range(3):
        promised(agreed(house, house.complaint()), "1", done=MONDAY)
    with django_assert_num_queries(1):
        ALL.sums(State.DONE, by="department")
    with django_assert_num_queries(1):
        [row.plan.complaint.reference for row in ALL.listed(State.DONE)]
