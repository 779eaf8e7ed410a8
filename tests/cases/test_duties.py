"""Duties and their clock: it goes by the first that is open; late ones are reminded of and rise."""

from datetime import datetime, timedelta

import pytest

from amends.cases import actions
from amends.cases.duty_links import duty_secret, opened_by
from amends.cases.models import Clock, Complaint, Document, Duty, Event
from amends.cases.nudging import nudge_duties, to_nudge
from amends.people.actors import SYSTEM, customer_actor, outside_actor
from amends.project.schedule import tick
from amends.rules.lifecycle import Reason
from amends.rules.nudging import next_nudge
from tests.cases.with_duties import KETTLE, LETTER, REFUND, carried_out, signed
from tests.conftest import MONDAY, House

DAY = timedelta(days=1)


def clock(case: Complaint) -> Clock | None:
    return Clock.objects.filter(complaint=case, kind="duty", stopped_at__isnull=True).first()


def due(case: Complaint) -> datetime | None:
    running = clock(case)
    return running.due_at if running else None


def breaches(case: Complaint) -> list[str]:
    rows = Event.objects.filter(complaint=case, name="clock.breached", data__clock="duty")
    return [row.data["due"][:10] for row in rows.order_by("number")]


def test_the_clock_goes_by_the_first_open_duty_and_moves_on(house: House) -> None:
    kettle, refund = carried_out(house, KETTLE, REFUND)
    case, packer = kettle.complaint, house.actor(house.packer)
    assert due(case) == kettle.due_at == MONDAY + 3 * DAY
    actions.prove(kettle, by=packer, at=MONDAY + DAY, proof="PN 1")
    assert due(case) == refund.due_at == MONDAY + 10 * DAY
    actions.prove(refund, by=packer, at=MONDAY + 2 * DAY, proof="BG 1")
    assert due(case) is None
    assert breaches(case) == []
    assert Clock.objects.filter(complaint=case, kind="duty").count() == 2


def test_another_one_proved_leaves_the_clock_as_it_is(house: House) -> None:
    kettle, refund = carried_out(house, KETTLE, REFUND)
    running = clock(kettle.complaint)
    actions.prove(refund, by=house.actor(house.packer), at=MONDAY + DAY, proof="BG 1")
    assert clock(kettle.complaint) == running
    assert due(kettle.complaint) == kettle.due_at


def test_one_that_is_late_is_noted_though_the_last_is_due_much_later(house: House) -> None:
    kettle, refund = carried_out(house, KETTLE, REFUND)
    case = kettle.complaint
    tick(MONDAY + 4 * DAY)
    assert breaches(case) == ["2026-03-05"]
    actions.prove(kettle, by=house.actor(house.packer), at=MONDAY + 5 * DAY, proof="PN 1")
    assert breaches(case) == ["2026-03-05"]
    actions.prove(refund, by=house.actor(house.packer), at=MONDAY + 12 * DAY, proof="BG 1")  # before the tick
    assert breaches(case) == ["2026-03-05", "2026-03-12"]


def test_two_due_the_same_day_are_late_once(house: House) -> None:
    kettle, other = carried_out(house, KETTLE, KETTLE | {"description": "A filter"})
    tick(MONDAY + 4 * DAY)
    actions.prove(kettle, by=house.actor(house.packer), at=MONDAY + 5 * DAY, proof="PN 1")
    tick(MONDAY + 6 * DAY)
    assert due(other.complaint) == other.due_at
    assert breaches(other.complaint) == ["2026-03-05"]


def test_a_case_rises_for_a_late_duty(house: House) -> None:
    kettle, _refund = carried_out(house, KETTLE, REFUND)
    for day in range(3, 7):
        tick(MONDAY + day * DAY)
    assert Complaint.objects.get(pk=kettle.complaint_id).watch_level == 1


def test_what_waits_for_the_customer_is_due_later(house: House) -> None:
    kettle, refund = carried_out(house, KETTLE, REFUND)
    handler = house.actor(house.handler)
    running = clock(kettle.complaint)
    assert running is not None
    actions.pause_clock(running, by=handler, at=MONDAY + DAY, why="They are away.")
    assert nudge_duties(MONDAY + 3 * DAY) == 0
    actions.resume_clock(running, by=handler, at=MONDAY + 6 * DAY)
    kettle.refresh_from_db()
    refund.refresh_from_db()
    assert kettle.due_at == due(kettle.complaint) == MONDAY + 8 * DAY
    assert refund.due_at == MONDAY + 15 * DAY


def test_whose_it_is_are_reminded_on_the_day_before_when_late_and_twice_more(house: House) -> None:
    carried_out(house, KETTLE)
    told = []
    for hour in range(24 * 15):
        at = MONDAY + timedelta(hours=hour)
        if nudge_duties(at):
            event = Event.objects.filter(name="duty.nudged").latest("pk")
            told.append((hour / 24, event.data["times"], event.data["late"]))
    assert told == [(2, 1, False), (3, 2, True), (5, 3, True), (7, 4, True)]


@pytest.mark.parametrize("hours", [0, 47, 48, 60, 72, 73, 119, 120, 121, 168, 169, 400])
def test_the_query_asks_what_the_rule_says(house: House, hours: int) -> None:
    (kettle,) = carried_out(house, KETTLE)
    for before in (50, 75, 124):
        if before < hours:
            nudge_duties(MONDAY + timedelta(hours=before))
    kettle.refresh_from_db()
    at = MONDAY + timedelta(hours=hours)
    following = next_nudge(kettle.due_at, kettle.nudges, kettle.nudged_at)
    assert to_nudge(at).exists() == (following is not None and following <= at)


def test_what_waits_for_another_is_not_reminded_of(house: House) -> None:
    kettle, letter = carried_out(house, KETTLE, LETTER)
    assert [duty.pk for duty in to_nudge(MONDAY + 20 * DAY)] == [kettle.pk]
    actions.prove(kettle, by=house.actor(house.packer), at=MONDAY + DAY, proof="PN 1")
    assert [duty.pk for duty in to_nudge(MONDAY + 20 * DAY)] == [letter.pk]


def test_it_is_reminded_of_once_however_many_look(house: House) -> None:
    (kettle,) = carried_out(house, KETTLE)
    same = Duty.objects.get(pk=kettle.pk)
    actions.nudge(kettle, by=SYSTEM, at=MONDAY + 3 * DAY)
    with pytest.raises(actions.Refused, match="already_done"):
        actions.nudge(same, by=SYSTEM, at=MONDAY + 3 * DAY)
    assert Event.objects.filter(name="duty.nudged").count() == 1


def test_a_link_opens_one_duty_until_somebody_else_has_it(house: House) -> None:
    kettle, refund = carried_out(house, KETTLE, REFUND)
    by = house.actor(house.handler)
    actions.entrust(kettle, by=by, at=MONDAY, name="Bring it AB", email="post@bring.example", language="sv")
    first = duty_secret(kettle)
    opened = opened_by(first)
    assert opened is not None
    assert (opened.duty, opened.done) == (kettle, False)
    assert opened_by(first[:-1]) is None
    assert opened_by(duty_secret(refund)) is not None
    actions.entrust(kettle, by=by, at=MONDAY, name="Other AB", email="")
    ended = opened_by(first)
    assert ended is not None
    assert ended.duty is None


def test_who_is_outside_proves_and_does_nothing_else(house: House) -> None:
    kettle, _ = carried_out(house, KETTLE, REFUND)
    outside = outside_actor("Bring it AB")
    slip = Document(name="slip.txt", media_type="text/plain", size=1, sha256="0" * 64)
    with pytest.raises(actions.Refused, match="not_allowed"):
        actions.note(kettle.complaint, by=outside, at=MONDAY, text="Hello.")
    actions.prove(kettle, by=outside, at=MONDAY, proof="PostNord 12", document=slip)
    kettle.refresh_from_db()
    assert (kettle.done_by_name, kettle.proof, kettle.proof_document) == ("Bring it AB", "PostNord 12", slip)
    assert slip.complaint == kettle.complaint


def test_a_refused_proof_leaves_nothing(house: House) -> None:
    kettle, _ = carried_out(house, KETTLE, REFUND)
    slip = Document(name="slip.txt", media_type="text/plain", size=1, sha256="0" * 64)
    with pytest.raises(actions.Refused, match="wrong_proof"):
        actions.prove(kettle, by=outside_actor("B"), at=MONDAY, proof="sent", document=slip)
    kettle.refresh_from_db()
    assert (kettle.done_at, Document.objects.filter(name="slip.txt").count()) == (None, 0)
    assert due(kettle.complaint) == kettle.due_at


def test_a_dropped_duty_is_named_by_its_key(house: House) -> None:
    case = signed(house, [KETTLE])
    (kettle,) = actions.draw_up_duties(case, by=SYSTEM, at=MONDAY)
    actions.withdraw(case, by=customer_actor(house.customer), at=MONDAY)
    event = Event.objects.get(complaint=case, name="complaint.withdrawn")
    assert (event.data["duties_dropped"], event.data["keys_dropped"]) == ([kettle.pk], [kettle.key])
    ended = opened_by(duty_secret(kettle))
    assert ended is not None
    assert ended.duty is None


def test_who_it_was_taken_from_in_the_meantime_reports_nothing(house: House) -> None:
    duty = carried_out(house)[0]
    by = house.actor(house.handler)
    duty = actions.entrust(duty, by=by, at=MONDAY, name="Carl Carrier", email="carl@example.org")
    actions.entrust(
        Duty.objects.get(pk=duty.pk), by=by, at=MONDAY, name="Olga Other", email="olga@example.org"
    )
    with pytest.raises(actions.Refused) as refused:
        actions.prove(duty, by=outside_actor("Carl Carrier"), at=MONDAY, proof="Parcel 17")
    assert refused.value.reasons == (Reason.ALREADY_DONE,)
    assert Duty.objects.get(pk=duty.pk).done_at is None
    fresh = Duty.objects.get(pk=duty.pk)
    assert (
        actions.prove(fresh, by=outside_actor("Olga Other"), at=MONDAY, proof="Parcel 18").done_at == MONDAY
    )
