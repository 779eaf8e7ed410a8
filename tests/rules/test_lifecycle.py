"""The table of the process: every step at every stage, every guard, everybody who may and may not."""

from dataclasses import fields, replace
from datetime import timedelta
from decimal import Decimal

import pytest

from amends.rules.capabilities import ROLES, SYSTEM, Capability
from amends.rules.lifecycle import STEPS, Reason, Stage, Step, why_not
from tests.rules.table import ACTOR, BROKEN, CUSTOMER, GOOD, NOW, a_source, actor_for, facts_at, staff

every_step = pytest.mark.parametrize("step", STEPS.values(), ids=str)
guarded = [(step, Reason(guard.__name__)) for step in STEPS.values() for guard in step.guards]


@pytest.mark.parametrize("stage", [None, *Stage], ids=str)
@every_step
def test_a_step_is_taken_at_its_stages_and_nowhere_else(step: Step, stage: Stage | None) -> None:
    here = stage in step.sources or (stage is None and not step.sources)
    expected = () if here else (Reason.WRONG_STAGE,)
    assert why_not(step, facts_at(stage), actor_for(step)) == expected


@pytest.mark.parametrize(("step", "reason"), guarded, ids=str)
def test_each_guard_refuses_for_its_reason_alone(step: Step, reason: Reason) -> None:
    broken = facts_at(a_source(step), **BROKEN[reason])
    assert why_not(step, broken, actor_for(step)) == (reason,)


def test_every_reason_is_given_by_something() -> None:
    without_guard = {Reason.WRONG_STAGE, Reason.NOT_ALLOWED, Reason.CONFLICT_OF_INTEREST}
    assert {reason for _, reason in guarded} == set(BROKEN)
    assert set(Reason) - set(BROKEN) == without_guard


# --- who may -----------------------------------------------------------------------------------


@every_step
def test_staff_need_the_capability_and_no_more(step: Step) -> None:
    others = staff(*(set(Capability) - {step.needs}))
    assert why_not(step, facts_at(a_source(step)), others) == (Reason.NOT_ALLOWED,)


@pytest.mark.parametrize("step", [step for step in STEPS.values() if step.needs], ids=str)
def test_who_is_complained_about_takes_no_step(step: Step) -> None:
    facts = facts_at(a_source(step), complained_about=frozenset({ACTOR}))
    assert why_not(step, facts, actor_for(step)) == (Reason.CONFLICT_OF_INTEREST,)


CUSTOMERS_STEPS = {
    "register",
    "request_code",
    "counter",
    "decline",
    "agree",
    "confirm",
    "not_satisfied",
    "withdraw",
    "withdraw_from_agreement",
    "reopen",
    "escalate",
    "confirm_problem",
    "correct_problem",
    "hear",
    "attach",
    "stop_invitations",
}


@every_step
def test_the_customer_takes_their_own_steps_only(step: Step) -> None:
    expected = () if step.name in CUSTOMERS_STEPS else (Reason.NOT_ALLOWED,)
    assert why_not(step, facts_at(a_source(step)), CUSTOMER) == expected


def test_a_customer_with_the_number_of_somebody_complained_about_is_not_them() -> None:
    facts = facts_at(Stage.FOLLOWING_UP, complained_about=frozenset({ACTOR}))
    assert why_not(STEPS["confirm"], facts, CUSTOMER) == ()


def test_only_the_program_or_the_customer_takes_what_staff_never_take() -> None:
    never = {step.name for step in STEPS.values() if step.needs is None}
    reported = {name for name in STEPS if name.startswith("report_")} - {"report_return"}
    assert never == reported | {
        "lapse",
        "climb",
        "remind_of_meeting",
        "remind_of_offer",
        "ask_once_more",
        "let_rest",
        "seal",
        "nudge",
    }


@pytest.mark.parametrize(
    ("step", "roles"),
    [
        ("register", {"recorder", "handler", "lead", "head", "administrator"}),
        ("acknowledge", {"handler", "lead", "head", "executive"}),
        ("approve", {"lead", "head", "executive"}),
        ("merge", {"lead", "head", "executive", "administrator"}),
        ("prove", {role.name for role in ROLES}),
    ],
)
def test_roles_of_a_new_house(step: str, roles: set[str]) -> None:
    facts = facts_at(a_source(STEPS[step]))
    may = {role.name for role in ROLES if why_not(STEPS[step], facts, staff(*role.capabilities)) == ()}
    assert may == roles


# --- the leadership's word ---------------------------------------------------------------------

APPROVE, APPROVER = STEPS["approve"], staff(Capability.APPROVE)
AWAITING = facts_at(Stage.AWAITING_APPROVAL)


def test_authority_reaches_to_its_sum_and_not_a_cent_further() -> None:
    assert why_not(APPROVE, replace(AWAITING, plan_cost=Decimal("1000.00")), APPROVER) == ()
    over = replace(AWAITING, plan_cost=Decimal("1000.01"))
    assert why_not(APPROVE, over, APPROVER) == (Reason.BEYOND_AUTHORITY,)


def test_authority_in_one_currency_is_none_in_another() -> None:
    zloty = replace(AWAITING, plan_currency="PLN", plan_cost=Decimal(1))
    assert why_not(APPROVE, zloty, APPROVER) == (Reason.BEYOND_AUTHORITY,)
    assert why_not(APPROVE, replace(zloty, plan_cost=Decimal(0)), APPROVER) == ()


def test_nobody_approves_their_own_plan_and_all_reasons_come_at_once() -> None:
    facts = replace(AWAITING, plan_author_id=ACTOR, plan_cost=Decimal(2000), this_plan=4)
    expected = (Reason.NOT_THIS_PLAN, Reason.OWN_PLAN, Reason.BEYOND_AUTHORITY)
    assert why_not(APPROVE, facts, APPROVER) == expected


def test_the_program_approves_nothing_that_costs_money() -> None:
    assert why_not(APPROVE, AWAITING, SYSTEM) == (Reason.BEYOND_AUTHORITY,)


def test_an_offer_needs_approval_or_the_handlers_own_authority() -> None:
    offer, handler = STEPS["offer"], staff(Capability.HANDLE, sek=100)
    decided = facts_at(Stage.DECIDED, plan_approved=False, needs_two=False)
    assert why_not(offer, decided, handler) == (Reason.NOT_APPROVED,)
    assert why_not(offer, replace(decided, plan_cost=Decimal(100)), handler) == ()
    assert why_not(offer, replace(decided, plan_approved=True), handler) == ()


# --- the rest of the fine print ----------------------------------------------------------------


def test_deciding_says_everything_that_is_missing() -> None:
    empty = facts_at(
        Stage.INVESTIGATING,
        handler_id=None,
        issues=0,
        issues_without_finding=2,
        open_inquiries=1,
        said_back=False,
    )
    assert why_not(STEPS["decide"], empty, actor_for(STEPS["decide"])) == (
        Reason.NO_HANDLER,
        Reason.NO_ISSUE,
        Reason.ISSUE_WITHOUT_FINDING,
        Reason.OPEN_INQUIRY,
        Reason.NOT_SAID_BACK,
    )


def test_silence_closes_only_when_the_time_after_the_second_question_is_over() -> None:
    step, silent = STEPS["close_as_silent"], facts_at(Stage.FOLLOWING_UP)
    early = replace(silent, follow_up_due=NOW + timedelta(seconds=1))
    assert why_not(step, early, actor_for(step)) == (Reason.NOT_ASKED_ENOUGH,)
    assert why_not(step, replace(silent, follow_up_due=NOW), actor_for(step)) == ()


def test_only_a_formal_complaint_owes_a_written_answer() -> None:
    informal = facts_at(Stage.FOLLOWING_UP, formal=False, written_answer=False)
    assert why_not(STEPS["confirm"], informal, CUSTOMER) == ()
    assert why_not(STEPS["confirm"], replace(informal, formal=True), CUSTOMER) == (Reason.NO_WRITTEN_ANSWER,)


def test_an_offer_can_be_signed_at_its_last_moment_and_with_code_or_paper_only() -> None:
    offered = facts_at(Stage.OFFERED, offer_expires_at=NOW)
    assert why_not(STEPS["agree"], offered, CUSTOMER) == ()
    assert why_not(STEPS["agree"], replace(offered, signature="paper"), CUSTOMER) == ()
    assert why_not(STEPS["agree"], replace(offered, signature="word"), CUSTOMER) == (Reason.NOT_SIGNED,)


def test_a_lead_may_prove_the_duty_of_another_department() -> None:
    fulfilling = facts_at(Stage.FULFILLING, own_department=False)
    assert why_not(STEPS["prove"], fulfilling, staff(Capability.FULFIL)) == (Reason.NOT_YOURS,)
    assert why_not(STEPS["prove"], fulfilling, staff(Capability.FULFIL, Capability.LEAD)) == ()


def test_the_good_facts_name_every_fact_that_a_guard_can_break() -> None:
    known = {field.name for field in fields(GOOD)}
    assert {name for changes in BROKEN.values() for name in changes} <= known
