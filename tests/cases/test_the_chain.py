"""The chain from plan to fulfilment cannot be cut, in whatever order people act.

Several of the house and the customer do anything at any time. What is refused changes nothing; what is done
never leads to a remedy carried out without a word of the leadership, an agreement other than the plan, a
closed case with something left to do, or two agreements in force.
"""

from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from amends.cases import actions
from amends.cases.actions import Refused, RemedyDraft
from amends.cases.documents import kept
from amends.cases.models import Agreement, Complaint, Duty, Offer, Plan, SignedPaper
from amends.cases.settlement_text import settlement_text
from amends.cases.signing import code_of
from amends.cases.verify import verify_one
from amends.people.actors import customer_actor
from amends.people.models import AuthorityLimit, Deputy, LimitPer, SecondPair, StaffMember
from amends.rules.authority import Spending, covers
from amends.rules.capabilities import SYSTEM, Actor
from amends.rules.lifecycle import Reason
from tests.cases.test_settlement_text import cooling_off
from tests.conftest import MONDAY, House
from tests.portal.way import brought_to

PEOPLE = ("handler", "colleague", "lead", "head", "deputy")
who = st.sampled_from(PEOPLE)
sums = st.sampled_from((0, 80, 250, 700, 1200))
MONTHLY = Decimal(2000)
TWO_ABOVE = Decimal(1000)


class Chain(RuleBasedStateMachine):
    """One complaint that was decided, and everybody who can act on it."""

    def __init__(self) -> None:
        super().__init__()
        self._undone = transaction.atomic()
        self._undone.__enter__()
        self.house, self.at = House(), MONDAY
        self.staff = self._people()
        cooling_off(self.house)
        self.case = self._decided(self.house.complaint())

    def _people(self) -> dict[str, StaffMember]:
        house = self.house
        people = {
            "handler": house.handler,
            "colleague": house.colleague,
            "lead": house.lead,
            "head": house.staff("Hedda Head", "head", house.care),
            "deputy": house.staff("Dag Deputy", "lead", house.care),
        }
        limit, sek = AuthorityLimit.objects.create, {"currency": "SEK"}
        limit(role=people["head"].role, amount=Decimal(5000), **sek)
        limit(staff=people["deputy"], amount=Decimal(100), **sek)
        limit(staff=people["lead"], amount=MONTHLY, per=LimitPer.MONTH, **sek)
        SecondPair.objects.create(currency="SEK", above=TWO_ABOVE)
        Deputy.objects.create(
            absent=people["lead"],
            deputy=people["deputy"],
            from_day=date(2026, 3, 1),
            until_day=date(2026, 3, 9),
        )
        return people

    def _decided(self, case: Complaint) -> Complaint:
        by = self.actor("handler")
        case = actions.assign(case, by=by, at=MONDAY, handler=self.house.handler)
        case = actions.acknowledge(case, by=by, at=MONDAY, text="We look into it.")
        case = actions.investigate(case, by=by, at=MONDAY)
        actions.say_back(
            case, by=by, at=MONDAY, understood="The kettle leaks.", text="You say that it leaks."
        )
        return self._found(case)

    def _found(self, case: Complaint) -> Complaint:
        by = self.actor("handler")
        for issue in case.issues.all():
            actions.find(issue, by=by, at=self.at, finding="justified", reasons="It leaks.")
        case.refresh_from_db()
        return actions.decide(case, by=by, at=self.at)

    def teardown(self) -> None:
        """Every event of the way is chained; then nothing of it is kept."""
        assert list(verify_one(self.case)) == []
        transaction.set_rollback(True)
        self._undone.__exit__(None, None, None)

    def actor(self, name: str) -> Actor:
        return self.house.actor(self.staff[name])

    @property
    def customer(self) -> Actor:
        return customer_actor(self.house.customer)

    def do(self, act: Callable[..., object], *given: Any, by: Actor, **more: Any) -> None:
        """Try it. What is refused has changed nothing."""
        before = self._standing()
        self.at += timedelta(minutes=1)
        done = False
        with suppress(Refused), transaction.atomic():
            act(*given, by=by, at=self.at, **more)
            done = True
        assert done or self._standing() == before
        self.case.refresh_from_db()

    def _standing(self) -> tuple[object, ...]:
        case = Complaint.objects.get(pk=self.case.pk)
        tables = (Plan, Offer, Agreement, Duty)
        return (case.stage, case.events_count, *(t.objects.filter(complaint=case).count() for t in tables))

    # --- what people do --------------------------------------------------------------------------

    @rule(hours=st.sampled_from((1, 30, 24 * 9, 24 * 16)))
    def time_passes(self, hours: int) -> None:
        self.at += timedelta(hours=hours)

    @rule(by=who, cost=sums, more=sums)
    def plan(self, by: str, cost: int, more: int) -> None:
        if self.case.stage != "decided":
            return
        issue = self.case.issues.get()
        lines = [
            RemedyDraft(kind="refund", description="The price", issue=issue, amount=Decimal(cost),
                        cost=Decimal(cost), department=self.house.warehouse),
            RemedyDraft(kind="gift", description="Tea", cost=Decimal(more), little_more=True, after=1),
        ]  # fmt: skip
        self.do(actions.plan, self.case, by=self.actor(by), currency="SEK", remedies=lines, departure="Fair.")

    @rule(by=who)
    def submit(self, by: str) -> None:
        self.do(actions.submit_plan, self.case, by=self.actor(by))

    @rule(by=who)
    def take_back(self, by: str) -> None:
        self.do(actions.take_back_plan, self.case, by=self.actor(by))

    @rule(by=who, act=st.sampled_from(("approve", "endorse", "send_back")), old=st.booleans())
    def leadership(self, by: str, act: str, old: bool) -> None:
        plans = list(self.case.plans.order_by("version"))
        if plans:
            plan = plans[0] if old else plans[-1]
            self.do(getattr(actions, act), self.case, by=self.actor(by), plan=plan, note="Fair.")

    @rule(by=who)
    def offer(self, by: str) -> None:
        self.do(actions.offer, self.case, by=self.actor(by), text="We propose this.")

    @rule(what=st.sampled_from(("counter", "decline", "lapse")), old=st.booleans())
    def no_to_the_offer(self, what: str, old: bool) -> None:
        offer = self._offer(old)
        if offer is not None:
            by = SYSTEM if what == "lapse" else self.customer
            self.do(
                getattr(actions, what),
                offer,
                by=by,
                **({"words": "And the postage?"} if what == "counter" else {}),
            )

    def _offer(self, old: bool) -> Offer | None:
        offers = list(self.case.offers.select_related("complaint").order_by("round"))
        return (offers[0] if old else offers[-1]) if offers else None

    @rule(old=st.booleans(), right=st.booleans(), seen=st.booleans())
    def sign(self, old: bool, right: bool, seen: bool) -> None:
        offer = self._offer(old)
        if offer is None or offer.complaint.stage != "offered":
            return
        code = "000000"
        if right:
            self.do(actions.request_code, offer, by=self.customer)
            row = offer.codes.last()
            code = code_of(row) if row else code
        shown = offer.settlement_sha256 if seen else "0" * 64
        self.do(actions.agree, offer, by=self.customer, signed_name="Clara", code=code, shown_sha256=shown)

    @rule(by=who, old=st.booleans())
    def bring_paper(self, by: str, old: bool) -> None:
        offer = self._offer(old)
        if offer is not None:
            scan = actions.attach(
                self.case, by=SYSTEM, at=self.at, document=kept("signed.txt", "text/plain", b"Signed.")
            )
            self.case.refresh_from_db()
            self.do(actions.bring_paper, offer, by=self.actor(by), signed_name="Clara", scan=scan)

    @rule(by=who, good=st.booleans())
    def check_paper(self, by: str, good: bool) -> None:
        paper = SignedPaper.objects.filter(offer__complaint=self.case).order_by("-pk").first()
        if paper is not None and good:
            self.do(actions.agree_on_paper, paper, by=self.actor(by))
        elif paper is not None:
            self.do(actions.reject_paper, paper, by=self.actor(by), why="Not signed.")

    @rule()
    def withdraw_from_agreement(self) -> None:
        self.do(actions.withdraw_from_agreement, self.case, by=self.customer, words="I think again.")

    @rule(by=st.sampled_from((*PEOPLE, "program")))
    def begin(self, by: str) -> None:
        actor = SYSTEM if by == "program" else self.actor(by)
        self.do(actions.draw_up_duties, self.case, by=actor)
        self.do(actions.fulfil, self.case, by=actor)

    @rule(by=who, proof=st.sampled_from(("BG 1", "done", "")))
    def prove(self, by: str, proof: str) -> None:
        duty = Duty.objects.filter(complaint=self.case).order_by("done_at", "-pk").first()
        if duty is not None:
            self.do(actions.prove, duty, by=self.actor(by), proof=proof)

    @rule(by=who)
    def complete(self, by: str) -> None:
        self.do(actions.complete, self.case, by=self.actor(by))

    @rule(what=st.sampled_from(("confirm", "not_satisfied", "withdraw")))
    def customer_says(self, what: str) -> None:
        self.do(getattr(actions, what), self.case, by=self.customer, words="This is it.")
        if self.case.stage == "investigating":
            self._decide_again()

    @rule()
    def reopen(self) -> None:
        self.do(actions.reopen, self.case, by=self.customer, why="It leaks again.")
        if self.case.stage == "investigating":
            self._decide_again()

    def _decide_again(self) -> None:
        """One level higher: the head has it from now on."""
        by = self.actor("head")
        self.case = actions.assign(self.case, by=by, at=self.at, handler=self.staff["head"])
        self.case = actions.decide(self.case, by=by, at=self.at)

    # --- what never happens ----------------------------------------------------------------------

    @invariant()
    def nothing_is_carried_out_that_nobody_answered_for(self) -> None:
        for duty in Duty.objects.filter(complaint=self.case, done_at__isnull=False).select_related(
            "remedy__plan"
        ):
            agreement = Agreement.objects.get(complaint=self.case, offer__plan=duty.remedy.plan)
            assert agreement.signed_at <= duty.done_at  # type: ignore[operator]
            assert self._answered_for(duty.remedy.plan, agreement.offer, agreement.signed_at)

    def _answered_for(self, plan: Plan, offer: Offer, signed: datetime) -> bool:
        said = [one for one in plan.approvals.all() if one.voided_at is None or one.voided_at > signed]
        if said and said[-1].approved and not said[-1].first_of_two:
            eyes = {one.by_id for one in said if one.approved}
            assert plan.author_id not in eyes
            assert self._cost(plan) <= TWO_ABOVE or len(eyes) == 2
            return True
        own = self.house.actor(offer.made_by).authority[0]
        return self._cost(plan) <= TWO_ABOVE and covers(own, Spending(cost=self._cost(plan), currency="SEK"))

    def _cost(self, plan: Plan) -> Decimal:
        return sum((one.cost or Decimal(0) for one in plan.remedies.all()), Decimal(0))

    @invariant()
    def what_was_agreed_is_what_was_planned_and_offered(self) -> None:
        for agreement in Agreement.objects.filter(complaint=self.case).select_related("offer__plan"):
            assert agreement.text == agreement.offer.settlement == settlement_text(agreement.offer, "en")
            assert agreement.offer.answer == "accepted"

    @invariant()
    def nothing_is_left_to_do_where_it_has_ended(self) -> None:
        if self.case.stage in ("following_up", "closed", "withdrawn", "referred", "merged"):
            assert not Duty.objects.filter(complaint=self.case, done_at__isnull=True).exists()
            assert not Offer.objects.filter(complaint=self.case, answer="open").exists()

    @invariant()
    def one_agreement_is_in_force_at_most(self) -> None:
        in_force = Agreement.objects.filter(complaint=self.case, ended_at__isnull=True).count()
        assert in_force == (1 if self.case.stage in ("agreed", "fulfilling") else 0)

    @invariant()
    def nobody_spends_more_than_their_month(self) -> None:
        said = self.staff["lead"].approvals.filter(approved=True, first_of_two=False, voided_at__isnull=True)
        said = said.filter(instead_of__isnull=True, at__year=2026, at__month=3)
        plans = {one.plan for one in said.select_related("plan")}
        assert sum(self._cost(plan) for plan in plans) <= MONTHLY


@pytest.mark.django_db
def test_the_chain_cannot_be_cut() -> None:
    run_state_machine_as_test(
        Chain,
        settings=settings(
            max_examples=25,
            stateful_step_count=40,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_a_signature_may_be_taken_back_in_time_also_when_all_is_done(house: House) -> None:
    cooling_off(house)
    way = brought_to("closed", house)
    by = customer_actor(house.customer)
    late = MONDAY + timedelta(days=15)
    with pytest.raises(Refused) as refused:
        actions.withdraw_from_agreement(way.fresh(), by=by, at=late)
    assert (refused.value.reasons, way.fresh().stage) == ((Reason.NO_WITHDRAWAL,), "closed")
    case = actions.withdraw_from_agreement(way.fresh(), by=by, at=MONDAY + timedelta(days=13), words="No.")
    agreement = Agreement.objects.get()
    assert (case.stage, case.outcome, case.closed_at, case.current_plan) == ("decided", "", None, None)
    assert (agreement.ended_how, agreement.stands) == ("withdrawn", False)
    with pytest.raises(Refused):
        actions.offer(case, by=house.actor(house.handler), at=MONDAY, text="The same again.")
