"""Today: what needs this person, and nothing of what does not."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils.html import escape
from pytest_django import DjangoAssertNumQueries

from amends.cases import actions
from amends.cases.models import Complaint, Message
from amends.kit import clock
from amends.people.actors import SYSTEM, customer_actor
from amends.people.models import StaffMember
from tests.conftest import MONDAY, House
from tests.desk.grown import grow
from tests.desk.grown_house import investigated, submitted, with_duty
from tests.portal.way import brought_to


def today(staff: StaffMember, hours: int = 1) -> str:
    client = Client()
    client.force_login(staff)
    with clock.set_to(MONDAY + timedelta(hours=hours)):
        response = client.get("/")
    assert response.status_code == 200
    return response.content.decode()


def test_an_empty_day_says_what_to_do(house: House) -> None:
    page = today(house.handler)
    assert "Nothing needs you now." in page
    assert "/complaints/new" in page
    assert "Register a complaint" not in today(house.packer)


def test_my_complaints_come_by_due_time_with_the_next_step(house: House) -> None:
    second = investigated(house, title="The second")
    first = house.complaint(title="The first")
    actions.assign(first, by=house.actor(house.handler), at=MONDAY, handler=house.handler)
    page = today(house.handler)
    assert page.index("The first") < page.index("The second")
    assert f"/complaints/{first.key}/acknowledgement" in page
    assert f"/complaints/{second.key}/understanding" in page
    assert "23 hours left" in page
    assert "Acknowledge the complaint" in page
    assert "The first" not in today(house.colleague)


def test_who_writes_after_the_end_is_answered_or_noted(house: House) -> None:
    case = brought_to("closed", house).fresh()
    assert "Wrote after the end" not in today(house.handler)
    actions.hear(case, by=customer_actor(house.customer), at=MONDAY, words="It leaks again.")
    page = today(house.handler)
    assert "Wrote after the end" in page
    assert "Customer wrote" in page
    assert f'href="/complaints/{case.key}/messages"' in page
    assert f'href="/complaints/{case.key}/notes"' in page
    actions.note(case, by=house.actor(house.handler), at=MONDAY, text="They have written to the wrong case.")
    assert "Wrote after the end" not in today(house.handler)


def test_what_the_customer_did_not_take_is_not_offered_again_as_it_is(house: House) -> None:
    case = next(one for one in grow(house) if one.stage == "offered")
    actions.decline(case.offers.get(), by=customer_actor(case.customer), at=MONDAY)
    page = today(house.handler)
    assert f'href="/complaints/{case.key}/plans"' in page
    assert f'href="/complaints/{case.key}/offers"' not in page


def test_red_is_only_what_has_run_out(house: House) -> None:
    case = house.complaint()
    actions.assign(case, by=house.actor(house.handler), at=MONDAY, handler=house.handler)
    assert "due late" not in today(house.handler, hours=23)
    page = today(house.handler, hours=25)
    assert "due late" in page
    assert "late since 10:00" in page


def test_who_wrote_last_is_said(house: House) -> None:
    case = investigated(house)
    assert "Customer wrote" not in today(house.handler)
    actions.hear(case, by=customer_actor(house.customer), at=MONDAY, words="Any news?")
    assert "Customer wrote" in today(house.handler)
    actions.note(case, by=house.actor(house.handler), at=MONDAY, text="I call her.")
    assert "Customer wrote" in today(house.handler)
    actions.write(case, by=house.actor(house.handler), at=MONDAY, text="Soon.")
    assert "Customer wrote" not in today(house.handler)


def test_a_lead_sees_what_nobody_handles_up_to_their_level(house: House) -> None:
    case = house.complaint(title="On nobody’s desk")
    head = house.staff("Hedda Head", "head")
    assert case.key in today(house.lead)
    assert case.key not in today(house.colleague)
    for _ in range(2):
        case = actions.escalate(case, by=SYSTEM, at=MONDAY)
    assert case.key not in today(house.lead)
    assert case.key in today(head)
    StaffMember.objects.filter(pk=head.pk).update(is_active=False)
    assert case.key in today(house.lead)  # now nobody stands higher


@pytest.mark.parametrize(("cost", "shown"), [(499, True), (1000, True), (1001, False)])
def test_a_plan_comes_to_whose_authority_covers_it(house: House, cost: int, shown: bool) -> None:
    case = submitted(house, cost)
    assert (f"/complaints/{case.key}/approval" in today(house.lead)) is shown
    assert f"/complaints/{case.key}/approval" not in today(house.colleague)


def test_nobody_is_shown_their_own_plan_to_approve(house: House) -> None:
    case = submitted(house)
    assert case.current_plan
    case.current_plan.author = house.lead
    case.current_plan.save()
    assert f"/complaints/{case.key}/approval" not in today(house.lead)


def test_inquiries_to_me_and_to_my_department(house: House) -> None:
    case, by = investigated(house), house.actor(house.handler)
    due = MONDAY + timedelta(days=1)
    actions.ask(case, by=by, at=MONDAY, question="To Per?", due_at=due, colleague=house.packer)
    actions.ask(case, by=by, at=MONDAY, question="To the warehouse?", due_at=due, department=house.warehouse)
    actions.ask(case, by=by, at=MONDAY, question="To Karl?", due_at=due, colleague=house.colleague)
    page = today(house.packer)
    assert "To Per?" in page
    assert "To the warehouse?" in page
    assert "To Karl?" not in page


def test_duties_come_to_their_department(house: House) -> None:
    duty = with_duty(house)
    assert f"#{duty.key}" in today(house.packer)
    assert f"#{duty.key}" not in today(house.colleague)


def test_a_mail_that_failed_comes_to_the_handler(house: House) -> None:
    case = investigated(house)
    message = Message.objects.get(complaint=case)
    actions.report_failure(message, by=SYSTEM, at=MONDAY, error="no such mailbox")
    assert "no such mailbox" in today(house.handler)
    assert "no such mailbox" not in today(house.colleague)


def test_nothing_of_a_case_about_me(house: House) -> None:
    case, by = submitted(house), house.actor(house.colleague)
    due = MONDAY + timedelta(days=1)
    for person in (house.lead, house.packer):
        actions.ask(case, by=by, at=MONDAY, question="What was it?", due_at=due, colleague=person)
        case.complained_about.add(person)
    assert "Nothing needs you now." in today(house.lead)
    assert "Nothing needs you now." in today(house.packer)
    assert escape(case.title) not in today(house.lead)


def test_the_number_of_queries_does_not_grow(
    house: House, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with_duty(house)
    submitted(house)
    for number in range(30):
        actions.assign(
            house.complaint(title=f"Number {number}"),
            by=house.actor(house.lead), at=MONDAY, handler=house.lead,
        )  # fmt: skip
        house.complaint(title=f"Free {number}")
    client = Client()
    client.force_login(house.lead)
    client.get("/")
    with clock.set_to(MONDAY), django_assert_max_num_queries(26):
        page = client.get("/").content.decode()
    assert page.count("Number ") == 25
    assert page.count("Free ") == 25
    assert page.count("All of them") == 2
    assert Complaint.objects.filter(is_open=True).count() == 62


def test_a_row_says_why_it_presses_and_what_runs_out_soon(house: House) -> None:
    case = house.complaint(country="PL", received_at=MONDAY - timedelta(days=9))
    actions.assign(case, by=house.actor(house.lead), at=MONDAY, handler=house.handler)
    actions.acknowledge(case, by=house.actor(house.handler), at=MONDAY, text="We know.")
    assert "No reply in time counts as accepting the complaint. Until 7 March." in today(house.handler)
    assert "Runs out soon" not in today(house.handler)
    row = case.clocks.get(kind="answer", stopped_at__isnull=True)
    actions.report_warning(row, by=SYSTEM, at=MONDAY)
    assert "Runs out soon" in today(house.handler)


def test_the_top_sees_letters_to_it_with_its_own_acts(house: House) -> None:
    boss = house.staff("Inga Executive", "executive", house.care)
    case = house.complaint(to_executive=True, title="To the very top")
    actions.reach_executive(case, by=house.actor(house.handler), at=MONDAY)
    page = today(boss)
    assert "Written to the chief executive" in page
    assert "Second letter" in page
    assert f'href="/complaints/{case.key}/assignment">Take over' in page
    assert f'href="/complaints/{case.key}/talks">Call or visit' in page
    assert "Written to the chief executive" not in today(house.lead)


def test_long_cases_come_up_for_those_who_lead(house: House) -> None:
    case = house.complaint(title="A long one")
    actions.assign(case, by=house.actor(house.lead), at=MONDAY, handler=house.handler)
    assert "Long cases to look at" not in today(house.lead, hours=24 * 30 - 1)
    page = today(house.lead, hours=24 * 30)
    assert "Long cases to look at" in page
    assert f"/complaints/{case.key}/review" in page
    assert "Long cases to look at" not in today(house.handler, hours=24 * 30)
