"""A change of the rules never moves a running clock by itself."""

from datetime import UTC, datetime, timedelta

import pytest

from amends.cases import actions, house_rules, proposals
from amends.cases.models import Clock, Complaint, HouseRule
from tests.conftest import MONDAY, House

RULE = {
    "clock": "answer",
    "trigger": "received",
    "length": 3,
    "unit": "working days",
    "meets": "dispatch",
    "consequence": "none",
    "sectors": ["consumer"],
}
THURSDAY_NIGHT = datetime(2026, 3, 5, 22, 59, 59, tzinfo=UTC)


def answer_clock(case: Complaint) -> Clock:
    return Clock.objects.get(complaint=case, kind="answer", stopped_at__isnull=True)


def strict(house: House) -> HouseRule:
    return house_rules.set_rule(by=house.lead, at=MONDAY, name="ours", **RULE)


def test_a_new_rule_is_proposed_for_what_runs_and_holds_for_what_comes(house: House) -> None:
    runs = house.complaint(country="SE")
    strict(house)
    clock = answer_clock(runs)
    assert (clock.due_at, clock.proposed_due_at) == (MONDAY + timedelta(days=14), None)
    assert proposals.propose() == 1
    assert answer_clock(house.complaint(country="SE")).rule == "ours"
    clock.refresh_from_db()
    assert (clock.due_at, clock.rule) == (MONDAY + timedelta(days=14), "house:answer")
    assert (clock.proposed_due_at, clock.proposed_rule) == (THURSDAY_NIGHT, "ours")
    actions.move_clock(clock, by=house.actor(house.lead), at=MONDAY)
    clock.refresh_from_db()
    assert (clock.due_at, clock.rule, clock.law) == (THURSDAY_NIGHT, "ours", "ours")
    runs.refresh_from_db()
    assert runs.due_at == MONDAY + timedelta(days=1)  # the acknowledgement is still first


def test_a_rule_taken_back_takes_its_proposal_back(house: House) -> None:
    case = house.complaint(country="SE")
    strict(house)
    assert proposals.propose() == 1
    house_rules.drop_rule("ours", by=house.lead, at=MONDAY)
    assert proposals.propose() == 0
    clock = answer_clock(case)
    assert (clock.proposed_due_at, clock.proposed_rule) == (None, "")
    taken, back = HouseRule.objects.order_by("pk")
    assert (taken.replaced, taken.taken_back) == (True, False)
    assert (back.replaced, back.taken_back, back.by) == (True, True, house.lead)


def test_what_waits_was_extended_or_was_agreed_keeps_its_day(house: House) -> None:
    waits = house.complaint(country="SE")
    handler = house.actor(house.handler)
    actions.pause_clock(answer_clock(waits), by=handler, at=MONDAY, why="We wait for the photo.")
    Clock.objects.filter(complaint=house.complaint(country="SE"), kind="answer").update(extended=1)
    agreed = answer_clock(house.complaint(country="SE"))
    Clock.objects.filter(pk=agreed.pk).update(rule="agreement")
    strict(house)
    assert proposals.propose() == 0


def test_an_earlier_rule_of_the_same_name_is_kept_and_no_longer_holds(house: House) -> None:
    strict(house)
    house_rules.set_rule(by=house.lead, at=MONDAY, name="ours", **(RULE | {"length": 1}))
    assert list(HouseRule.objects.order_by("pk").values_list("length", "replaced")) == [(3, True), (1, False)]
    clock = answer_clock(house.complaint(country="SE"))
    assert clock.due_at == datetime(2026, 3, 3, 22, 59, 59, tzinfo=UTC)


@pytest.mark.parametrize("closed", [[], ["2026-03-03", "2026-03-04"]])
def test_days_on_which_the_house_is_closed_are_not_worked(house: House, closed: list[str]) -> None:
    strict(house)
    before = house_rules.current_office().version
    assert house_rules.change_office(closed_days=closed).version == before + 1
    clock = answer_clock(house.complaint(country="SE"))
    # With Tuesday and Wednesday closed, the third working day is the Monday after.
    assert clock.due_at == (datetime(2026, 3, 9, 22, 59, 59, tzinfo=UTC) if closed else THURSDAY_NIGHT)
