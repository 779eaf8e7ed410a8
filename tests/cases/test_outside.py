"""Bodies outside that have the complaint, and goods that came back: clocks that the law begins there."""

from datetime import UTC, datetime, timedelta

import pytest

from amends.cases import actions
from amends.cases.actions import Refused
from amends.cases.models import Clock, Complaint, Event, Proceeding
from amends.cases.moments import moments_of
from amends.people.actors import customer_actor
from amends.project.schedule import tick
from amends.rules.deadlines import ClockKind
from amends.rules.facts import Reason
from amends.rules.statutes import Trigger
from tests.cases.with_duties import REFUND, signed
from tests.conftest import MONDAY, House

FRIDAY_BEFORE = MONDAY - timedelta(days=3)


def handed_over(house: House, case: Complaint, **changes: object) -> Proceeding:
    said: dict[str, object] = {"body": "The Board", "since": FRIDAY_BEFORE, "at": MONDAY}
    return actions.go_outside(case, by=house.actor(house.handler), **(said | changes))  # type: ignore[arg-type]


def its_clock(case: Complaint) -> Clock:
    return Clock.objects.get(complaint=case, kind=ClockKind.BODY, stopped_at__isnull=True)


def test_the_clock_of_the_body_counts_from_when_it_handed_the_complaint_over(house: House) -> None:
    """The BBB asks for an answer in 14 calendar days; ours would be due three days later."""
    case = house.complaint(country="US")
    handed_over(house, case)
    clock = its_clock(case)
    assert clock.rule == "us-bbb-answer"
    assert clock.due_at == datetime(2026, 3, 13, 22, 59, 59, tzinfo=UTC)
    assert clock.started_at == MONDAY
    assert moments_of(clock)[Trigger.HANDED_OVER] == FRIDAY_BEFORE


def test_what_the_body_asks_counts_where_it_is_sooner_and_a_promise_where_nobody_asks(house: House) -> None:
    soon = MONDAY + timedelta(days=4)
    first, second = house.complaint(country="US"), house.complaint(country="GB")
    handed_over(house, first, answer_by=soon)
    handed_over(house, second)
    assert (its_clock(first).rule, its_clock(first).due_at) == ("body", soon)
    assert (its_clock(second).rule, its_clock(second).due_at) == ("house:body", MONDAY + timedelta(days=14))


def test_who_only_turned_to_a_body_is_heard_of_by_its_own_time(house: House) -> None:
    """A Chinese authority tells the customer within seven working days: then we look how it stands."""
    case = house.complaint(country="CN")
    row = handed_over(house, case, wants_answer=False, answer_by=MONDAY + timedelta(days=1))
    assert row.answer_by is None  # it asked us nothing
    assert its_clock(case).rule == "cn-authority-informs"
    assert its_clock(case).due_at < MONDAY + timedelta(days=14)


def test_it_is_over_once_and_with_words(house: House) -> None:
    case = house.complaint(country="US")
    row = handed_over(house, case)
    by = house.actor(house.handler)
    with pytest.raises(Refused) as refused:
        actions.end_outside(row, by=by, at=MONDAY, outcome=" ")
    assert refused.value.reasons == (Reason.NOTHING_WRITTEN,)
    actions.end_outside(row, by=by, at=MONDAY + timedelta(days=1), outcome="We sent our answer.")
    row.refresh_from_db()
    assert (row.outcome, row.ended_at) == ("We sent our answer.", MONDAY + timedelta(days=1))
    assert not Clock.objects.filter(complaint=case, kind=ClockKind.BODY, stopped_at__isnull=True).exists()
    with pytest.raises(Refused) as refused:
        actions.end_outside(row, by=by, at=MONDAY + timedelta(days=2), outcome="Again.")
    assert refused.value.reasons == (Reason.ALREADY_DONE,)


def test_one_body_at_a_time_and_another_afterwards(house: House) -> None:
    case = house.complaint(country="US")
    row = handed_over(house, case)
    with pytest.raises(Refused) as refused:
        handed_over(house, case, body="Another")
    assert refused.value.reasons == (Reason.ALREADY_DONE,)
    assert Proceeding.objects.get() == row
    actions.end_outside(row, by=house.actor(house.handler), at=MONDAY, outcome="Closed.")
    assert handed_over(house, case, body="Another").body == "Another"


def test_what_came_of_it_is_noted_after_the_end_too_and_another_body_may_come(house: House) -> None:
    case = house.complaint(country="US")
    row, by = handed_over(house, case), house.actor(house.handler)
    case = actions.withdraw(case, by=customer_actor(house.customer), at=MONDAY)
    assert not Clock.objects.filter(complaint=case, stopped_at__isnull=True).exists()
    actions.end_outside(row, by=by, at=MONDAY + timedelta(days=1), outcome="It closed the matter.")
    case.refresh_from_db()
    assert (case.stage, case.due_at) == ("withdrawn", None)
    case = actions.reopen(
        case, by=house.actor(house.lead), at=MONDAY + timedelta(days=2), why="The Board asks again."
    )
    handed_over(house, case, at=MONDAY + timedelta(days=2))
    assert its_clock(case).rule == "us-bbb-answer"


def test_nobody_named_and_a_day_to_come_are_refused(house: House) -> None:
    case = house.complaint()
    with pytest.raises(Refused) as refused:
        handed_over(house, case, body="  ")
    assert refused.value.reasons == (Reason.NO_THIRD_PARTY,)
    with pytest.raises(ValueError, match="future"):
        handed_over(house, case, since=MONDAY + timedelta(minutes=1))
    assert not Proceeding.objects.exists()


def test_an_answer_that_is_late_is_told_once_and_goes_higher(house: House) -> None:
    case = house.complaint(country="US")
    actions.acknowledge(case, by=house.actor(house.handler), at=MONDAY, text="We are on it.")
    handed_over(house, case)
    late = its_clock(case).due_at + timedelta(hours=1)
    tick(late)
    tick(late + timedelta(hours=1))
    told = [e for e in Event.objects.filter(name="clock.breached") if e.data["clock"] == ClockKind.BODY]
    assert len(told) == 1
    assert its_clock(case).rise_at is not None


def test_a_refund_counts_from_when_the_goods_came_back_where_a_law_says_so(house: House) -> None:
    """In China seven days from then; agreed were ten from the signature."""
    case = signed(house, [REFUND], country="CN")
    actions.draw_up_duties(case, by=house.actor(house.handler), at=MONDAY)
    case = actions.fulfil(case, by=house.actor(house.handler), at=MONDAY)
    agreed = Clock.objects.get(complaint=case, kind=ClockKind.DUTY, stopped_at__isnull=True)
    assert agreed.rule == "agreement"
    case = actions.goods_back(case, by=house.actor(house.packer), at=MONDAY, since=FRIDAY_BEFORE)
    clock = Clock.objects.get(complaint=case, kind=ClockKind.DUTY, stopped_at__isnull=True)
    assert clock.rule == "cn-refund-after-return"
    assert clock.due_at < agreed.due_at
    assert case.due_at is not None
    assert case.due_at <= clock.due_at


def test_goods_that_come_back_to_a_place_without_such_a_law_move_nothing(house: House) -> None:
    case = signed(house, [REFUND], country="SE")
    actions.draw_up_duties(case, by=house.actor(house.handler), at=MONDAY)
    case = actions.fulfil(case, by=house.actor(house.handler), at=MONDAY)
    before = list(Clock.objects.order_by("pk").values())
    actions.goods_back(case, by=house.actor(house.packer), at=MONDAY, since=FRIDAY_BEFORE)
    assert list(Clock.objects.order_by("pk").values()) == before
    assert Event.objects.get(name="goods.came_back").data["since"] == FRIDAY_BEFORE.isoformat()
