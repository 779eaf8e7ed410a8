"""How high a case goes: to the next level that somebody holds, and never above everybody."""

from datetime import timedelta

import pytest

from amends.cases import actions, today
from amends.cases.actions import Refused
from amends.cases.levels import levels_held
from amends.cases.models import Complaint
from amends.people.actors import customer_actor
from amends.people.models import StaffMember
from amends.rules.lifecycle import Reason
from tests.conftest import MONDAY, House


def escalated(case: Complaint, house: House) -> Complaint:
    return actions.escalate(case, by=customer_actor(house.customer), at=MONDAY)


def on_offer_to(*people: StaffMember) -> list[list[Complaint]]:
    """What each of them is shown that nobody handles, before anything is late."""
    return [list(today.without_handler(person, MONDAY)) for person in people]


def test_it_ends_at_the_highest_that_there_is(house: House) -> None:
    case = escalated(house.complaint(), house)
    assert (case.level, levels_held(case)) == (1, [0, 1])
    with pytest.raises(Refused) as refused:
        escalated(case, house)
    assert refused.value.reasons == (Reason.HIGHEST_LEVEL,)
    case.refresh_from_db()
    assert case.level == 1
    assert not case.events.filter(name="complaint.escalated", data__level=2).exists()


def test_a_level_that_nobody_holds_is_passed_over(house: House) -> None:
    boss = house.staff("Inga Executive", "executive")
    case = escalated(escalated(house.complaint(), house), house)
    assert case.level == 3
    assert on_offer_to(house.lead, boss) == [[], [case]]


def test_in_a_house_of_handlers_nobody_is_higher(house: House) -> None:
    StaffMember.objects.filter(pk=house.lead.pk).update(is_active=False)
    case = house.complaint()
    with pytest.raises(Refused) as refused:
        escalated(case, house)
    assert refused.value.reasons == (Reason.HIGHEST_LEVEL,)


def test_who_is_complained_about_holds_no_level_of_the_case(house: House) -> None:
    house.staff("Inga Executive", "executive")
    about_her = house.complaint(complained_about=[StaffMember.objects.get(name="Inga Executive")])
    assert levels_held(about_her) == [0, 1]
    assert escalated(about_her, house).level == 1


def test_not_satisfied_stays_where_nobody_is_higher(house: House) -> None:
    StaffMember.objects.filter(pk=house.lead.pk).update(is_active=False)
    case = house.complaint()
    handler = house.actor(house.handler)
    actions.assign(case, by=handler, at=MONDAY, handler=house.handler)
    case = actions.resolve_at_once(case, by=handler, at=MONDAY, done="Done.", channel="phone")
    case = actions.not_satisfied(case, by=customer_actor(house.customer), at=MONDAY, words="No.")
    assert (case.level, case.handler, case.stage) == (0, house.handler, "investigating")


def test_when_the_top_leaves_the_next_takes_it_up(house: House) -> None:
    boss = house.staff("Inga Executive", "executive")
    case = escalated(escalated(house.complaint(), house), house)
    assert case.level == 3
    with pytest.raises(Refused) as refused:
        actions.assign(case, by=house.actor(house.lead), at=MONDAY, handler=house.lead)
    assert refused.value.reasons == (Reason.HANDLER_TOO_JUNIOR,)
    StaffMember.objects.filter(pk=boss.pk).update(is_active=False)
    assert on_offer_to(house.lead) == [[case]]
    case = actions.assign(case, by=house.actor(house.lead), at=MONDAY, handler=house.lead)
    assert case.handler == house.lead
    case = actions.acknowledge(case, by=house.actor(house.lead), at=MONDAY, text="We know.")
    assert actions.investigate(case, by=house.actor(house.lead), at=MONDAY).stage == "investigating"


def test_who_asks_for_somebody_higher_hears_within_a_day(house: House) -> None:
    case = actions.acknowledge(house.complaint(), by=house.actor(house.handler), at=MONDAY, text="We know.")
    case = escalated(case, house)
    assert (case.due_kind, case.due_at) == ("acknowledgement", MONDAY + timedelta(days=1))
    assert today.next_of(case) == "write"
