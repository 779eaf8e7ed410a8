"""Plan, approval, offer, signature, and the departments at work."""

from decimal import Decimal

from amends.cases import actions
from amends.cases.choices import Purpose
from amends.cases.models import Issue, Offer, SigningCode
from amends.cases.settlement_text import money
from amends.cases.signing import code_of
from amends.people.actors import SYSTEM
from amends.project.demo.teller import Teller
from amends.rules.authority import Spending, covers

PROOFS = {
    "refund": "Transfer {}",
    "discount": "Credit note {}",
    "compensation": "Transfer {}",
    "goodwill": "Transfer {}",
    "replacement": "Parcel {}",
    "gift": "Parcel {}",
    "apology": "Letter {}",
    "explanation": "Letter {}",
}


DEPARTURE = "What we found, and what the customer wants, call for this here."


class PuttingRight(Teller):
    """Plan, approval, offer, signature, and the departments at work."""

    def plan(self) -> None:
        """The remedy, and the little more."""
        self._plan(self.story.sum, self.story.what, "We should do what is asked: it was our doing.")

    def plan_again(self) -> None:
        """After it was sent back: the reasons are put in."""
        self._plan(
            self.story.sum, self.story.what, f"With the cost checked. What we found: {self.story.told}"
        )

    def plan_more(self) -> None:
        """After the customer asked for something else: that, or a quarter more where it is about money."""
        story = self.story
        proposal = f"The customer asked for this: {story.counter}"
        if story.then:
            self._plan(Decimal(story.then_amount), story.then, proposal, kind=story.then_remedy)
            return
        asks_money = any(letter.isdigit() for letter in story.counter)
        sum_ = (story.sum * Decimal("1.25")).quantize(Decimal(1)) if asks_money else story.sum
        self._plan(sum_, f"{story.what} ({self.say('as_asked')})", proposal)

    def _plan(self, sum_: Decimal, what: str, proposal: str, kind: str = "") -> None:
        kind = kind or self.story.remedy
        issue = self.complaint.issues.get()
        paid = sum_ if sum_ and PROOFS.get(kind, "").startswith(("Transfer", "Credit")) else None
        money_out = self.house.departments["Finance"]
        goods_out = self.house.departments["Warehouse"]
        gift = kind == "apology"
        main = actions.RemedyDraft(
            kind=kind,
            description=what,
            issue=issue,
            amount=paid,
            cost=sum_,
            department=money_out if paid else goods_out if kind == "replacement" else None,
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
            remedies=[main, more, *self._beside(issue)],
            departure=DEPARTURE,
            proposal=f"{proposal} {money(sum_, self.tongue.currency, 'en')} in all.",
            prevention=self.story.prevention,
        )

    def _beside(self, issue: Issue) -> list[actions.RemedyDraft]:
        """What the law gives in any case, where the story gives something else first."""
        story = self.story
        if not story.also:
            return []
        sum_ = Decimal(story.also_amount)
        paid = sum_ or None
        department = self.house.departments["Finance"] if paid else None
        return [
            actions.RemedyDraft(
                kind=story.also_remedy,
                description=story.also,
                issue=issue,
                amount=paid,
                cost=sum_,
                department=department,
            )
        ]

    def submit_plan(self) -> None:
        """To the leadership."""
        self.complaint = actions.submit_plan(self.complaint, by=self.by, at=self.at)

    def approve(self) -> None:
        """By the first of the leadership whose authority covers it, and who did not write it."""
        plan = self.complaint.current_plan
        assert plan
        cost = sum((r.cost or Decimal(0) for r in plan.remedies.all()), Decimal(0))
        asked = Spending(cost=cost, currency=plan.currency, level=plan.approve_level)
        leaders = (self.house.actor(self.house.staff[key]) for key in ("maja", "robert", "ingrid"))
        fit = next(a for a in leaders if a.id != plan.author_id and covers(a.authority[0], asked))
        self.complaint = actions.approve(
            self.complaint, by=fit, at=self.at, plan=plan, note="Fair, and soon, please."
        )

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
        duty = (
            self.complaint.duties.filter(done_at__isnull=True).select_related("department", "remedy").first()
        )
        assert duty
        keys = {"Warehouse": "per", "Finance": "farid"}
        key = keys.get(duty.department.name if duty.department else "")
        by = self.house.actor(self.house.staff[key]) if key else self.by
        proof = PROOFS.get(duty.remedy.kind, "Done, note {}").format(
            self.rng.randrange(10_000_000, 99_999_999)
        )
        actions.prove(duty, by=by, at=self.at, proof=proof)

    def complete(self) -> None:
        """Everything is proved (what the way has no beat of its own for, now): the program sees it by
        itself.
        """
        while self.complaint.duties.filter(done_at__isnull=True).exists():
            self.prove()
        self.complaint = actions.complete(self.complaint, by=SYSTEM, at=self.at)
