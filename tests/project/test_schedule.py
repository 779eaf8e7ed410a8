"""What time does to cases: each thing once, whoever looks at the clock and however often."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from amends.cases import actions
from amends.cases.models import Clock, Complaint, Event
from amends.kit.models import Scheduled
from amends.people.models import Customer
from amends.project.schedule import SCHEDULE, run_due, tick
from amends.rules.capabilities import SYSTEM
from amends.rules.facts import Reason
from tests.conftest import MONDAY, House
from tests.together import at_the_same_time

DAY = timedelta(days=1)


def events(name: str) -> int:
    return Event.objects.filter(name=name).count()


def following_up(house: House, **changes: object) -> Complaint:
    by = house.actor(house.handler)
    case = house.complaint(channel="phone", **changes)
    return actions.resolve_at_once(case, by=by, at=MONDAY, done="A new lid was handed over.")


def test_a_promise_that_ran_out_is_put_on_file_once(house: House) -> None:
    case = house.complaint()
    assert tick(MONDAY + DAY) == 0  # due at this very moment: still kept
    assert tick(MONDAY + DAY + timedelta(seconds=1)) == 1
    assert tick(MONDAY + 2 * DAY) == 0
    event = case.events.last()
    assert event is not None
    assert (event.name, event.actor_kind, event.data["clock"]) == (
        "clock.breached",
        "system",
        "acknowledgement",
    )
    assert Complaint.objects.get().stage == "received"


def test_a_stopped_clock_is_no_breach(house: House) -> None:
    case = house.complaint()
    actions.withdraw(case, by=SYSTEM, at=MONDAY)
    assert tick(MONDAY + 100 * DAY) == 0
    assert events("clock.breached") == 0


def test_who_comes_second_finds_nothing_left(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two workers read the same due clock; the other one is faster."""
    house.complaint()
    at = MONDAY + 2 * DAY
    report = actions.report_breach

    def beaten(clock: Clock, **more: Any) -> bool:
        report(Clock.objects.get(pk=clock.pk), **more)
        return report(clock, **more)

    monkeypatch.setattr(actions, "report_breach", beaten)
    assert tick(at) == 0
    assert events("clock.breached") == 1


def test_one_broken_case_does_not_keep_the_others_waiting(
    house: House, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    first, second = house.complaint(), house.complaint()
    report = actions.report_breach

    def broken(clock: Clock, **more: Any) -> bool:
        if clock.complaint_id == first.pk:
            raise RuntimeError("broken")
        return report(clock, **more)

    monkeypatch.setattr(actions, "report_breach", broken)
    assert tick(MONDAY + 2 * DAY) == 1
    assert [e.complaint_id for e in Event.objects.filter(name="clock.breached")] == [second.pk]
    assert "could not see to" in caplog.text


def offered(house: House) -> Any:
    by, at = house.actor(house.handler), MONDAY
    case = actions.acknowledge(house.complaint(), by=by, at=at, text="We are on it.")
    case = actions.assign(case, by=by, at=at, handler=house.handler)
    case = actions.investigate(case, by=by, at=at)
    case = actions.say_back(case, by=by, at=at, understood="The kettle leaks.")
    actions.find(case.issues.get(), by=by, at=at, finding="justified", reasons="A bad seal.")
    case = actions.decide(case, by=by, at=at)
    remedy = actions.RemedyDraft(
        kind="repair", description="At the bench", issue=case.issues.get(), cost=Decimal(0)
    )
    actions.plan(case, by=by, at=at, currency="SEK", remedies=[remedy])
    return actions.offer(case, by=by, at=at, text="We propose this.")


def test_an_offer_lapses_after_its_day_and_goes_back_to_the_handler(house: House) -> None:
    offer = offered(house)
    tick(offer.expires_at)
    assert Complaint.objects.get().stage == "offered"
    tick(offer.expires_at + timedelta(seconds=1))
    offer.refresh_from_db()
    assert (offer.answer, Complaint.objects.get().stage, events("offer.lapsed")) == ("lapsed", "decided", 1)
    tick(offer.expires_at + DAY)
    assert events("offer.lapsed") == 1
    assert not Event.objects.filter(name="clock.breached", data__clock="offer").exists()


def test_silence_is_asked_twice_and_then_taken_for_silence(house: House) -> None:
    case = following_up(house)
    assert tick(MONDAY + 6 * DAY) == 0
    for week in (1, 2):
        assert tick(MONDAY + week * 7 * DAY) == 1
        assert tick(MONDAY + week * 7 * DAY) == 0
        assert case.follow_ups.get().times_asked == week
    assert Complaint.objects.get().stage == "following_up"
    assert tick(MONDAY + 21 * DAY) == 1
    case = Complaint.objects.get()
    assert (case.stage, case.outcome) == ("closed", "silent")
    asked = case.messages.filter(purpose="follow_up")
    assert [m.author_name for m in asked] == ["Amends", "Amends"]
    assert "This is what was done:\nA new lid was handed over." in asked[0].body
    assert case.due_at is None


def test_who_was_taken_for_silent_is_asked_once_more_and_then_left(house: House) -> None:
    case = following_up(house)
    for week in (1, 2, 3):
        tick(MONDAY + week * 7 * DAY)
    closed = MONDAY + 21 * DAY
    assert tick(closed + 30 * DAY - timedelta(seconds=1)) == 0
    assert tick(closed + 30 * DAY) == 1
    assert case.messages.filter(purpose="follow_up").count() == 3
    assert tick(closed + 300 * DAY) == 0
    case.refresh_from_db()
    assert (case.stage, case.outcome, case.due_at) == ("closed", "silent", None)
    assert not Clock.objects.filter(stopped_at__isnull=True).exists()
    # Silence was not the last word: a yes still counts, once.
    case = actions.confirm(
        case, by=SYSTEM, at=closed + 40 * DAY, words="It works, sorry for the late answer."
    )
    assert (case.stage, case.outcome) == ("closed", "satisfied")
    with pytest.raises(actions.Refused) as refused:
        actions.confirm(case, by=SYSTEM, at=closed + 41 * DAY)
    assert refused.value.reasons == (Reason.ALREADY_DONE,)


def test_who_cannot_be_asked_once_more_or_wrote_meanwhile_is_left_in_peace(house: House) -> None:
    without_address, wrote = following_up(house), following_up(house)
    for week in (1, 2, 3):
        tick(MONDAY + week * 7 * DAY)
    gone = Customer.objects.create(name="Gone", language="en")
    Complaint.objects.filter(pk=without_address.pk).update(customer=gone)
    actions.hear(wrote, by=SYSTEM, at=MONDAY + 30 * DAY, words="I was away.")
    assert tick(MONDAY + 60 * DAY) == 2
    assert events("follow_up.let_rest") == 2
    assert events("follow_up.asked_once_more") == 0
    assert tick(MONDAY + 90 * DAY) == 0


def test_who_wrote_last_is_not_silent(house: House) -> None:
    """An answer by mail, read by nobody: the case is not closed over their head."""
    case = following_up(house)
    actions.hear(case, by=SYSTEM, at=MONDAY + 2 * DAY, words="The new lid leaks as well.")
    assert tick(MONDAY + 7 * DAY) == 1
    assert (events("follow_up.asked"), events("clock.breached")) == (0, 1)
    with pytest.raises(actions.Refused) as refused:
        actions.close_as_silent(case, by=SYSTEM, at=MONDAY + 8 * DAY)
    assert Reason.CUSTOMER_SPOKE in refused.value.reasons
    # Once somebody answered, the asking goes on in its rhythm.
    by = house.actor(house.handler)
    actions.write(case, by=by, at=MONDAY + 8 * DAY, text="We send another one.")
    assert tick(MONDAY + 14 * DAY) == 0
    assert tick(MONDAY + 15 * DAY) == 1
    assert events("follow_up.asked") == 1


def test_who_was_told_no_is_asked_whether_the_answer_was_clear(house: House) -> None:
    by, at = house.actor(house.handler), MONDAY
    case = actions.acknowledge(house.complaint(), by=by, at=at, text="We are on it.")
    case = actions.assign(case, by=by, at=at, handler=house.handler)
    case = actions.investigate(case, by=by, at=at)
    case = actions.say_back(case, by=by, at=at, understood="The kettle leaks.")
    actions.find(case.issues.get(), by=by, at=at, finding="untrue", reasons="It was boiled dry.")
    case = actions.decide(case, by=by, at=at)
    case = actions.refuse(
        case, by=by, at=at, text="We are sorry: no.", where_to_turn="ARN, Box 174, Stockholm"
    )
    assert tick(MONDAY + 7 * DAY) == 1
    asked = case.messages.get(purpose="follow_up")
    assert asked.subject == "Your complaint 2026-00001: was our answer clear?"
    assert "ARN, Box 174, Stockholm" in asked.body


def test_without_an_address_a_person_is_shown_that_a_call_is_due(house: House) -> None:
    house.customer.email = ""
    house.customer.save()
    case = following_up(house)
    assert tick(MONDAY + 7 * DAY) == 1
    assert tick(MONDAY + 8 * DAY) == 0
    event = case.events.last()
    assert event is not None
    assert (event.name, event.data["clock"]) == ("clock.breached", "follow_up")
    assert case.follow_ups.get().times_asked == 0


def test_a_formal_complaint_without_a_written_answer_is_not_closed_as_silent(house: House) -> None:
    case = following_up(house, formal=True)
    for week in (1, 2, 3, 4):
        tick(MONDAY + week * 7 * DAY)
    case = Complaint.objects.get()
    assert (case.stage, case.follow_ups.get().times_asked) == ("following_up", 2)
    assert events("clock.breached") == 1


def test_who_answered_meanwhile_is_not_asked(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """The clock was read as due, then the customer said yes before the case was locked."""
    from amends.correspondence import asking

    case = following_up(house)
    see_to = asking._see_to

    def late(clock: Clock, at: datetime) -> bool:
        actions.confirm(clock.complaint, by=SYSTEM, at=at)
        return see_to(clock, at)

    monkeypatch.setattr(asking, "_see_to", late)
    assert tick(MONDAY + 7 * DAY) == 0
    assert Complaint.objects.get().outcome == "satisfied"
    assert not case.messages.filter(purpose="follow_up").exists()


def test_the_schedule_runs_its_lines_when_they_are_due(house: House) -> None:
    house.complaint()
    at = MONDAY + 2 * DAY
    assert run_due(at) == [line.name for line in SCHEDULE]
    assert events("clock.breached") == 1
    assert run_due(at + timedelta(seconds=5)) == []
    assert run_due(at + timedelta(seconds=10)) == ["take over jobs of dead workers"]
    assert Scheduled.objects.count() == len(SCHEDULE)


def test_two_workers_at_the_same_time_do_each_thing_once(committed: None) -> None:
    house = House()
    late = [house.complaint() for _ in range(4)]
    silent = [following_up(house) for _ in range(4)]
    at = MONDAY + 7 * DAY + timedelta(hours=1)
    # Acknowledgement and update are late, the case rises once for both, the silent ones are asked.
    assert sum(at_the_same_time(2, lambda _: tick(at))) == 4 * 3 + 4
    assert {case.watch_level for case in Complaint.objects.filter(pk__in=[one.pk for one in late])} == {1}
    assert events("clock.breached") == 2 * len(late)
    assert [case.follow_ups.get().times_asked for case in silent] == [1] * 4
