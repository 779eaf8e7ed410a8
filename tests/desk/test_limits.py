"""Who may approve how much, and who stands in for whom: the pages of the house and of oneself."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from amends.kit import clock
from amends.people.actors import as_actor
from amends.people.models import AuthorityLimit, Deputy, SecondPair, StaffMember
from tests.conftest import MONDAY, House
from tests.desk.leadership import Leadership

pytestmark = pytest.mark.usefixtures("on_monday")

DAY = date(2026, 3, 2)


@pytest.fixture
def leadership(house: House) -> Leadership:
    return Leadership(house)


def at_desk(staff: StaffMember) -> Client:
    client = Client()
    client.force_login(staff)
    return client


def page(client: Client, path: str) -> str:
    return " ".join(client.get(path).content.decode().split())


@pytest.fixture
def admin(house: House) -> Client:
    return at_desk(house.staff("Ada Admin", "administrator", house.care))


def test_a_limit_of_the_month_and_one_for_a_kind_stand_beside_that_of_the_case(
    house: House, admin: Client
) -> None:
    who = {"who": f"role-{house.lead.role.pk}", "currency": "SEK", "per": "case", "kind": "any"}
    assert admin.post("/people/limits", who | {"amount": "5000", "per": "month"}).status_code == 303
    assert admin.post("/people/limits", who | {"amount": "200", "kind": "gift"}).status_code == 303
    limits = as_actor(house.lead).authority[0]
    assert limits.case == {"SEK": Decimal(1000)}
    assert limits.month == {"SEK": Decimal(5000)}
    assert limits.kinds == {("gift", "SEK"): Decimal(200)}
    shown = page(admin, "/people/limits")
    assert "in a calendar month" in shown
    assert "Gift, in one case" in shown
    assert "SEK 5,000.00" in shown


def test_a_kind_may_have_a_month_of_its_own_beside_its_case(house: House, admin: Client) -> None:
    who = {"who": f"role-{house.lead.role.pk}", "currency": "SEK", "kind": "gift"}
    assert admin.post("/people/limits", who | {"amount": "5", "per": "case"}).status_code == 303
    assert admin.post("/people/limits", who | {"amount": "70", "per": "month"}).status_code == 303
    limits = as_actor(house.lead).authority[0]
    assert limits.kinds == {("gift", "SEK"): Decimal(5)}
    assert limits.month_kinds == {("gift", "SEK"): Decimal(70)}
    assert limits.month == {}
    shown = page(admin, "/people/limits")
    assert "Gift, in one case" in shown
    assert "Gift, in a calendar month" in shown


def test_the_sum_above_which_two_look(house: House, admin: Client) -> None:
    assert admin.post("/people/two-look", {"currency": "SEK", "above": "500"}).status_code == 303
    assert admin.post("/people/two-look", {"currency": "SEK", "above": "750.50"}).status_code == 303
    row = SecondPair.objects.get()
    assert (row.currency, row.above) == ("SEK", Decimal("750.50"))
    assert "above SEK 750.50" in page(admin, "/people/limits")
    assert admin.post("/people/two-look", {"currency": "SEK", "above": "-1"}).status_code == 422
    assert admin.post(f"/people/two-look/{row.pk}/removal").status_code == 303
    assert not SecondPair.objects.exists()


def stand_in(absent: StaffMember | None, deputy: StaffMember, first: date, last: date) -> dict[str, str]:
    days = {"deputy": deputy.key, "from_day": first.isoformat(), "until_day": last.isoformat()}
    return days | ({"absent": absent.key} if absent else {})


def test_a_lead_says_who_stands_in_for_another(leadership: Leadership) -> None:
    lena = at_desk(leadership.lena)
    form = stand_in(leadership.hedda, leadership.lars, DAY, DAY + timedelta(days=4))
    assert lena.post("/people/deputies", form).status_code == 303
    row = Deputy.objects.get()
    assert (row.absent, row.deputy, row.set_by_name) == (leadership.hedda, leadership.lars, "Lena Lead")
    shown = page(lena, "/people/deputies")
    assert "Lars Lead stands in for Hedda Head" in shown
    assert "from today until 6 March, both included" in shown
    with clock.set_to(MONDAY + timedelta(days=4)):
        assert "Lars Lead stands in" in page(at_desk(leadership.lena), "/people/deputies")
    with clock.set_to(MONDAY + timedelta(days=5)):
        assert "Lars Lead stands in" not in page(at_desk(leadership.lena), "/people/deputies")


def test_nobody_takes_an_authority_for_themselves(leadership: Leadership) -> None:
    form = stand_in(leadership.hedda, leadership.lena, DAY, DAY)
    response = at_desk(leadership.lena).post("/people/deputies", form)
    assert response.status_code == 422
    assert "Nobody takes somebody else’s authority for themselves" in response.content.decode()
    assert not Deputy.objects.exists()
    own = stand_in(leadership.lena, leadership.lars, DAY, DAY)
    assert at_desk(leadership.lena).post("/people/deputies", own).status_code == 303


def test_what_cannot_be_is_said(leadership: Leadership) -> None:
    lena, week = at_desk(leadership.lena), DAY + timedelta(days=7)
    leadership.away(leadership.hedda, leadership.lars, DAY, week)

    def said(form: dict[str, str]) -> str:
        response = lena.post("/people/deputies", form)
        assert response.status_code == 422
        return " ".join(response.content.decode().split())

    hedda, lars, own = leadership.hedda, leadership.lars, leadership.lena
    overlapping = said(stand_in(hedda, own, week, week + timedelta(days=3)))
    assert "Lars Lead stands in for Hedda Head from 2 March to 9 March already." in overlapping
    assert "Nobody stands in for themselves" in said(stand_in(lars, lars, DAY, week))
    assert "Hedda Head is away too, from 2 March to 9 March" in said(stand_in(own, hedda, DAY, DAY))
    assert "The last day is before the first." in said(stand_in(own, lars, week, DAY))
    assert "This day is over." in said(stand_in(own, lars, DAY - timedelta(days=1), DAY))
    assert said(stand_in(own, leadership.house.handler, DAY, DAY))  # their role does not approve
    assert Deputy.objects.count() == 1


def test_one_names_who_stands_in_for_oneself_and_ends_it(leadership: Leadership) -> None:
    lena = at_desk(leadership.lena)
    form = stand_in(None, leadership.lars, DAY, DAY + timedelta(days=2))
    assert lena.post("/me/deputies", form).status_code == 303
    row = Deputy.objects.get()
    assert (row.absent, row.deputy) == (leadership.lena, leadership.lars)
    assert "Lars Lead stands in for you" in page(lena, "/me")
    assert "You stand in for Lena Lead" in page(at_desk(leadership.lars), "/me")
    assert lena.post("/me/deputies", form).status_code == 422
    with clock.set_to(MONDAY + timedelta(days=1)):
        response = at_desk(leadership.lena).post(f"/people/deputies/{row.pk}/removal", {"back": "me"})
    assert (response.status_code, response["Location"]) == (303, "/me")
    row.refresh_from_db()
    assert row.until_day == DAY


def test_who_neither_leads_nor_approves_arranges_nothing(leadership: Leadership) -> None:
    house, days = leadership.house, (DAY, DAY + timedelta(days=2))
    hanna = at_desk(house.handler)
    row = leadership.away(leadership.lena, leadership.lars, *days)
    assert hanna.get("/people/deputies").status_code == 403
    assert hanna.post("/me/deputies", stand_in(None, leadership.lars, *days)).status_code == 403
    assert hanna.post(f"/people/deputies/{row.pk}/removal").status_code == 403
    assert Deputy.objects.get() == row


def test_one_sees_what_is_left_of_the_month(leadership: Leadership) -> None:
    leadership.monthly(leadership.lena, 1500)
    AuthorityLimit.objects.create(staff=leadership.lena, currency="SEK", kind="gift", amount=Decimal(80))
    leadership.approve(leadership.lena, leadership.before_them(400))
    shown = page(at_desk(leadership.lena), "/me")
    assert "SEK 1,000.00" in shown
    assert "SEK 1,100.00 left this month" in shown
    assert "Gift: SEK 80.00" in shown


def test_one_sees_what_is_left_of_the_month_for_a_kind(leadership: Leadership) -> None:
    leadership.monthly(leadership.lena, 600, "replacement")
    leadership.approve(leadership.lena, leadership.before_them(400))
    shown = " ".join(page(at_desk(leadership.lena), "/me").split())
    assert "Replacement by courier, in a calendar month: SEK 600.00" in shown
    assert "SEK 200.00 left this month" in shown


def test_the_pages_cost_no_query_per_row(
    leadership: Leadership, admin: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(12):
        person = leadership.house.staff(f"Person {number}", "lead")
        AuthorityLimit.objects.create(staff=person, currency="SEK", amount=Decimal(5))
        leadership.away(person, leadership.lars, DAY, DAY)
    admin.get("/people/limits")
    with django_assert_max_num_queries(7):
        assert page(admin, "/people/limits").count("stands in for Person") == 12
    with django_assert_max_num_queries(5):
        assert page(admin, "/people/deputies").count("stands in for Person") == 12
