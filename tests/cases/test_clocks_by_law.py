"""A case goes by the strictest of what the house promised and what the law asks."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from amends.cases import actions
from amends.cases.actions import ClockStopped, Refused
from amends.cases.clock_choices import may_pause
from amends.cases.models import Clock, Complaint, HouseRule, Office
from amends.cases.reckoning import Reckoning
from amends.cases.verify import verify_one
from amends.people.models import StaffMember
from amends.rules.capabilities import SYSTEM
from amends.rules.lifecycle import Reason
from amends.rules.statutes import Trigger
from tests.conftest import MONDAY, House

STOCKHOLM = ZoneInfo("Europe/Stockholm")


def running(case: Complaint, kind: str) -> Clock:
    return Clock.objects.get(complaint=case, kind=kind, stopped_at__isnull=True)


def office(**fields: object) -> Office:
    return Office.objects.create(**fields)


def house_rule(by: StaffMember, **fields: object) -> HouseRule:
    rule = {
        "name": "house-answer",
        "clock": "answer",
        "trigger": "received",
        "length": 3,
        "unit": "working days",
        "meets": "dispatch",
        "consequence": "none",
        "sectors": ["consumer"],
        "at": MONDAY,
        "by": by,
    }
    return HouseRule.objects.create(**(rule | fields))


def test_the_house_promise_holds_where_no_law_is_stricter(house: House) -> None:
    case = house.complaint(country="SE")
    clock = running(case, "answer")
    assert (clock.rule, clock.law, clock.consequence) == ("house:answer", "", "")
    assert clock.due_at == MONDAY + timedelta(days=14)


def test_the_law_stays_in_sight_where_the_house_promised_to_be_faster(house: House) -> None:
    """Fourteen days to the hour are over before the fourteenth day is."""
    clock = running(house.complaint(country="PL"), "answer")
    assert (clock.rule, clock.due_at) == ("house:answer", MONDAY + timedelta(days=14))
    assert (clock.law, clock.consequence) == ("pl-consumer-answer", "accepted")
    assert clock.law_due_at == datetime(2026, 3, 16, 22, 59, 59, tzinfo=UTC)


def test_a_polish_letter_of_friday_counts_from_friday(house: House) -> None:
    friday = MONDAY - timedelta(days=3)
    case = house.complaint(country="PL", channel="letter", received_at=friday)
    clock = running(case, "answer")
    assert (clock.rule, clock.consequence) == ("pl-consumer-answer", "accepted")
    # The last second of the fourteenth day after 27 February, in the house's zone (Stockholm).
    assert clock.due_at == datetime(2026, 3, 13, 22, 59, 59, tzinfo=UTC)
    assert clock.warn_at == clock.due_at - (clock.due_at - MONDAY) * 0.25


def test_what_costs_more_presses_earlier(house: House) -> None:
    polish = house.complaint(country="PL")
    swedish = house.complaint(country="SE")
    actions.acknowledge(polish, by=house.actor(house.handler), at=MONDAY, text="We know.")
    actions.acknowledge(swedish, by=house.actor(house.handler), at=MONDAY, text="We know.")
    polish.refresh_from_db()
    swedish.refresh_from_db()
    assert polish.due_at == swedish.due_at == MONDAY + timedelta(days=5)  # the next word is due first
    assert polish.pressing_at is not None
    assert swedish.pressing_at == swedish.due_at
    assert polish.pressing_at == polish.due_at  # 7 March; the law's week of head start begins on the 9th
    actions.write(polish, by=house.actor(house.handler), at=MONDAY + timedelta(days=4), text="Still at it.")
    polish.refresh_from_db()
    assert polish.due_at == MONDAY + timedelta(days=9)
    law_due = running(polish, "answer").law_due_at
    assert law_due is not None
    assert polish.pressing_at == law_due - timedelta(days=7)


def test_a_rule_that_begins_with_the_acknowledgement_shortens_what_runs(house: House) -> None:
    office(sector="housing", country="GB")
    case = house.complaint(country="GB")
    assert running(case, "answer").rule == "house:answer"
    later = MONDAY + timedelta(hours=1)
    actions.acknowledge(case, by=house.actor(house.handler), at=later, text="We know.")
    clock = running(case, "answer")
    assert (
        clock.rule == "house:answer"
    )  # ten working days are as long as fourteen days, and end in the evening
    strict = house_rule(house.lead, trigger="acknowledged", length=2, sectors=["housing"])
    Office.objects.update(version=1)
    other = house.complaint(country="GB")
    actions.acknowledge(other, by=house.actor(house.handler), at=later, text="We know.")
    assert running(other, "answer").rule == strict.name
    assert Clock.objects.filter(complaint=other, kind="answer").count() == 2


def test_the_house_adds_and_switches_off(house: House) -> None:
    office(country="PL", closed_days=["2026-03-03"])
    house_rule(house.lead)
    case = house.complaint(country="PL")
    clock = running(case, "answer")
    # Tuesday is closed; Wednesday, Thursday, Friday are the three.
    assert (clock.rule, clock.due_at) == ("house-answer", datetime(2026, 3, 6, 22, 59, 59, tzinfo=UTC))
    HouseRule.objects.update(replaced=True)
    house_rule(house.lead, name="pl-consumer-answer", off=True)
    Office.objects.update(version=1)
    assert running(house.complaint(country="PL"), "answer").rule == "house:answer"
    named = [one.id for one in Reckoning(case).rules(date(2026, 3, 2))]
    assert "pl-consumer-answer" not in named


def test_a_rule_of_the_house_may_end_on_the_next_working_day(house: House) -> None:
    office(country="SE")
    row = house_rule(house.lead, length=5, unit="calendar days")
    assert running(house.complaint(country="SE"), "answer").due_at.date() == date(2026, 3, 7)  # a Saturday
    HouseRule.objects.filter(pk=row.pk).update(rolls=True)
    Office.objects.update(version=1)
    assert running(house.complaint(country="SE"), "answer").due_at.date() == date(2026, 3, 9)


def test_all_rules_stay_visible_the_strictest_first(house: House) -> None:
    case = house.complaint(country="PL")
    found = Reckoning(case).by_law({Trigger.RECEIVED: MONDAY})
    assert [one.rule.id for one in found] == [
        "iso-10002-acknowledgement",
        "iso-10002-update",
        "pl-consumer-answer",
    ]


def test_a_promise_of_the_house_waits_for_the_customer_and_goes_on(house: House) -> None:
    case = house.complaint(country="SE")
    handler = house.actor(house.handler)
    clock = running(case, "answer")
    actions.pause_clock(clock, by=handler, at=MONDAY + timedelta(days=1), why="We wait for the photo.")
    clock.refresh_from_db()
    assert clock.why_paused == "We wait for the photo."
    with pytest.raises(ClockStopped):
        actions.report_breach(clock, by=SYSTEM, at=MONDAY + timedelta(days=20))
    actions.resume_clock(clock, by=handler, at=MONDAY + timedelta(days=4))
    clock.refresh_from_db()
    assert (clock.paused_at, clock.due_at) == (None, MONDAY + timedelta(days=17))


def test_a_law_that_knows_no_pause_is_not_paused(house: House) -> None:
    case = house.complaint(country="PL")
    clock = running(case, "answer")
    with pytest.raises(Refused) as refused:
        actions.pause_clock(clock, by=house.actor(house.handler), at=MONDAY, why="We wait.")
    assert refused.value.reasons == (Reason.NO_PAUSE,)
    clock.refresh_from_db()
    assert clock.paused_at is None


def test_what_waits_goes_on_when_a_law_begins_that_knows_no_pause(house: House) -> None:
    """Ten working days after the acknowledgement, for British housing: Tuesday 17 March."""
    case = house.complaint(country="GB", sector="housing")
    by = house.actor(house.handler)
    actions.pause_clock(running(case, "answer"), by=by, at=MONDAY, why="The customer sends a photo.")
    tuesday = MONDAY + timedelta(days=1)
    actions.acknowledge(case, by=by, at=tuesday, text="I read your letter today.")
    clock = running(case, "answer")
    assert (clock.paused_at, clock.rule, clock.law) == (None, "house:answer", "uk-housing-stage-1")
    assert clock.due_at == MONDAY + timedelta(days=15)  # a day later, as long as it stood
    assert clock.law_due_at == datetime(2026, 3, 17, 23, 59, 59, tzinfo=STOCKHOLM)
    assert not may_pause(clock)
    assert case.events.filter(name="clock.resumed").count() == 1
    assert list(verify_one(Complaint.objects.get(pk=case.pk))) == []


def test_a_longer_time_is_taken_once_and_with_a_letter(house: House) -> None:
    office(sector="finance", country="PL")
    case = house.complaint(country="PL")
    handler = house.actor(house.handler)
    clock = running(case, "answer")
    assert clock.law == "pl-finance-answer"
    with pytest.raises(Refused) as refused:
        actions.extend_clock(clock, by=handler, at=MONDAY, text="")
    assert refused.value.reasons == (Reason.NOTHING_WRITTEN,)
    actions.extend_clock(clock, by=handler, at=MONDAY, text="It takes longer, because …")
    clock.refresh_from_db()
    assert (clock.due_at, clock.extended) == (datetime(2026, 5, 1, 21, 59, 59, tzinfo=UTC), 1)
    assert case.messages.get().body == "It takes longer, because …"
    with pytest.raises(Refused) as refused:
        actions.extend_clock(clock, by=handler, at=MONDAY, text="And longer.")
    assert refused.value.reasons == (Reason.NO_EXTENSION,)


def test_a_proposed_day_holds_once_it_is_confirmed(house: House) -> None:
    case = house.complaint(country="SE")
    clock = running(case, "answer")
    proposed = MONDAY + timedelta(days=7)
    with pytest.raises(Refused):
        actions.move_clock(clock, by=house.actor(house.lead), at=MONDAY)
    Clock.objects.filter(pk=clock.pk).update(proposed_due_at=proposed, proposed_rule="house-answer")
    actions.move_clock(clock, by=house.actor(house.lead), at=MONDAY)
    clock.refresh_from_db()
    assert (clock.due_at, clock.rule, clock.proposed_due_at) == (proposed, "house-answer", None)
    moved = case.events.get(name="clock.moved")
    assert moved.data["old_rule"] == "house:answer"


def test_a_warning_is_put_on_file_once(house: House) -> None:
    clock = running(house.complaint(), "answer")
    assert actions.report_warning(clock, by=SYSTEM, at=MONDAY)
    with pytest.raises(ClockStopped):
        actions.report_warning(clock, by=SYSTEM, at=MONDAY)


def test_the_share_that_warns_is_the_houses(house: House) -> None:
    office(warn_share=Decimal("0.50"))
    clock = running(house.complaint(country="SE"), "answer")
    assert clock.warn_at == MONDAY + timedelta(days=7)
