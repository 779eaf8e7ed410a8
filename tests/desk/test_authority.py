"""The plan before the leadership on the desk: on Today, on the card, refused with its sums, void."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.http import HttpResponse

from amends.cases import actions
from amends.kit import clock
from amends.people.models import AuthorityLimit, StaffMember
from tests.conftest import MONDAY, House
from tests.desk.clicking import Desk
from tests.desk.leadership import Leadership, changed, plan_of
from tests.desk.test_today import today

DAY = date(2026, 3, 2)
WAITS = "Plans that wait for your approval"


@pytest.fixture(autouse=True)
def monday() -> Iterator[None]:
    with clock.set_to(MONDAY + timedelta(hours=1)):
        yield


@pytest.fixture
def leadership(house: House) -> Leadership:
    return Leadership(house)


def text(response: HttpResponse) -> str:
    return " ".join(response.content.decode().split())


def row(staff: StaffMember) -> str:
    return " ".join(today(staff).split())


def test_a_decided_plan_leaves_every_today_at_once(leadership: Leadership) -> None:
    case = leadership.before_them()
    assert WAITS in row(leadership.lena)
    assert WAITS in row(leadership.lars)
    leadership.approve(leadership.lars, case)
    assert WAITS not in row(leadership.lena)
    assert WAITS not in row(leadership.lars)


def test_today_says_first_second_and_in_whose_place(leadership: Leadership) -> None:
    leadership.two_above(2000)
    case = leadership.before_them(5000)
    assert "as the first of two" in row(leadership.lena)  # any two look; one of them has the authority
    assert f"/complaints/{case.key}/endorsement" in row(leadership.lena)
    actions.endorse(case, by=leadership.house.actor(leadership.lena), at=MONDAY, plan=plan_of(case))
    assert WAITS not in row(leadership.lena)
    assert WAITS not in row(leadership.lars)  # the other one must have the authority
    assert "as the second of two" in row(leadership.hedda)
    leadership.away(leadership.hedda, leadership.lars, DAY, DAY)
    assert "in the place of Hedda Head" in row(leadership.lars)
    Desk(leadership.lars, case).take("approval")
    assert WAITS not in row(leadership.hedda)
    assert WAITS not in row(leadership.lars)
    approval = plan_of(case).approvals.get(first_of_two=False)
    assert (approval.by, approval.instead_of) == (leadership.lars, leadership.hedda)


def test_nobody_s_own_plan_waits_for_who_stands_in_for_them(leadership: Leadership) -> None:
    leadership.house.handler = leadership.lena
    leadership.before_them(500)
    AuthorityLimit.objects.filter(role=leadership.lars.role).delete()
    AuthorityLimit.objects.create(staff=leadership.lena, currency="SEK", amount=Decimal(1000))
    leadership.away(leadership.lena, leadership.lars, DAY, DAY)
    assert WAITS not in row(leadership.lena)
    assert WAITS not in row(leadership.lars)
    assert WAITS in row(leadership.hedda)


def test_the_card_holds_the_cost_against_every_limit(leadership: Leadership) -> None:
    leadership.monthly(leadership.lena, 1500)
    AuthorityLimit.objects.create(
        staff=leadership.lena, currency="SEK", kind="replacement", amount=Decimal(450)
    )
    leadership.monthly(leadership.lena, 2000, "replacement")
    leadership.approve(leadership.lena, leadership.before_them(400))
    case = leadership.before_them(499)
    page = text(Desk(leadership.lena, case).get("approval"))
    assert "In one case up to SEK 1,000.00: this costs SEK 499.00." in page
    assert "In a month up to SEK 1,500.00: SEK 400.00 is approved so far, and this costs SEK 499.00." in page
    so_far = "SEK 400.00 is approved so far, and this costs SEK 499.00."
    assert f"Replacement by courier in a month up to SEK 2,000.00: {so_far}" in page
    beyond = "Replacement by courier up to SEK 450.00: this costs SEK 499.00."
    assert f'<li><span class="visually-hidden">Beyond it:</span> {beyond}</li>' in page
    assert f"The sum is beyond your authority. {beyond}" in page
    refused = Desk(leadership.lena, case).send("approval", {"plan": str(plan_of(case).pk)})
    assert refused.status_code == 409
    assert f"The sum is beyond your authority. {beyond}" in text(refused)
    assert not plan_of(case).approvals.exists()


def test_the_card_says_in_whose_place_and_what_changed(leadership: Leadership) -> None:
    house, case = leadership.house, leadership.before_them(5000)
    leadership.away(leadership.hedda, leadership.lars, DAY, DAY + timedelta(days=3))
    hanna = house.actor(house.handler)
    actions.take_back_plan(case, by=hanna, at=MONDAY)
    changed(house, case, 4000)
    actions.submit_plan(case, by=hanna, at=MONDAY)
    page = text(Desk(leadership.lars, case).get("approval"))
    assert "You stand in for Hedda Head until 5 March; it counts in their month." in page
    assert "What changed since the version before" in page
    assert "<mark>A larger kettle</mark>" in page


def test_a_changed_plan_shows_that_its_approval_is_void(leadership: Leadership) -> None:
    house = leadership.house
    case = leadership.approve(leadership.lena, leadership.before_them())
    changed(house, case, 700)
    page = text(Desk(house.handler, case).get())
    assert "The approval is void: the plan was changed" in page
    assert '<span class="tag">void</span> because the plan was changed' in page


@pytest.mark.parametrize("exit_", ["withdrawal", "referral"])
def test_with_a_plan_at_the_leadership_it_does_not_end(leadership: Leadership, exit_: str) -> None:
    house, case = leadership.house, leadership.before_them()
    desk = Desk(house.handler, case)
    page = text(desk.get(exit_))
    assert "The plan lies with the leadership: take it back, or wait for their word." in page
    assert f'<a href="/complaints/{case.key}/plan-return">Take the plan back</a>' in page
    refused = desk.send(exit_, {"words": "She wants no more.", "text": "x", "where_to_turn": "y"})
    assert refused.status_code in (409, 422)
    case.refresh_from_db()
    assert case.stage == "awaiting_approval"
    desk.take("plan-return")
    case.refresh_from_db()
    assert case.stage == "decided"
    assert f"/complaints/{case.key}/plan-return" not in text(desk.get())
