"""No open complaint passes its update date without word, or a task that is somebody's and late."""

from datetime import timedelta

import pytest
from django.db.models import F

from amends.cases import actions, today
from amends.cases.clocks import report_breaches
from amends.cases.models import Clock, Complaint, Message
from amends.cases.rhythm import silent_cases
from amends.people.models import Role, StaffMember
from amends.project.schedule import tick
from amends.rules.capabilities import SYSTEM
from amends.rules.facts import Reason
from tests.conftest import MONDAY, House
from tests.desk.grown import grow

DAY = timedelta(days=1)
YEAR = MONDAY + timedelta(days=365)


def assigned(house: House, **changes: object) -> Complaint:
    case = house.complaint(**changes)
    return actions.assign(case, by=house.actor(house.handler), at=MONDAY, handler=house.handler)


def beat(case: Complaint) -> Clock:
    return Clock.objects.get(complaint=case, kind="update", stopped_at__isnull=True)


def test_at_every_stage_somebody_is_shown_that_word_is_due(house: House) -> None:
    stages = []
    for case in grow(house):
        case.refresh_from_db()
        if not case.is_open:
            break
        stages.append(case.stage)
        rhythm = "follow_up" if case.stage == "following_up" else "update"
        assert Clock.objects.filter(complaint=case, kind=rhythm, stopped_at__isnull=True).count() == 1
        assert not silent_cases(MONDAY + 9 * DAY).exists()
        assert not silent_cases(YEAR).exists()  # late by then, and it shows
        mine, free = today.on_my_desk(house.handler), today.without_handler(house.lead, YEAR)
        assert [*mine, *free] == [case]
    assert len(stages) == 9


def test_a_year_of_forgetting_leaves_nobody_silent(house: House) -> None:
    """Nobody does anything: each case comes before the eyes of the top, and stays where it lies."""
    case = assigned(house)
    for day in range(0, 60, 2):
        tick(MONDAY + day * DAY)
        assert not silent_cases(MONDAY + day * DAY).exists()
    case.refresh_from_db()
    assert (case.level, case.watch_level, case.handler) == (0, 3, house.handler)
    assert list(today.climbed(house.lead)) == [case]
    assert list(today.climbed(house.handler)) == []


def test_a_case_without_the_beat_is_silent(house: House) -> None:
    case = assigned(house)
    Clock.objects.filter(complaint=case, kind="update").delete()
    assert list(silent_cases(MONDAY)) == [case]


def test_a_row_that_does_not_say_that_it_is_late_is_silent(house: House) -> None:
    case = assigned(house)
    Complaint.objects.update(due_at=F("due_at") + timedelta(days=300))
    assert list(silent_cases(MONDAY + 5 * DAY)) == []
    assert list(silent_cases(MONDAY + 6 * DAY)) == [case]


def test_who_left_the_house_leaves_nothing_behind_unseen(house: House) -> None:
    case = assigned(house)
    StaffMember.objects.filter(pk=house.handler.pk).update(is_active=False)
    assert list(today.left_behind(house.lead)) == [case]
    assert list(silent_cases(YEAR)) == []
    StaffMember.objects.filter(role__name="lead").update(is_active=False)
    assert list(silent_cases(YEAR)) == [case]
    StaffMember.objects.filter(pk=house.colleague.pk).update(role=Role.objects.get(name="administrator"))
    assert list(silent_cases(YEAR)) == []


def test_what_only_somebody_complained_about_would_see_nobody_sees(house: House) -> None:
    case = house.complaint(complained_about=[house.lead])
    assert list(silent_cases(YEAR)) == [case]
    house.staff("Hedda Head", "head")
    assert list(silent_cases(YEAR)) == []


@pytest.mark.parametrize("status", ["failed", "bounced", "uncertain", "returned"])
def test_words_that_did_not_arrive_are_somebodys_also_without_a_handler(house: House, status: str) -> None:
    case = house.complaint()
    case = actions.write(case, by=house.actor(house.handler), at=MONDAY, text="We look into it.")
    Message.objects.update(status=status)
    assert [m.complaint for m in today.not_delivered(house.lead)] == [case]
    assert list(today.not_delivered(house.handler)) == []
    case = actions.assign(case, by=house.actor(house.handler), at=MONDAY, handler=house.handler)
    assert list(today.not_delivered(house.lead)) == []
    assert [m.complaint for m in today.not_delivered(house.handler)] == [case]
    StaffMember.objects.filter(pk=house.handler.pk).update(is_active=False)
    assert [m.complaint for m in today.not_delivered(house.lead)] == [case]


@pytest.mark.parametrize("kind", ["update", "acknowledgement", "review"])
def test_the_beat_never_waits_for_the_customer(house: House, kind: str) -> None:
    case = assigned(house)
    clock = Clock.objects.get(complaint=case, kind=kind)
    with pytest.raises(actions.Refused) as refused:
        actions.pause_clock(clock, by=house.actor(house.handler), at=MONDAY, why="We wait.")
    assert refused.value.reasons == (Reason.NO_PAUSE,)
    clock.refresh_from_db()
    assert clock.paused_at is None


def test_a_word_after_all_is_done_puts_off_the_next_question(house: House) -> None:
    case = actions.resolve_at_once(
        house.complaint(channel="phone"), by=house.actor(house.handler), at=MONDAY, done="A new lid."
    )
    by = house.actor(house.handler)
    case = actions.write(case, by=by, at=MONDAY + 3 * DAY, text="The lid is on its way.")
    running = Clock.objects.filter(complaint=case, stopped_at__isnull=True)
    assert sorted(running.values_list("kind", "due_at")) == [
        ("follow_up", MONDAY + 10 * DAY),
        ("review", MONDAY + 30 * DAY),
    ]
    assert case.due_at == MONDAY + 10 * DAY


# --- no breach between two ticks ----------------------------------------------------------------


def breaches(case: Complaint) -> list[tuple[str, str]]:
    rows = case.events.filter(name="clock.breached").order_by("number")
    return [(event.data["clock"], event.actor_kind) for event in rows]


def test_a_step_that_stops_a_late_clock_reports_it(house: House) -> None:
    case = assigned(house)
    by = house.actor(house.handler)
    late = MONDAY + 2 * DAY
    case = actions.acknowledge(case, by=by, at=late, text="We are on it.")
    assert breaches(case) == [("acknowledgement", "system")]
    clock = Clock.objects.get(complaint=case, kind="acknowledgement")
    assert (clock.breached_at, clock.stopped_at) == (late, late)
    assert report_breaches(late) == 0
    last = case.events.last()
    assert last is not None
    assert last.name == "complaint.acknowledged"


def test_one_that_was_reported_is_not_reported_again_by_the_step(house: House) -> None:
    case = assigned(house)
    late = MONDAY + 2 * DAY
    assert report_breaches(late) == 1
    case = actions.acknowledge(case, by=house.actor(house.handler), at=late, text="We are on it.")
    assert breaches(case) == [("acknowledgement", "system")]


@pytest.mark.parametrize("noticed", [False, True])
def test_what_ran_out_does_not_wait(house: House, noticed: bool) -> None:
    case = assigned(house, country="SE")
    clock = Clock.objects.get(complaint=case, kind="answer")
    late = clock.due_at + DAY
    if noticed:
        report_breaches(late)
    clock.refresh_from_db()
    with pytest.raises(actions.Refused) as refused:
        actions.pause_clock(clock, by=house.actor(house.handler), at=late, why="We wait for the photo.")
    assert refused.value.reasons == (Reason.NO_PAUSE,)
    clock.refresh_from_db()
    assert clock.paused_at is None
    actions.withdraw(case, by=SYSTEM, at=late)
    assert breaches(case).count(("answer", "system")) == 1


def test_an_ending_in_time_reports_nothing(house: House) -> None:
    case = assigned(house)
    case = actions.withdraw(case, by=SYSTEM, at=MONDAY + timedelta(hours=3))
    assert breaches(case) == []
    assert not Clock.objects.filter(complaint=case, stopped_at__isnull=True).exists()
