"""The one door: what is refused changes nothing, what fails leaves nothing, what happens is chained."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, models, transaction
from django.db.utils import DatabaseError

from amends.cases import actions
from amends.cases.actions import Refused
from amends.cases.actions.door import take
from amends.cases.models import Clock, Complaint, Event, Issue, Message, ReferenceYear
from amends.people.actors import SYSTEM
from amends.rules.lifecycle import Reason
from tests.conftest import MONDAY, House
from tests.together import at_the_same_time


def everything() -> list[object]:
    """All rows of all cases, to be compared."""
    kinds: tuple[type[models.Model], ...] = (Complaint, Issue, Message, Event, Clock, ReferenceYear)
    return [list(kind._default_manager.order_by("pk").values()) for kind in kinds]


def test_what_is_refused_changes_nothing_and_says_every_reason(house: House) -> None:
    case = house.complaint()
    actions.acknowledge(case, by=house.actor(house.handler), at=MONDAY, text="We are on it.")
    actions.assign(case, by=house.actor(house.handler), at=MONDAY, handler=house.handler)
    actions.investigate(case, by=house.actor(house.handler), at=MONDAY)
    before = everything()
    with pytest.raises(Refused) as refused:
        actions.decide(case, by=house.actor(house.handler), at=MONDAY)
    assert refused.value.reasons == (Reason.ISSUE_WITHOUT_FINDING, Reason.NOT_SAID_BACK)
    assert everything() == before


def test_a_step_that_fails_halfway_leaves_no_trace(house: House) -> None:
    case = house.complaint()
    before = everything()

    def acknowledge() -> None:
        with take("acknowledge", case, by=SYSTEM, at=MONDAY, words=True, customer_reached=True) as taken:
            Message.objects.filter(complaint=case).delete()
            Issue.objects.filter(complaint=case).update(summary=taken.complaint.reference)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        acknowledge()
    assert everything() == before


def test_a_time_without_a_zone_is_refused(house: House) -> None:
    case = house.complaint()
    before = everything()
    with pytest.raises(ValueError, match="aware"):
        actions.note(case, by=SYSTEM, at=datetime(2026, 3, 2, 9, 0), text="Hm.")  # noqa: DTZ001
    assert everything() == before


def test_an_old_page_is_judged_by_how_the_case_stands_now(house: House) -> None:
    stale = house.complaint()
    handler = house.actor(house.handler)
    actions.acknowledge(Complaint.objects.get(pk=stale.pk), by=handler, at=MONDAY, text="We are on it.")
    before = everything()
    with pytest.raises(Refused) as refused:
        actions.acknowledge(stale, by=handler, at=MONDAY, text="We are on it.")
    assert refused.value.reasons == (Reason.WRONG_STAGE,)
    assert everything() == before


def test_registering_needs_a_signature_and_uses_up_no_number(house: House) -> None:
    before = everything()
    with pytest.raises(Refused) as refused:
        house.complaint(signed_by=" ", story="")
    assert refused.value.reasons == (Reason.NOBODY_SIGNED, Reason.NOTHING_WRITTEN)
    assert everything() == before
    assert house.complaint().reference == "2026-00001"


def test_clocks_start_and_stop_with_the_step(house: House) -> None:
    case = house.complaint()
    assert (case.due_kind, case.due_at) == ("acknowledgement", MONDAY.replace(day=3))
    case = actions.acknowledge(case, by=house.actor(house.handler), at=MONDAY, text="We are on it.")
    running = case.clocks.filter(stopped_at__isnull=True).values_list("kind", flat=True)
    assert sorted(running) == ["answer", "review", "update"]
    assert (case.due_kind, case.due_at) == ("update", MONDAY.replace(day=7))


@pytest.mark.parametrize("change", ["UPDATE cases_event SET name = 'x'", "DELETE FROM cases_event"])
def test_the_database_itself_keeps_events(house: House, change: str) -> None:
    house.complaint()
    before = everything()
    with (
        pytest.raises(DatabaseError, match="append-only"),
        connection.cursor() as cursor,
        transaction.atomic(),
    ):
        cursor.execute(change)
    assert everything() == before


def test_numbers_have_no_gap_and_no_double_when_many_register_at_once(committed: None) -> None:
    house = House()

    def register(number: int) -> str | None:
        try:
            return house.complaint(signed_by="" if number % 4 == 3 else "Hanna Handler").reference
        except Refused:
            return None

    given = at_the_same_time(8, register)
    assert sorted(filter(None, given)) == [f"2026-{n:05d}" for n in range(1, 7)]
    assert Complaint.objects.count() == 6


def test_two_who_take_the_same_step_at_once_are_one_step(committed: None) -> None:
    house = House()
    case = house.complaint()
    handler = house.actor(house.handler)

    def acknowledge(_: int) -> str:
        try:
            actions.acknowledge(
                Complaint.objects.get(pk=case.pk), by=handler, at=MONDAY, text="We are on it."
            )
        except Refused as refused:
            return str(refused)
        return "done"

    assert sorted(at_the_same_time(2, acknowledge)) == ["acknowledge: wrong_stage", "done"]
    names = list(Event.objects.filter(complaint=case).values_list("name", flat=True))
    assert names.count("complaint.acknowledged") == 1
    assert Message.objects.filter(complaint=case).count() == 1


def test_the_year_of_a_number_is_that_of_the_houses_calendar(house: House) -> None:
    new_year = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)  # half past midnight in Stockholm
    assert house.complaint(at=new_year - timedelta(hours=1)).reference == "2026-00001"
    assert house.complaint(at=new_year).reference == "2027-00001"
