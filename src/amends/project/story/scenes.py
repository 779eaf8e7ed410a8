"""The script: who does what, when, and why a reader should care. Every step is a real action.

After each scene the jobs that the step set off are carried out by the program's own worker, so that the
mails are written by the same code as in a house at work.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from django.utils import timezone
from django.utils.translation import gettext as _
from rich.console import Console

from amends.cases import actions
from amends.cases.choices import Purpose
from amends.cases.documents import path_of
from amends.cases.models import Agreement, Approval, Complaint, Event, Inquiry
from amends.cases.settlement_text import money
from amends.cases.verify import verify_one
from amends.cases.words import EVENTS
from amends.correspondence.dates import day
from amends.correspondence.sealing.verify import verify as verify_seal
from amends.kit import clock
from amends.kit.jobs import work_off
from amends.people.models import StaffMember
from amends.project.demo.house import customer, hire
from amends.project.demo.stories import Story, Tongue, tongue
from amends.project.demo.telling import Telling
from amends.project.schedule import tick
from amends.project.story.mailbox import code_in, leave_letters, mail_goes_to, mails
from amends.project.story.narrator import Narrator, Standing

BEGINS = (2026, 3, 2, 8, 40)  # a Monday, in the house's own time
# Sums that the team lead may approve, also with a counter-offer on top.
LARGEST = {"GBP": 200, "SEK": 2400, "PLN": 900, "MYR": 1200, "CNY": 1800}


def tell_story(out: Path, *, language: str = "en", console: Console) -> bool:
    """Tell it, leaving mails and agreement in ``out``. True when it ended closed, satisfied and unbroken."""
    out.mkdir(parents=True, exist_ok=True)
    for left_over in mails(out):
        left_over.unlink()
        left_over.with_suffix(".pdf").unlink(missing_ok=True)
    with mail_goes_to(out):
        return Stage(out, language, Narrator(console)).play()


def _fitting(spoken: Tongue) -> Story:
    fit = (s for s in spoken.fitting("upheld") if s.product and s.sum <= LARGEST[spoken.currency])
    return next(s for s in fit if any(letter.isdigit() for letter in s.counter) or s.severity > 3)


@dataclass
class Stage:
    """Where it is played: the clock's hand, the people, and the one complaint."""

    out: Path
    language: str
    narrator: Narrator
    at: datetime = field(default_factory=lambda: datetime(*BEGINS, tzinfo=timezone.get_default_timezone()))

    def __post_init__(self) -> None:
        spoken = tongue(self.language)
        rng = random.Random(7)  # noqa: S311  a story, not a secret
        person = customer(self.language, next(p for p in spoken.people if not p.get("no_mail")), rng)
        person.save(force_insert=True)
        self.house = hire()
        self.telling = Telling(self.house, spoken, _fitting(spoken), person, rng, channel="email")

    @property
    def complaint(self) -> Complaint:
        """As it is now."""
        return self.telling.complaint

    def play(self) -> bool:
        """All scenes, then the proof."""
        t, staff = self.telling, self.house.staff
        they, story = t.customer.name, t.story
        handler, lead = t.handler, staff["maja"]
        self.narrator.opening(story.title, _("How one complaint goes through the house, step by step."))
        self.scene(
            0,
            they,
            _("writes an e-mail. Nurul Aisyah, front desk, registers it and signs for it."),
            t.register,
            story.story,
        )
        self.scene(0.8, lead.name, _("puts it on the desk of %(name)s.") % {"name": handler.name}, t.assign)
        self.scene(0.4, handler.name, _("answers first, and looks into it after."), t.acknowledge)
        self.scene(0.3, handler.name, _("begins to find out."), t.investigate)
        self.scene(0.2, handler.name, _("asks the warehouse, neutrally."), t.ask, story.ask)
        self.scene(1.5, handler.name, _("says the problem back, to be sure."), t.say_back, story.said)
        self.scene(6, they, _("reads it on their own page: yes, that is it."), t.confirm_problem)
        self.scene(16, staff["dorota"].name, _("has tested it and answers."), self.statement, story.told)
        self.scene(2, handler.name, _("writes down what was found, and why."), t.find, story.reasons)
        self.scene(0.2, handler.name, _("decides: the complaint is justified."), t.decide)
        self.scene(0.8, handler.name, _("writes a plan: %(plan)s") % {"plan": self.planned(story)}, t.plan)
        self.scene(0.2, handler.name, _("puts it to the leadership, with the reasons."), t.submit_plan)
        self.scene(0.1, handler.name, _("tries to approve their own plan."), lambda: self.approve_as(handler))
        self.scene(1.2, lead.name, _("approves it: within her authority, and not her own plan."), t.approve)
        self.scene(0.5, handler.name, _("makes the offer."), t.offer)
        self.scene(22, they, _("asks for something else:"), t.counter, story.counter)
        self.scene(
            1.5, handler.name, _("finds that fair and writes a new version of the plan."), self.plan_more
        )
        self.scene(0.1, handler.name, _("tries to offer it at once."), t.offer)
        self.scene(
            0.1,
            handler.name,
            _("puts the new version to the leadership: the old approval was for the old one."),
            t.submit_plan,
        )
        self.scene(0.6, lead.name, _("approves the new version."), t.approve)
        self.scene(0.2, handler.name, _("makes the new offer."), t.offer)
        self.scene(5, they, _("wants to sign. A one-time code goes to their own address."), t.request_code)
        self.scene(0.05, they, _("types their name and the code from the mail: agreed."), self.sign)
        self.scene(
            15, _("The departments"), _("begin; each waits for the one before. The first is done."), t.prove
        )
        self.scene(
            self.until_late(),
            _("The clock"),
            _("runs out: the day that was agreed is over, and nothing more was done."),
            self.run_out,
        )
        self.scene(1, handler.name, _("tells the customer so, before they have to ask."), self.own_up)
        self.scene(18, _("The departments"), _("do what is left, late, and show the proof."), self.carry_out)
        self.scene(26, they, _("answers the question whether it is good:"), t.confirm, self.last_words)
        return self.ending()

    def scene(
        self, hours: float, who: str, what: str, act: Callable[[], object], said: str | Callable[[], str] = ""
    ) -> None:
        """Some hours later somebody does something; then whatever follows from it."""
        self.at += timedelta(hours=hours)
        before, there = Standing.of(self.complaint), len(mails(self.out))
        self.narrator.scene(self.at, who, what)
        self.telling.at = self.at
        with clock.set_to(self.at):
            try:
                act()
            except actions.Refused as refusal:
                self.narrator.refused(refusal)
        with clock.set_to(self.at + timedelta(seconds=20)):
            work_off()
        self.complaint.refresh_from_db()
        if words := said() if callable(said) else said:
            self.narrator.words(words)
        self.narrator.moved(before, Standing.of(self.complaint))
        self.narrator.mails(mails(self.out)[there:])

    def planned(self, story: Story) -> str:
        """The remedy in one line."""
        return f"{story.what}, {money(story.sum, self.telling.tongue.currency, self.language)}."

    def statement(self) -> None:
        """The warehouse's answer to the inquiry."""
        inquiry = Inquiry.objects.get(complaint=self.complaint)
        tester = self.house.actor(self.house.staff["dorota"])
        actions.answer_inquiry(inquiry, by=tester, at=self.at, statement=self.telling.story.told)

    def approve_as(self, person: StaffMember) -> None:
        """An approval by somebody who may not give it."""
        plan = self.complaint.current_plan
        assert plan
        actions.approve(self.complaint, by=self.house.actor(person), at=self.at, plan=plan)

    def sign(self) -> None:
        """With the code as it stands in the customer's mail."""
        name, code = self.telling.customer.name, code_in(mails(self.out)[-1])
        offer = self.complaint.offers.latest("round")
        agreement = actions.agree(offer, by=self.telling.them, at=self.at, signed_name=name, code=code)
        self.narrator.words("\n" + agreement.text + "\n", style="")
        (self.out / "agreement.txt").write_bytes(agreement.text.encode())
        (self.out / "agreement.txt.sha256").write_text(f"{agreement.text_sha256}  agreement.txt\n", "ascii")

    def plan_more(self) -> None:
        """A new version: what was approved was another plan."""
        self.telling.plan_more()
        void = Approval.objects.filter(plan__complaint=self.complaint, voided_at=self.at)
        for approval in void.select_related("plan", "by"):
            said = {"who": approval.by.name, "version": approval.plan.version}
            self.narrator.words(_("The approval of version %(version)s by %(who)s is void.") % said, style="")

    def until_late(self) -> float:
        """Hours from now until a day after the next duty was due."""
        due = self.complaint.duties.filter(done_at__isnull=True).earliest("due_at").due_at
        return (due - self.at) / timedelta(hours=1) + 24

    def run_out(self) -> None:
        """What the program does by itself when a duty is late."""
        before = self.complaint.events_count
        tick(self.at)
        for event in Event.objects.filter(complaint=self.complaint, number__gt=before):
            self.narrator.words(f"! {EVENTS[event.name]}", style="")

    def own_up(self) -> None:
        """The late duty is no secret: a progress letter, as the desk drafts it."""
        due = self.complaint.duties.filter(done_at__isnull=True).earliest("due_at").due_at
        late = _("The rest was promised by %(day)s. We are late with it, and we are sorry.")
        late %= {"day": day(due, self.language)}
        said = self.telling.draft(Purpose.PROGRESS, text=late)
        actions.write(self.complaint, by=self.telling.by, at=self.at, purpose=Purpose.PROGRESS, **said)

    def carry_out(self) -> None:
        """Every duty, in its order, with its proof."""
        while self.complaint.duties.filter(done_at__isnull=True).exists():
            self.telling.prove()
        for duty in self.complaint.duties.select_related("remedy"):
            self.narrator.words(f"✓ {duty.remedy.description} ({duty.done_by_name}: {duty.proof})", style="")

    def last_words(self) -> str:
        """What the customer said at the end."""
        return self.complaint.follow_ups.latest("pk").words

    def ending(self) -> bool:
        """Closed and satisfied; and the file proves that nothing in it was altered."""
        faults = list(verify_one(self.complaint))
        events = Event.objects.filter(complaint=self.complaint).count()
        good = not faults and (self.complaint.stage, self.complaint.outcome) == ("closed", "satisfied")
        sealed = Agreement.objects.get(complaint=self.complaint)
        pdf = path_of(sealed.pdf_sha256).read_bytes()
        (self.out / "agreement.pdf").write_bytes(pdf)
        leave_letters(self.complaint, self.out)
        seal = verify_seal(pdf)
        good = good and seal.valid
        said = {
            "reference": self.complaint.reference,
            "how": _("closed, satisfied") if good else f"{self.complaint.stage}, {self.complaint.outcome}",
            "chain": _("%(events)d events, the chain holds") % {"events": events}
            if not faults
            else str(faults),
            "sha256": sealed.text_sha256,
            "fingerprint": seal.fingerprint,
            "out": self.out,
        }
        text = _(
            "%(reference)s: %(how)s\n\nverify: %(chain)s\n"
            "agreement.txt, SHA-256 %(sha256)s\n"
            "agreement.pdf, sealed with the certificate\n  %(fingerprint)s\n"
            "All mails lie in %(out)s, each also as a letter"
        )
        self.narrator.ending(text % said, good=good)
        return good
