"""Whoever writes after the end has somebody on whose Today it stands, until that person has seen to it."""

from datetime import timedelta

import pytest

from amends.cases import actions
from amends.cases.models import Complaint
from amends.cases.today import wrote_after_the_end
from amends.people.actors import SYSTEM, customer_actor
from amends.people.models import Department, StaffMember
from tests.conftest import MONDAY, House
from tests.portal.way import brought_to

DAY = timedelta(days=1)


def ended(house: House, **changes: object) -> Complaint:
    return brought_to("closed", house, **changes).fresh()


def writes(case: Complaint, house: House, words: str = "It leaks again.") -> Complaint:
    return actions.hear(case, by=customer_actor(house.customer), at=MONDAY + DAY, words=words)


def on_today_of(*people: StaffMember) -> list[list[Complaint]]:
    return [list(wrote_after_the_end(person)) for person in people]


def test_it_stands_with_the_handler(house: House) -> None:
    case = ended(house)  # closed with a word of thanks, which needs no answer
    assert on_today_of(house.handler, house.colleague, house.lead) == [[], [], []]
    case = writes(case, house)
    assert on_today_of(house.handler, house.colleague, house.lead) == [[case], [], []]
    assert case.wrote_after_end_at == MONDAY + DAY
    again = actions.hear(case, by=customer_actor(house.customer), at=MONDAY + 2 * DAY, words="Hello?")
    assert again.wrote_after_end_at == MONDAY + DAY  # they wait since the first


@pytest.mark.parametrize("how", ["written", "noted", "reopened", "by phone"])
def test_it_goes_when_a_person_has_seen_to_it(house: House, how: str) -> None:
    case, lead = writes(ended(house), house), house.actor(house.lead)
    if how == "written":
        actions.write(case, by=house.actor(house.handler), at=MONDAY + 2 * DAY, text="Send it in.")
    elif how == "noted":
        actions.note(case, by=house.actor(house.handler), at=MONDAY + 2 * DAY, text="They only say thanks.")
    elif how == "reopened":
        actions.reopen(case, by=lead, at=MONDAY + 2 * DAY, why="It leaks again.")
    else:
        actions.write(case, by=lead, at=MONDAY + 2 * DAY, text="I called.", channel="phone")
    assert on_today_of(house.handler, house.lead) == [[], []]


def test_what_the_program_writes_is_no_answer(house: House) -> None:
    case = writes(ended(house), house)
    actions.write(case, by=SYSTEM, at=MONDAY + 2 * DAY, text="This mail writes itself.")
    assert on_today_of(house.handler) == [[case]]


def test_without_a_handler_it_is_the_lead_of_the_department_else_all_who_lead(house: House) -> None:
    shop = Department.objects.create(name="Shop")
    of_the_shop = house.staff("Stina Shoplead", "lead", shop)
    case = writes(ended(house), house)
    StaffMember.objects.filter(pk=house.handler.pk).update(is_active=False)
    assert on_today_of(house.lead, of_the_shop, house.colleague) == [[case], [], []]
    StaffMember.objects.filter(pk=house.lead.pk).update(is_active=False)
    assert on_today_of(of_the_shop) == [[case]]
    Complaint.objects.filter(pk=case.pk).update(department=None, handler=None)
    assert on_today_of(of_the_shop) == [[case]]


def test_who_is_complained_about_sees_nothing_and_another_lead_does(house: House) -> None:
    other = house.staff("Stina Shoplead", "lead", Department.objects.create(name="Shop"))
    case = writes(ended(house), house)
    case.complained_about.add(house.lead)
    Complaint.objects.filter(pk=case.pk).update(handler=None)
    assert on_today_of(house.lead, other) == [[], [case]]


def test_words_on_an_open_case_stand_where_they_stood(house: House) -> None:
    case = brought_to("investigating", house).fresh()
    assert writes(case, house).wrote_after_end_at is None


def test_taking_it_up_again_by_their_own_link_is_no_word_after_the_end(house: House) -> None:
    case = ended(house)
    case = actions.reopen(case, by=customer_actor(house.customer), at=MONDAY + DAY, why="It leaks again.")
    assert (case.is_open, case.wrote_after_end_at) == (True, None)
