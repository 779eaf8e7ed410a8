"""What the people of the simulated year do to one case when they come to it."""

import random
from datetime import datetime, timedelta
from decimal import Decimal

from amends.cases import actions
from amends.cases.actions import RemedyDraft
from amends.cases.clock_choices import choices_of, may_pause
from amends.cases.models import Clock, Complaint
from amends.cases.signing import code_of
from amends.people.actors import customer_actor
from amends.rules.authority import Spending, covers
from amends.rules.capabilities import SYSTEM, Actor
from amends.rules.lifecycle import ENDED, Stage
from bench.year.people import SECTORS, Colleague, House

SILENT = "nothing, and never again"
Did = tuple[str, Complaint]


class Acting:
    """``act`` does one thing, by whoever's turn it is at the case's stage."""

    def __init__(self, house: House, chance: random.Random) -> None:
        self.house, self.chance, self._number = house, chance, 0
        self._answered: set[int] = set()  # formal ones that have their answer in writing

    def register(self, at: datetime) -> Complaint:
        """A new complaint, by phone, mail or letter; a letter may have lain for days."""
        self._number += 1
        by = self.chance.choice(self.house.handlers)
        channel = self.chance.choice(("phone", "phone", "email", "email", "email", "letter"))
        late = timedelta(days=self.chance.uniform(0, 4)) if channel == "letter" else timedelta(0)
        return actions.register(
            by=by.actor, at=at, customer=self.house.customer(self._number), story="It came broken.",
            channel=channel, category="product", signed_by=by.staff.name, received_at=at - late,
            formal=channel == "letter" and self.chance.random() < 0.5,
            sector=self.chance.choice(SECTORS),
        )  # fmt: skip

    def taken_up(self, complaint: Complaint, at: datetime) -> datetime:
        """When somebody comes to this case the next time."""
        if complaint.stage in (Stage.OFFERED, Stage.FOLLOWING_UP) and self.chance.random() < 0.6:
            return at + timedelta(hours=self.chance.uniform(3, 200))  # the customer
        return self._whose(complaint).takes_up(at, self.chance)

    def act(self, complaint: Complaint, at: datetime) -> Did:
        """What is done, and the case after it."""
        if complaint.stage in ENDED:
            return self._after_the_end(complaint, at)
        if self.chance.random() < 0.01:
            return "withdraw", actions.withdraw(complaint, by=self._customer(complaint), at=at)
        if complaint.handler_id is None and complaint.stage != Stage.FOLLOWING_UP:
            return self._hand_out(complaint, at)
        if self.chance.random() < 0.1 and (done := self._about_a_clock(complaint, at)):
            return done
        if complaint.due_at and complaint.due_at < at and self.chance.random() < 0.3:
            by = self._whose(complaint).actor
            return "write", actions.write(
                complaint, by=by, at=at, text="We are at it.", channel=self._way(complaint)
            )
        return getattr(self, f"_{complaint.stage}")(complaint, at)  # type: ignore[no-any-return]

    # --- by stage -------------------------------------------------------------------------------

    def _received(self, case: Complaint, at: datetime) -> Did:
        by = self._whose(case).actor
        if self.chance.random() < 0.78:
            return "resolve at once", actions.resolve_at_once(case, by=by, at=at, done="A new lid was sent.")
        case = actions.acknowledge(case, by=by, at=at, text="We know.", channel=self._way(case))
        return "acknowledge", case

    def _acknowledged(self, case: Complaint, at: datetime) -> Did:
        by = self._whose(case).actor
        if self.chance.random() < 0.1:
            case = actions.refer(
                case, by=by, at=at, third_party="The carrier, Box 1", text="They see to it.", channel="phone"
            )
            return "refer", case
        return "investigate", actions.investigate(case, by=by, at=at)

    def _investigating(self, case: Complaint, at: datetime) -> Did:
        by = self._whose(case).actor
        if case.said_back_at is None:
            return "say back", actions.say_back(case, by=by, at=at, understood="It came broken.")
        upheld = self.chance.random() < 0.55
        for issue in case.issues.all():
            finding = "justified" if upheld else "untrue"
            actions.find(issue, by=by, at=at, finding=finding, reasons="We looked at the parcel.")
        return "decide", actions.decide(case, by=by, at=at)

    def _decided(self, case: Complaint, at: datetime) -> Did:
        by = self._whose(case).actor
        issue = case.issues.get()
        if not issue.upheld:
            case = actions.refuse(
                case,
                by=by,
                at=at,
                text="We are sorry: no.",
                where_to_turn="The board",
                channel=self._way(case),
            )
            return "refuse", case
        plan = case.current_plan
        if plan is None or self.chance.random() < 0.2:
            cost = Decimal(self.chance.choice((0, 20, 20, 40, 300)))
            remedy = RemedyDraft(
                kind="refund", description="The price", issue=issue, amount=cost, cost=cost,
                department=self.house.warehouse,
            )  # fmt: skip
            plan = actions.plan(case, by=by, at=at, currency="EUR", remedies=[remedy])
            case.refresh_from_db()
        approved = plan.approvals.filter(approved=True).exists()
        cost = sum((r.cost or Decimal(0) for r in plan.remedies.all()), Decimal(0))
        if approved or covers(by.authority[0], Spending(cost=cost, currency="EUR")):
            actions.offer(case, by=by, at=at, text="We propose this.", channel=self._way(case))
            case.refresh_from_db()
            return "offer", case
        return "submit the plan", actions.submit_plan(case, by=by, at=at)

    def _awaiting_approval(self, case: Complaint, at: datetime) -> Did:
        assert case.current_plan is not None
        by = self.house.head.actor if self.chance.random() < 0.5 else self.house.one_who_hands_out().actor
        if self.chance.random() < 0.1:
            return "send back", actions.send_back(
                case, by=by, at=at, plan=case.current_plan, note="Too little."
            )
        return "approve", actions.approve(case, by=by, at=at, plan=case.current_plan)

    def _offered(self, case: Complaint, at: datetime) -> Did:
        offer, customer = case.offers.get(answer="open"), self._customer(case)
        what = self.chance.random()
        if what < 0.45:
            row = actions.request_code(offer, by=customer, at=at)
            actions.agree(offer, by=customer, at=at, signed_name="Customer", code=code_of(row))
            case.refresh_from_db()
            return "agree", case
        if what < 0.55:
            return "counter", actions.counter(offer, by=customer, at=at, words="And the postage?")
        if what < 0.6:
            return "decline", actions.decline(offer, by=customer, at=at)
        return "nothing", case

    def _agreed(self, case: Complaint, at: datetime) -> Did:
        actions.draw_up_duties(case, by=SYSTEM, at=at)
        return "fulfil", actions.fulfil(case, by=SYSTEM, at=at)

    def _fulfilling(self, case: Complaint, at: datetime) -> Did:
        for duty in case.duties.filter(done_at__isnull=True):
            actions.prove(duty, by=self.house.packer.actor, at=at, proof="BG 1")
        return "complete", actions.complete(case, by=SYSTEM, at=at)

    def _following_up(self, case: Complaint, at: datetime) -> Did:
        if case.formal and case.pk not in self._answered:  # first what is owed in writing
            self._answered.add(case.pk)
            by, way = self._whose(case).actor, self._way(case)
            case = actions.write(
                case, by=by, at=at, text="This is our answer.", purpose="decision", channel=way
            )
            return "answer in writing", case
        customer, what = self._customer(case), self.chance.random()
        if what < 0.5:
            return "confirm", actions.confirm(case, by=customer, at=at)
        if what < 0.54:
            return "not satisfied", actions.not_satisfied(case, by=customer, at=at, words="It leaks again.")
        if what < 0.58:
            return "hear", actions.hear(case, by=customer, at=at, words="Did you get my letter?")
        return "nothing", case

    def _after_the_end(self, case: Complaint, at: datetime) -> Did:
        if case.outcome == "silent" and self.chance.random() < 0.3:
            return "confirm late", actions.confirm(case, by=self._customer(case), at=at)
        if self.chance.random() < 0.3:
            return "reopen", actions.reopen(case, by=self._customer(case), at=at, why="It broke again.")
        return SILENT, case

    # --- whoever it is --------------------------------------------------------------------------

    def _hand_out(self, case: Complaint, at: datetime) -> Did:
        by = self.house.one_who_hands_out().actor
        if self.chance.random() < 0.3 and case.stage == Stage.RECEIVED:
            return self._received(case, at)
        handler = self.house.of_level(case.level)
        return "assign", actions.assign(case, by=by, at=at, handler=handler.staff)

    def _about_a_clock(self, case: Complaint, at: datetime) -> Did | None:
        """Somebody pauses the answer, lets it go on, extends it, looks at a case that takes long, or hears
        from a body outside, and answers it.
        """
        running = {one.kind: one for one in Clock.objects.filter(complaint=case, stopped_at__isnull=True)}
        by, answer = self._whose(case).actor, running.get("answer")
        if "review" in running and running["review"].due_at < at:
            lead = self.house.one_who_hands_out().actor
            return "review", actions.review(case, by=lead, at=at, text="It waits for the carrier.")
        if "body" in running:
            row = case.proceedings.get(ended_at__isnull=True)
            actions.end_outside(row, by=by, at=at, outcome="We answered.")
            case.refresh_from_db()
            return "answer the body outside", case
        if self.chance.random() < 0.1:
            since, asked = at - timedelta(days=self.chance.uniform(0, 6)), self.chance.random() < 0.7
            actions.go_outside(case, by=by, at=at, body="The board", since=since, wants_answer=asked)
            case.refresh_from_db()
            return "a body outside", case
        if answer is None:
            return None
        if answer.paused_at:
            return "resume", actions.resume_clock(answer, by=by, at=at)
        if may_pause(answer) and self.chance.random() < 0.5:
            return "pause", actions.pause_clock(answer, by=by, at=at, why="We wait for the photo.")
        if choices_of([answer])[answer.pk].extended and at < answer.due_at:
            way = self._way(case)
            return "extend", actions.extend_clock(answer, by=by, at=at, text="It takes longer.", channel=way)
        return None

    def _whose(self, case: Complaint) -> Colleague:
        if case.handler_id is None:
            return self.house.one_who_hands_out()
        return self.house.by_id[case.handler_id]

    def _customer(self, case: Complaint) -> Actor:
        return customer_actor(case.customer)

    def _way(self, case: Complaint) -> str:
        return "email" if case.speaker.email else "phone"
