"""Who may say yes to a plan, whom a mail asks, and what counts in whose month."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from amends.cases import actions
from amends.cases.actions import Refused
from amends.cases.approving import HANDFUL, who_may, whom_to_ask
from amends.cases.models import Complaint, Remedy
from amends.cases.signing import code_of
from amends.cases.spending import spent_by, spent_by_each
from amends.cases.today import awaiting_my_approval
from amends.people.actors import SYSTEM, customer_actor
from amends.people.models import AuthorityLimit
from amends.rules.facts import Reason
from tests.conftest import MONDAY, House
from tests.desk.leadership import Leadership, changed, plan_of
from tests.together import at_the_same_time

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


def test_the_month_of_one_kind_counts_that_kind_alone(leadership: Leadership) -> None:
    leadership.monthly(leadership.lena, 600, "replacement")
    leadership.approve(leadership.lena, leadership.before_them(500))
    assert spent_by_each([leadership.lena.pk], "SEK", MONDAY) == {leadership.lena.pk: {"replacement": 500}}
    case = leadership.before_them(101)
    with pytest.raises(Refused) as refused:
        leadership.approve(leadership.lena, case)
    assert refused.value.reasons == (Reason.BEYOND_AUTHORITY,)
    assert asked(case) == [("Lars Lead", "approve")]
    Remedy.objects.filter(plan=plan_of(case)).update(kind="gift")
    assert leadership.approve(leadership.lena, case).stage == "decided"


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


def test_nobody_acts_in_the_place_of_who_is_complained_about(leadership: Leadership) -> None:
    case = leadership.before_them(5000)
    leadership.away(leadership.hedda, leadership.lars, DAY, DAY)
    case.complained_about.add(leadership.hedda)
    assert asked(case) == []
    with pytest.raises(Refused) as refused:
        leadership.approve(leadership.lars, case)
    assert refused.value.reasons == (Reason.BEYOND_AUTHORITY,)
    assert not plan_of(case).approvals.exists()
    case.complained_about.clear()
    assert leadership.approve(leadership.lars, case).stage == "decided"


def done(house: House, case: Complaint) -> Complaint:
    """The plan that was approved is offered, signed and carried out."""
    by = house.actor(house.handler)
    offer = actions.offer(case, by=by, at=MONDAY, text="A kettle.")
    code = actions.request_code(offer, by=customer_actor(house.customer), at=MONDAY)
    signed = {"signed_name": "Clara Customer", "code": code_of(code)}
    actions.agree(offer, by=customer_actor(house.customer), at=MONDAY, **signed)
    (duty,) = actions.draw_up_duties(case, by=SYSTEM, at=MONDAY)
    case = actions.fulfil(case, by=SYSTEM, at=MONDAY)
    actions.prove(duty, by=by, at=MONDAY, proof="Parcel 17")
    return actions.complete(case, by=SYSTEM, at=MONDAY)


def test_what_was_carried_out_stays_in_the_month_when_another_plan_follows(leadership: Leadership) -> None:
    house = leadership.house
    case = done(house, leadership.approve(leadership.lena, leadership.before_them(500)))
    case = actions.not_satisfied(case, by=customer_actor(house.customer), at=MONDAY, words="It leaks too.")
    level, watch = case.level, house.actor(leadership.hedda)
    assert level == 1
    case = actions.assign(case, by=watch, at=MONDAY, handler=leadership.hedda)
    case = actions.decide(case, by=watch, at=MONDAY)
    changed(house, case, 700)
    assert case.plans.get(version=1).approvals.get().voided_at == MONDAY
    assert spent_by(leadership.lena.pk, "SEK", MONDAY) == 500


def test_a_plan_is_not_held_against_itself(leadership: Leadership) -> None:
    """A second round with the same plan spends nothing more."""
    house, plan = leadership.house, leadership.before_them(80)
    leadership.monthly(house.handler, 100)
    by = house.actor(house.handler)
    case = actions.take_back_plan(plan, by=by, at=MONDAY)
    offer = actions.offer(case, by=by, at=MONDAY, text="A kettle.")
    assert spent_by(house.handler.pk, "SEK", MONDAY) == 80
    case = actions.decline(offer, by=customer_actor(house.customer), at=MONDAY)
    assert actions.offer(case, by=by, at=MONDAY, text="A kettle, all the same.").round == 2
    assert spent_by(house.handler.pk, "SEK", MONDAY) == 80


def test_what_was_offered_alone_and_replaced_costs_nothing(leadership: Leadership) -> None:
    house = leadership.house
    by = house.actor(house.handler)
    case = actions.take_back_plan(leadership.before_them(80), by=by, at=MONDAY)
    offer = actions.offer(case, by=by, at=MONDAY, text="A kettle.")
    case = actions.counter(offer, by=customer_actor(house.customer), at=MONDAY, words="A larger one.")
    changed(house, case, 90)
    assert spent_by(house.handler.pk, "SEK", MONDAY) == 0


def test_months_add_up_to_the_cent(leadership: Leadership) -> None:
    """What floating point makes of thirty times 6.61 is no sum of money."""
    house, case = leadership.house, leadership.before_them(1)
    kinds = ["replacement", *["goodwill"] * 29]
    lines = {"description": "Each of thirty", "issue": case.issues.get(), "cost": Decimal("6.61")}
    remedies = [actions.RemedyDraft(kind=kind, **lines) for kind in kinds]  # type: ignore[arg-type]
    case = actions.take_back_plan(case, by=house.actor(house.handler), at=MONDAY)
    actions.plan(case, by=house.actor(house.handler), at=MONDAY, currency="SEK", remedies=remedies)
    case = actions.submit_plan(case, by=house.actor(house.handler), at=MONDAY)
    AuthorityLimit.objects.filter(role=leadership.lena.role).update(amount=Decimal("198.30"))
    authority = house.actor(leadership.lena).authority
    assert list(awaiting_my_approval(leadership.lena, authority, MONDAY)) == [case]
    leadership.approve(leadership.lena, case)
    assert str(spent_by(leadership.lena.pk, "SEK", MONDAY)) == "198.30"


def test_two_plans_at_once_do_not_both_fit_into_what_is_left(committed: None) -> None:
    leadership = Leadership(House())
    leadership.monthly(leadership.lena, 600)
    cases = [leadership.before_them(500), leadership.before_them(500)]

    def approve(number: int) -> str:
        try:
            return leadership.approve(leadership.lena, Complaint.objects.get(pk=cases[number].pk)).stage
        except Refused as refused:
            return str(refused)

    assert sorted(at_the_same_time(2, approve)) == ["approve: beyond_authority", "decided"]
    assert spent_by(leadership.lena.pk, "SEK", MONDAY) == 500
