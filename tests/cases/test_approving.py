"""Who may say yes to a plan, whom a mail asks, and what counts in whose month."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from amends.cases import actions
from amends.cases.actions import Refused
from amends.cases.approving import HANDFUL, who_may, whom_to_ask
from amends.cases.models import Complaint
from amends.cases.spending import spent_by
from amends.rules.facts import Reason
from tests.conftest import MONDAY, House
from tests.desk.leadership import Leadership, changed, plan_of

DAY = date(2026, 3, 2)


@pytest.fixture
def leadership(house: House) -> Leadership:
    return Leadership(house)


def asked(case: Complaint, at: datetime = MONDAY) -> list[tuple[str, str]]:
    return [(one.staff.name, one.step) for one in whom_to_ask(case, at=at)]


def test_the_lowest_level_that_covers_it_is_asked(leadership: Leadership) -> None:
    assert asked(leadership.before_them(499)) == [("Lena Lead", "approve"), ("Lars Lead", "approve")]
    assert asked(leadership.before_them(5000)) == [("Hedda Head", "approve")]
    assert asked(leadership.before_them(50_000)) == []


def test_the_department_of_the_case_comes_first_and_only_a_handful_is_asked(leadership: Leadership) -> None:
    case = leadership.before_them()
    Complaint.objects.filter(pk=case.pk).update(department=leadership.house.warehouse)
    case.refresh_from_db()
    assert asked(case)[0] == ("Lars Lead", "approve")
    for number in range(HANDFUL):
        leadership.house.staff(f"Lead {number}", "lead")
    assert len(asked(case)) == HANDFUL


def test_neither_its_author_nor_who_is_complained_about_nor_who_left(leadership: Leadership) -> None:
    case = leadership.before_them()
    case.complained_about.add(leadership.lena)
    assert asked(case) == [("Lars Lead", "approve")]
    leadership.lars.is_active = False
    leadership.lars.save()
    assert asked(case) == [("Hedda Head", "approve")]


def test_who_stands_in_is_asked_in_the_place_of_who_is_away(leadership: Leadership) -> None:
    case = leadership.before_them(5000)
    leadership.away(leadership.hedda, leadership.lars, DAY, DAY)
    (one,) = whom_to_ask(case, at=MONDAY)
    assert (one.staff, one.instead_of) == (leadership.lars, leadership.hedda.pk)
    assert asked(case, MONDAY + timedelta(days=1)) == [("Hedda Head", "approve")]
    leadership.hedda.is_active = False
    leadership.hedda.save()
    assert asked(case) == []  # who left lends nobody anything


def test_a_month_that_is_used_up_asks_the_next_one(leadership: Leadership) -> None:
    for lead in (leadership.lena, leadership.lars):
        leadership.monthly(lead, 600)
        leadership.approve(lead, leadership.before_them(300))
    assert asked(leadership.before_them(301)) == [("Hedda Head", "approve")]
    assert [one.staff.name for one in who_may(leadership.before_them(300), at=MONDAY)] == [
        "Hedda Head",
        "Lars Lead",
        "Lena Lead",
    ]


def test_many_months_are_read_at_once(leadership: Leadership) -> None:
    case, counted = leadership.before_them(300), []
    leadership.monthly(leadership.lena, 600)
    who_may(case, at=MONDAY)
    for many in (2, 8):
        for number in range(many):
            leadership.monthly(leadership.house.staff(f"Lead {many} {number}", "lead"), 600)
        with CaptureQueriesContext(connection) as queries:
            assert len(who_may(case, at=MONDAY)) >= many
        counted.append(len(queries))
    assert counted[0] == counted[1]


def test_two_look_and_the_second_is_asked_when_the_first_has(leadership: Leadership) -> None:
    leadership.two_above(2000)
    case = leadership.before_them(5000)
    assert asked(case) == [("Hedda Head", "endorse")]
    with pytest.raises(Refused) as refused:
        leadership.approve(leadership.hedda, case)
    assert refused.value.reasons == (Reason.SECOND_PAIR_NEEDED,)
    actions.endorse(case, by=leadership.house.actor(leadership.hedda), at=MONDAY, plan=plan_of(case))
    assert asked(case) == [("Lena Lead", "approve"), ("Lars Lead", "approve")]
    with pytest.raises(Refused) as refused:
        leadership.approve(leadership.hedda, case)
    assert refused.value.reasons == (Reason.YOU_LOOKED_ALREADY,)
    assert leadership.approve(leadership.lena, case).stage == "decided"
    month = [spent_by(one.pk, "SEK", MONDAY) for one in (leadership.hedda, leadership.lena)]
    assert month == [Decimal(5000), Decimal(0)]


def test_of_two_in_authority_the_second_one_s_month_counts(leadership: Leadership) -> None:
    leadership.two_above(100)
    case = leadership.before_them(500)
    actions.endorse(case, by=leadership.house.actor(leadership.lars), at=MONDAY, plan=plan_of(case))
    assert spent_by(leadership.lars.pk, "SEK", MONDAY) == 500  # while it waits for the second
    leadership.approve(leadership.lena, case)
    assert spent_by(leadership.lars.pk, "SEK", MONDAY) == 0
    assert spent_by(leadership.lena.pk, "SEK", MONDAY) == 500


def test_a_month_ends_when_it_ends_in_the_house_s_zone(leadership: Leadership) -> None:
    """Stockholm is an hour ahead of UTC in March until the 29th, then two."""
    leadership.monthly(leadership.lena, 600)
    last_minute = datetime(2026, 3, 31, 21, 59, tzinfo=UTC)
    first_minute = datetime(2026, 3, 31, 22, 0, tzinfo=UTC)
    leadership.approve(leadership.lena, leadership.before_them(500), last_minute)
    second = leadership.before_them(500)
    with pytest.raises(Refused) as refused:
        leadership.approve(leadership.lena, second, last_minute)
    assert refused.value.reasons == (Reason.BEYOND_AUTHORITY,)
    second.refresh_from_db()
    assert second.stage == "awaiting_approval"
    leadership.approve(leadership.lena, second, first_minute)
    assert spent_by(leadership.lena.pk, "SEK", last_minute) == 500
    assert spent_by(leadership.lena.pk, "SEK", first_minute) == 500


def test_a_voided_approval_counts_in_no_month(leadership: Leadership) -> None:
    house = leadership.house
    case = leadership.approve(leadership.lena, leadership.before_them(500))
    changed(house, case, 700)
    assert spent_by(leadership.lena.pk, "SEK", MONDAY) == 0
    assert [row.voided_at for row in case.plans.first().approvals.all()] == [MONDAY]  # type: ignore[union-attr]
    with pytest.raises(Refused) as refused:
        actions.offer(case, by=house.actor(house.handler), at=MONDAY, text="A kettle.")
    assert Reason.NOT_APPROVED in refused.value.reasons


def test_what_is_approved_in_somebody_s_place_counts_in_theirs(leadership: Leadership) -> None:
    case = leadership.before_them(5000)
    leadership.away(leadership.hedda, leadership.lars, DAY, DAY)
    leadership.approve(leadership.lars, case)
    assert plan_of(case).approvals.get().instead_of == leadership.hedda
    assert spent_by(leadership.hedda.pk, "SEK", MONDAY) == 5000
    assert spent_by(leadership.lars.pk, "SEK", MONDAY) == 0
