"""A change of the rules never moves a running clock by itself."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from amends.cases import actions, house_rules, proposals
from amends.cases.clock_choices import choices_of
from amends.cases.models import Clock, Complaint, HouseRule, Office
from amends.cases.reckoning import office
from amends.kit.jobs import work_off
from tests.conftest import MONDAY, House
from tests.desk.grown_house import with_duty

RULE: dict[str, Any] = {
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


def test_the_house_is_its_first_row_however_they_lie_on_the_disk(house: House) -> None:
    """Two changes at once of a house that had none may leave two rows, and each change moves the row."""
    first = Office.objects.first() or Office.objects.create(version=1)
    Office.objects.create(country="PL", version=first.version)
    house_rules.change_office(at=MONDAY, by=house.lead, country="SE")
    assert (office().country, house_rules.current_office().country) == ("SE", "SE")


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


def test_a_rule_in_the_place_of_a_packs_keeps_what_the_law_permits(house: House) -> None:
    house_rules.change_office(country="PL", sector="finance")
    shorter = RULE | {"country": "PL", "sectors": ["finance"], "length": 20, "unit": "calendar days"}
    house_rules.set_rule(by=house.lead, at=MONDAY, name="pl-finance-answer", **shorter)
    clock = answer_clock(house.complaint(country="PL"))
    assert (clock.law, clock.law_due_at) == (
        "pl-finance-answer",
        datetime(2026, 3, 22, 22, 59, 59, tzinfo=UTC),
    )
    assert choices_of([clock])[clock.pk].extended == datetime(
        2026, 5, 1, 21, 59, 59, tzinfo=UTC
    )  # sixty days, in summer time


def test_a_rule_for_a_country_without_a_pack_holds_there(house: House) -> None:
    house_rules.set_rule(by=house.lead, at=MONDAY, name="ours", **(RULE | {"country": "JP"}))
    assert answer_clock(house.complaint(country="JP")).rule == "ours"
    assert answer_clock(house.complaint(country="SE")).rule == "house:answer"


def test_who_saw_an_older_state_changes_nothing(house: House) -> None:
    house_rules.change_office(country="SE", seen=0)
    for change in (
        lambda: house_rules.change_office(country="PL", seen=0),
        lambda: house_rules.set_rule(by=house.lead, at=MONDAY, name="ours", seen=0, **RULE),
        lambda: house_rules.drop_rule("ours", by=house.lead, at=MONDAY, seen=0),
    ):
        with pytest.raises(house_rules.Clash):
            change()
    assert (house_rules.current_office().country, house_rules.current_office().version) == ("SE", 1)
    assert not HouseRule.objects.exists()


def test_the_days_of_an_agreement_stay_where_no_law_is_earlier(house: House) -> None:
    """A duty's own day is that of the agreement, and not a usual promise of the house."""
    duty = with_duty(house)
    clock = Clock.objects.get(complaint=duty.complaint, kind="duty", stopped_at__isnull=True)
    assert (clock.rule, clock.due_at) == ("agreement", duty.due_at)
    Clock.objects.filter(pk=clock.pk).update(rule="gone", law="gone", due_at=duty.due_at - timedelta(days=1))
    assert proposals.propose(Clock.objects.filter(pk=clock.pk).select_related("complaint")) == 1
    clock.refresh_from_db()
    assert (clock.proposed_rule, clock.proposed_due_at) == ("agreement", duty.due_at)


def test_another_trade_proposes_and_does_not_move(house: House) -> None:
    case = house.complaint(country="PL", channel="letter", received_at=MONDAY - timedelta(days=3))
    before = answer_clock(case)
    actions.sort(
        case, by=house.actor(house.handler), at=MONDAY, title="It", category="product", severity=2,
        language="en", formal=True, to_executive=False, risk_public=False, sector="finance",
    )  # fmt: skip
    after = answer_clock(case)
    assert (after.due_at, after.law) == (before.due_at, "pl-consumer-answer")
    assert (after.proposed_due_at, after.proposed_rule) == (MONDAY + timedelta(days=14), "house:answer")


@pytest.mark.follows
def test_the_job_looks_at_all_of_them_some_at_a_time(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(proposals, "AT_ONCE", 2)
    cases = [house.complaint(country="SE") for _ in range(3)]
    strict(house)
    work_off()
    assert {answer_clock(case).proposed_due_at for case in cases} == {THURSDAY_NIGHT}
