"""Telling one complaint of the demonstration: each verb of ``ways`` through the real actions."""

import random
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from amends.cases import actions
from amends.cases.choices import Channel, MessageStatus, Purpose
from amends.cases.models import Clock, Complaint, Inquiry, Message, Offer, SigningCode
from amends.cases.settlement_text import money
from amends.cases.signing import code_of
from amends.correspondence.texts import Draft, draft_message
from amends.kit import clock
from amends.people.actors import SYSTEM, customer_actor
from amends.people.models import Customer, StaffMember
from amends.project.demo.house import HANDLERS, House
from amends.project.demo.stories import Story, Tongue
from amends.project.demo.ways import Beat
from amends.rules.capabilities import Actor

ASKED = {"product": "Warehouse", "service": "Warehouse", "billing": "Finance", "price": "Finance"}
ANSWERS_FOR = {"Warehouse": ("dorota", "per"), "Finance": ("farid",), "Customer care": ("aisyah",)}
PROOFS = {
    "refund": "Transfer {}", "discount": "Credit note {}", "compensation": "Transfer {}", "goodwill": "Transfer {}",
    "replacement": "Parcel {}", "gift": "Parcel {}",
}  # fmt: skip
NOBODY_SPOKE = (Channel.FORM, Channel.EMAIL, Channel.CHAT, Channel.REVIEW)
CHANNELS = {"email": 50, "form": 22, "phone": 12, "letter": 10, "chat": 4, "review": 2}


@dataclass
class Telling:
    """One customer's complaint, and where its telling stands."""

    house: House
    tongue: Tongue
    story: Story
    customer: Customer
    rng: random.Random
    channel: str = ""  # of the first word; drawn by lot if empty
    into: Complaint | None = None  # an earlier one of the same customer, to be merged into
    complaint: Complaint = field(default_factory=Complaint)
    at: datetime = datetime.min

    def tell(self, beats: tuple[Beat, ...], moments: list[datetime]) -> Complaint:
        """All beats at their moments, with the mail delivered and the broken promises reported in between."""
        for beat, moment in zip(beats, moments, strict=True):
            self.report_breaches(moment)
            self.at = moment
            with clock.set_to(moment):
                getattr(self, beat.verb)()
            self.deliver()
        return self.complaint

    # --- who acts and what they say -----------------------------------------------------------

    @property
    def handler(self) -> StaffMember:
        """Who has the case, or would get it."""
        key = "maja" if self.story.about else HANDLERS[self.tongue.code]
        return self.complaint.handler or self.house.staff[key]

    @property
    def by(self) -> Actor:
        """The handler, acting."""
        return self.house.actor(self.handler)

    @property
    def them(self) -> Actor:
        """The customer, acting."""
        return customer_actor(self.customer)

    def say(self, key: str) -> str:
        """One of the customer's or the house's usual sentences in this language."""
        words = self.tongue.words[key]
        return str(words if isinstance(words, str) else self.rng.choice(words))

    def draft(self, purpose: str, *, by_house: bool = False, **values: object) -> dict[str, Any]:
        """The house's standard text as the keywords that actions take; a letter where there is no e-mail.

        The handler signs it, or the house where the program writes by itself.
        """
        sender = "" if by_house else self.handler.name
        draft: Draft = draft_message(purpose, self.complaint, sender=sender, **values)
        channel = Channel.EMAIL if self.customer.email else Channel.LETTER
        return {"text": draft.body, "subject": draft.subject[:200], "channel": channel}

    def deliver(self, *, error: str = "") -> None:
        """What is queued goes out within the minute, or comes back."""
        for message in Message.objects.filter(complaint=self.complaint, status=MessageStatus.QUEUED):
            self.at += timedelta(seconds=self.rng.uniform(3, 12))
            if error:
                actions.report_failure(message, by=SYSTEM, at=self.at, error=error)
            else:
                actions.report_delivery(message, by=SYSTEM, at=self.at)

    def report_breaches(self, until: datetime) -> None:
        """Promises that ran out before ``until`` go on file, as the clock's own job would have done."""
        if self.complaint.pk is None:
            return
        ran_out = Clock.objects.filter(
            complaint=self.complaint, stopped_at__isnull=True, breached_at__isnull=True, due_at__lt=until
        )
        for row in list(ran_out):
            moment = max(self.at, min(until, row.due_at + timedelta(minutes=1)))
            actions.report_breach(row, by=SYSTEM, at=moment)
            self.at = moment

    # --- the first word -------------------------------------------------------------------------

    def register(self) -> None:
        """In the customer's own words, over one of the ways in."""
        channel = self.channel or self._channel()
        own = channel in (Channel.FORM, Channel.CHAT)
        recorder = self.house.staff["aisyah"]
        about = [self.house.staff[self.story.about]] if self.story.about else []
        opening, closing = self.say("openings"), self.say("closings")
        told = f"{self.tongue.words['again']}\n\n{self.story.story}" if self.into else self.story.story
        self.complaint = actions.register(
            by=self.them if own else self.house.actor(recorder),
            at=self.at,
            customer=self.customer,
            title=self.story.title,
            story=f"{opening}\n\n{told}\n\n{closing}\n{self.customer.name}",
            wish=self.story.wish,
            channel=channel,
            category=self.story.category,
            severity=self.story.severity,
            signed_by=self.customer.name if own else recorder.name,
            complained_about=about,
            details=self.story.details,
            letter_date=(self.at - timedelta(days=3)).date() if channel == Channel.LETTER else None,
            to_executive=channel == Channel.LETTER and self.rng.random() < 0.4,
            risk_public=channel == Channel.REVIEW or self.story.severity > 3,
        )

    def _channel(self) -> str:
        if not self.customer.email:
            return self.rng.choice((Channel.LETTER, Channel.PHONE))
        return self.rng.choices(list(CHANNELS), weights=list(CHANNELS.values()))[0]

    def receipt(self) -> None:
        """The program's own word that it has arrived, where nobody has talked with the customer."""
        if self.customer.email and self.complaint.channel in NOBODY_SPOKE:
            said = self.draft(Purpose.RECEIPT, by_house=True)
            actions.write(self.complaint, by=SYSTEM, at=self.at, purpose=Purpose.RECEIPT, **said)

    def receipt_fails(self) -> None:
        """The address does not work: somebody must see to it."""
        said = self.draft(Purpose.RECEIPT, by_house=True)
        actions.write(self.complaint, by=SYSTEM, at=self.at, purpose=Purpose.RECEIPT, **said)
        self.deliver(error="550 5.1.1 The mailbox does not exist.")

    def acknowledge(self) -> None:
        """We know, we look into it."""
        said = self.draft(Purpose.ACKNOWLEDGEMENT)
        self.complaint = actions.acknowledge(self.complaint, by=self.by, at=self.at, **said)

    def resolve_at_once(self) -> None:
        """Solved on the phone."""
        recorder = self.house.actor(self.house.staff["aisyah"])
        self.complaint = actions.resolve_at_once(
            self.complaint,
            by=recorder,
            at=self.at,
            done=f"{self.story.reasons}\n\n{self.story.what}.",
            channel=Channel.PHONE,
        )

    # --- finding out ------------------------------------------------------------------------------

    def assign(self) -> None:
        """By the team lead, to who speaks the language."""
        lead = self.house.actor(self.house.staff["maja"])
        self.complaint = actions.assign(self.complaint, by=lead, at=self.at, handler=self.handler)

    def assign_higher(self) -> None:
        """To somebody more senior than before."""
        self.complaint.refresh_from_db()
        head = self.house.staff["robert"]
        senior = head if self.story.about else self.house.staff["maja"]
        self.complaint = actions.assign(self.complaint, by=self.house.actor(head), at=self.at, handler=senior)

    def investigate(self) -> None:
        """The handler begins."""
        self.complaint = actions.investigate(self.complaint, by=self.by, at=self.at)

    def ask(self) -> None:
        """A neutral question to the department that knows."""
        department = self.house.departments[ASKED.get(self.story.category, "Customer care")]
        due = self.at + timedelta(days=3)
        actions.ask(
            self.complaint, by=self.by, at=self.at, question=self.story.ask, due_at=due, department=department
        )

    def answer_inquiry(self) -> None:
        """The statement; where a colleague is complained about, the handler writes down what was said."""
        for inquiry in Inquiry.objects.filter(complaint=self.complaint, is_open=True).select_related("department"):
            assert inquiry.department
            keys = ANSWERS_FOR[inquiry.department.name]
            by = self.by if self.story.about else self.house.actor(self.house.staff[self.rng.choice(keys)])
            actions.answer_inquiry(inquiry, by=by, at=self.at, statement=self.story.told)

    def say_back(self) -> None:
        """The problem in our words."""
        said = self.draft(Purpose.SAY_BACK, understood=self.story.said)
        self.complaint = actions.say_back(
            self.complaint, by=self.by, at=self.at, understood=self.story.said, **said
        )

    def confirm_problem(self) -> None:
        """Yes, that is it."""
        self.complaint = actions.confirm_problem(self.complaint, by=self.them, at=self.at)

    def correct_problem(self) -> None:
        """Not quite."""
        self.complaint = actions.correct_problem(
            self.complaint, by=self.them, at=self.at, words=self.say("correction")
        )

    def hear(self) -> None:
        """The customer adds something."""
        self.complaint = actions.hear(self.complaint, by=self.them, at=self.at, words=self.say("more"))

    def progress(self) -> None:
        """Word while there is no answer yet."""
        said = self.draft(Purpose.PROGRESS, unknown=self.say("progress"))
        self.complaint = actions.write(self.complaint, by=self.by, at=self.at, **said)

    def find(self) -> None:
        """What was found, with its reasons."""
        for issue in self.complaint.issues.all():
            actions.find(
                issue, by=self.by, at=self.at, finding=self.story.finding, reasons=self.story.reasons, cause=self.story.told
            )

    def decide(self) -> None:
        """The findings stand."""
        self.complaint = actions.decide(self.complaint, by=self.by, at=self.at)

    def tell_decided(self) -> None:
        """Word that it is clear now what happened, and what comes next."""
        self.complaint = actions.write(self.complaint, by=self.by, at=self.at, **self.draft(Purpose.PROGRESS))

    # --- putting it right -------------------------------------------------------------------------

    def plan(self) -> None:
        """The remedy, and the little more."""
        self._plan(self.story.sum, self.story.what, "We should do what is asked: it was our doing.")

    def plan_again(self) -> None:
        """After it was sent back: the reasons are put in."""
        self._plan(self.story.sum, self.story.what, f"With the cost checked. What we found: {self.story.told}")

    def plan_more(self) -> None:
        """After the customer asked for something else: a quarter more where it is about money."""
        asks_money = any(letter.isdigit() for letter in self.story.counter)
        sum_ = self.story.sum * Decimal("1.25") if asks_money else self.story.sum
        what = f"{self.story.what} ({self.say('as_asked')})"
        self._plan(sum_.quantize(Decimal("1")), what, f"The customer asked for this: {self.story.counter}")

    def _plan(self, sum_: Decimal, what: str, proposal: str) -> None:
        issue = self.complaint.issues.get()
        paid = sum_ if sum_ and PROOFS.get(self.story.remedy, "").startswith(("Transfer", "Credit")) else None
        money_out = self.house.departments["Finance"]
        goods_out = self.house.departments["Warehouse"]
        gift = self.story.remedy == "apology"
        main = actions.RemedyDraft(
            kind=self.story.remedy,
            description=what,
            issue=issue,
            amount=paid,
            cost=sum_,
            department=money_out if paid else goods_out if self.story.remedy == "replacement" else None,
            within_days=5,
        )
        more = actions.RemedyDraft(
            kind="gift" if gift else "apology",
            description=self.say("gift" if gift else "sorry"),
            cost=Decimal(10 if gift else 0),
            little_more=True,
            department=goods_out if gift else None,
            within_days=7,
            after=1,
        )
        actions.plan(
            self.complaint,
            by=self.by,
            at=self.at,
            currency=self.tongue.currency,
            remedies=[main, more],
            proposal=f"{proposal} {money(sum_, self.tongue.currency, 'en')} in all.",
            prevention=self.story.prevention,
        )

    def submit_plan(self) -> None:
        """To the leadership."""
        self.complaint = actions.submit_plan(self.complaint, by=self.by, at=self.at)

    def approve(self) -> None:
        """By the first of the leadership whose authority covers it, and who did not write it."""
        plan = self.complaint.current_plan
        assert plan
        cost = sum((r.cost or Decimal(0) for r in plan.remedies.all()), Decimal(0))
        leaders = (self.house.actor(self.house.staff[key]) for key in ("maja", "robert", "ingrid"))
        fit = next(a for a in leaders if a.id != plan.author_id and a.covers(cost, plan.currency))
        self.complaint = actions.approve(self.complaint, by=fit, at=self.at, plan=plan, note="Fair, and soon, please.")

    def send_back(self) -> None:
        """The leadership wants to know more."""
        plan = self.complaint.current_plan
        assert plan
        head = self.house.actor(self.house.staff["robert"])
        note = "How did we come to this sum, and what did the department say? Please put both in."
        self.complaint = actions.send_back(self.complaint, by=head, at=self.at, plan=plan, note=note)

    def offer(self) -> None:
        """The proposal, as a message in the customer's language."""
        said = self.draft(Purpose.OFFER)
        text = self.say("offer").format(reasons=self.story.reasons, prevention=self.story.prevention)
        notice = said.pop("text")
        actions.offer(self.complaint, by=self.by, at=self.at, text=text, notice=notice, **said)
        self.complaint.refresh_from_db()

    @property
    def _offer(self) -> Offer:
        return Offer.objects.filter(complaint=self.complaint).select_related("complaint").latest("round")

    def counter(self) -> None:
        """The customer wants something else."""
        self.complaint = actions.counter(self._offer, by=self.them, at=self.at, words=self.story.counter)

    def lapse(self) -> None:
        """Nobody answered in time."""
        self.complaint = actions.lapse(self._offer, by=SYSTEM, at=max(self.at, self._offer.expires_at))

    def request_code(self) -> None:
        """The customer asks for the code that signs."""
        actions.request_code(self._offer, by=self.them, at=self.at)

    def agree(self) -> None:
        """Name typed, code typed."""
        code = code_of(SigningCode.objects.filter(offer=self._offer).latest("pk"))
        actions.agree(self._offer, by=self.them, at=self.at, signed_name=self.customer.name, code=code)
        self.complaint.refresh_from_db()

    def agreement(self) -> None:
        """The signed text goes to the customer."""
        said = self.draft(Purpose.AGREEMENT, by_house=True)
        actions.write(self.complaint, by=SYSTEM, at=self.at, purpose=Purpose.AGREEMENT, **said)

    def draw_up_duties(self) -> None:
        """One for each department."""
        actions.draw_up_duties(self.complaint, by=SYSTEM, at=self.at)

    def fulfil(self) -> None:
        """The departments begin."""
        self.complaint = actions.fulfil(self.complaint, by=SYSTEM, at=self.at)

    def prove(self) -> None:
        """The next duty is done, and shown to be."""
        duty = self.complaint.duties.filter(done_at__isnull=True).select_related("department", "remedy").first()
        assert duty
        keys = {"Warehouse": "per", "Finance": "farid"}
        key = keys.get(duty.department.name if duty.department else "")
        by = self.house.actor(self.house.staff[key]) if key else self.by
        proof = PROOFS.get(duty.remedy.kind, "Done, note {}").format(self.rng.randrange(10_000_000, 99_999_999))
        actions.prove(duty, by=by, at=self.at, proof=proof)

    def complete(self) -> None:
        """Everything is proved: the program sees it by itself."""
        self.complaint = actions.complete(self.complaint, by=SYSTEM, at=self.at)

    # --- the end ----------------------------------------------------------------------------------

    def ask_if_good(self) -> None:
        """Is it good now? Without an address a person must call: that stays to be done."""
        if not self.customer.email:
            return
        said = self.draft(Purpose.FOLLOW_UP, by_house=True)
        self.complaint = actions.ask_if_good(self.complaint, by=SYSTEM, at=self.at, **said)

    def confirm(self) -> None:
        """It is good."""
        kind, told, praise = self.tongue.words["yes"]
        repaid = self.story.category == "product" and self.story.remedy in ("refund", "compensation")
        words = told if repaid and self.rng.random() < 0.7 else self.rng.choice((kind, praise))
        self.complaint = actions.confirm(self.complaint, by=self.them, at=self.at, words=words)

    def not_satisfied(self) -> None:
        """It is not good yet."""
        self.complaint = actions.not_satisfied(self.complaint, by=self.them, at=self.at, words=self.say("no"))

    def close_as_silent(self) -> None:
        """Asked twice, no answer."""
        self.complaint = actions.close_as_silent(self.complaint, by=SYSTEM, at=self.at)

    def closing(self) -> None:
        """Thanks at the end."""
        said = self.draft(Purpose.CLOSING, by_house=True)
        actions.write(self.complaint, by=SYSTEM, at=self.at, purpose=Purpose.CLOSING, **said)

    def refuse(self) -> None:
        """A clear no, with its reasons and where to turn."""
        where = self.say("refused_to")
        said = self.draft(Purpose.REFUSAL, where_to_turn=where)
        self.complaint = actions.refuse(self.complaint, by=self.by, at=self.at, where_to_turn=where, **said)

    def refer(self) -> None:
        """Somebody else is responsible."""
        third = self.story.third_party
        said = self.draft(Purpose.REFERRAL, third_party=third)
        self.complaint = actions.refer(self.complaint, by=self.by, at=self.at, third_party=third, **said)

    def withdraw(self) -> None:
        """The customer takes it back."""
        self.complaint = actions.withdraw(self.complaint, by=self.them, at=self.at, words=self.say("withdrawn"))

    def merge(self) -> None:
        """Told twice: the earlier one carries on."""
        assert self.into
        lead = self.house.actor(self.house.staff["maja"])
        self.complaint = actions.merge(self.complaint, by=lead, at=self.at, into=self.into)
