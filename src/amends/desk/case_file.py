"""One complaint as a member of staff has it before them: each part is read once, when it is asked for."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import Any

from django.http import Http404

from amends.cases.approving import MaySay, who_may
from amends.cases.choices import FollowUpAnswer
from amends.cases.clock_choices import Choices, choices_of
from amends.cases.facts import read_facts
from amends.cases.models import (
    Agreement,
    Clock,
    Complaint,
    Document,
    Duty,
    FollowUp,
    Inquiry,
    Issue,
    Meeting,
    Offer,
    Plan,
    Proceeding,
    SignedPaper,
)
from amends.cases.models.settlement import NOT_WANTED, OfferAnswer
from amends.cases.overlaps import overlapping
from amends.cases.policy import proposal_for
from amends.cases.possible import FILLED_IN, Possible, next_step, possible_steps
from amends.cases.speaking import authority_on_file
from amends.cases.timeline import came_with_the_story
from amends.correspondence.arrivals.lists import came_for
from amends.correspondence.drafts import drafts_on
from amends.correspondence.models import Arrival, ComposerDraft
from amends.desk.authority_here import AuthorityHere, authority_here
from amends.desk.proposed_now import ProposedNow
from amends.desk.rounds import Round, rounds_of
from amends.desk.row_facts import row_facts
from amends.insight.ledger import Ledger, State, Sums
from amends.kit.clock import now
from amends.people.actors import as_actor
from amends.people.models import Department, StaffMember
from amends.rules.capabilities import Actor
from amends.rules.lifecycle import STEPS, Facts, Stage, why_not

JOINED = ("customer", "representative", "handler__role", "department", "current_plan")


class CaseFile:
    """The complaint, who looks at it, and what hangs on it."""

    def __init__(self, complaint: Complaint, staff: StaffMember) -> None:
        self.complaint = complaint
        self.staff = staff
        self.now = now()

    @classmethod
    def open(cls, key: str, staff: StaffMember) -> CaseFile:
        """The file behind this key. Raises Http404 also for who is complained about in it."""
        complaint = Complaint.objects.visible_to(staff).select_related(*JOINED).filter(key=key).first()
        if complaint is None:
            raise Http404
        return cls(complaint, staff)

    @cached_property
    def actor(self) -> Actor:
        """Who looks, as the rules know them."""
        return as_actor(self.staff)

    @cached_property
    def facts(self) -> Facts:
        """What the guards know now."""
        return read_facts(self.complaint, actor=self.actor, at=self.now)

    @cached_property
    def steps(self) -> dict[str, Possible]:
        """Every step of the stage by name, with what is missing for it."""
        steps = possible_steps(self.complaint, self.actor, at=self.now, facts=self.facts)
        unknown = set() if self.facts.paper_waits else {"agree", "reject_paper"}  # staff sign for nobody
        return {one.step.name: one for one in steps if one.step.name not in unknown}

    @cached_property
    def next_step(self) -> Possible | None:
        """The step that carries the complaint on; None once it has ended."""
        rounds = self.offers if self.complaint.stage == Stage.DECIDED else ()
        here = (one for one in rounds if one.plan_id == self.complaint.current_plan_id)
        not_wanted = any(one.answer in NOT_WANTED for one in here)
        return next_step(list(self.steps.values()), self.complaint.stage, not_wanted=not_wanted)

    def may(self, step: str, row: Any = None) -> bool:
        """Whether this step can be taken now by who looks, on this row if it is about one."""
        if row is None:
            return step in self.steps and self.steps[step].now
        known = replace(self.facts, **FILLED_IN, **row_facts(row, self))  # type: ignore[arg-type]
        return not why_not(STEPS[step], known, self.actor)

    @cached_property
    def issues(self) -> list[Issue]:
        """Its points, in order."""
        return list(self.complaint.issues.select_related("found_by"))

    @cached_property
    def inquiries(self) -> list[Inquiry]:
        """What was asked, oldest first."""
        return list(self.complaint.inquiries.select_related("colleague", "department", "asked_by"))

    @cached_property
    def proceedings(self) -> list[Proceeding]:
        """The bodies outside that have or had it, oldest first."""
        return list(self.complaint.proceedings.all())

    @cached_property
    def plans(self) -> list[Plan]:
        """Every version of the plan, newest first, with remedies and approvals."""
        rows = self.complaint.plans.select_related("author", "policy").order_by("-version")
        joined = ("remedies__department", "customer_parts", "approvals__by", "approvals__instead_of")
        return list(rows.prefetch_related(*joined))

    @cached_property
    def plan(self) -> Plan | None:
        """The version that counts."""
        return next((plan for plan in self.plans if plan.pk == self.complaint.current_plan_id), None)

    @cached_property
    def proposal(self) -> ProposedNow:
        """What the policy in force proposes now, and what the law says."""
        return ProposedNow(*proposal_for(self.complaint, self.now, self.issues))

    @cached_property
    def offers(self) -> list[Offer]:
        """The rounds, oldest first."""
        return list(self.complaint.offers.select_related("made_by"))

    @property
    def open_offer(self) -> Offer | None:
        """The offer that waits for the customer's answer."""
        return next((offer for offer in self.offers if offer.answer == OfferAnswer.OPEN), None)

    @cached_property
    def agreements(self) -> list[Agreement]:
        """What was signed, the oldest first; at most the last is in force."""
        joined = ("scan", "pdf", "authority", "checked_by", "offer")
        return list(self.complaint.agreements.select_related(*joined).order_by("pk"))

    @property
    def agreement(self) -> Agreement | None:
        """What was signed last."""
        return self.agreements[-1] if self.agreements else None

    @cached_property
    def rounds(self) -> list[Round]:
        """The negotiation, round by round."""
        return rounds_of(self)

    @property
    def not_wanted(self) -> Round | None:
        """The last round, where the customer said no to it or asked for something else."""
        last = self.rounds[-1] if self.rounds else None
        return last if last and last.offer.answer in NOT_WANTED else None

    @cached_property
    def duties(self) -> list[Duty]:
        """What the departments do for it."""
        joined = ("remedy", "department", "waits_for__remedy", "proof_document")
        return list(self.complaint.duties.select_related(*joined))

    @cached_property
    def redress(self) -> list[tuple[State, Sums]]:
        """What the case has cost so far, and what is agreed and still to be done; once there are duties."""
        return Ledger().of(self.complaint) if self.duties or self.agreement else []

    @cached_property
    def clocks(self) -> list[Clock]:
        """Its promises, the earliest due first."""
        return list(self.complaint.clocks.all())

    @property
    def running_clocks(self) -> list[Clock]:
        """Those that run."""
        return [clock for clock in self.clocks if clock.stopped_at is None]

    @cached_property
    def clock_choices(self) -> dict[int, Choices]:
        """What can be done with each clock that runs, by its id, and the law behind it."""
        return choices_of(self.running_clocks)

    @property
    def stopped_clocks(self) -> list[Clock]:
        """Those that were kept or broken."""
        return [clock for clock in self.clocks if clock.stopped_at is not None]

    @cached_property
    def follow_ups(self) -> list[FollowUp]:
        """Each time the house asked whether it is good, and the answer."""
        return list(self.complaint.follow_ups.all())

    @property
    def still_missing(self) -> FollowUp | None:
        """The customer's partly or no, as long as we work on it."""
        last = self.follow_ups[-1] if self.follow_ups and self.complaint.is_open else None
        return last if last and last.answer in (FollowUpAnswer.PARTLY, FollowUpAnswer.NO) else None

    @cached_property
    def documents(self) -> list[Document]:
        """The files, oldest first."""
        return list(self.complaint.documents.all())

    @cached_property
    def mail_of(self) -> dict[int | None, list[Arrival]]:
        """The mail that was put on the case: by message; by None, that by which the complaint came."""
        found: dict[int | None, list[Arrival]] = {}
        for arrival in came_for(self.complaint):
            found.setdefault(arrival.became_id, []).append(arrival)
        return found

    @property
    def came_with_the_story(self) -> list[Document]:
        """The files that were put on file with the first word."""
        return [d for d in self.documents if came_with_the_story(d, self.complaint)]

    @cached_property
    def drafts(self) -> list[ComposerDraft]:
        """What anybody has begun to write to the customer and not sent, the newest first."""
        return drafts_on(self.complaint)

    @cached_property
    def meetings(self) -> list[Meeting]:
        """The talks, in the order of their times; each with ``overlaps``, the others of who holds it."""
        rows = list(self.complaint.meetings.select_related("staff"))
        others = overlapping(rows, self.now)
        for meeting in rows:
            meeting.overlaps = others.get(meeting.pk, [])  # type: ignore[attr-defined]
        return rows

    @cached_property
    def complained_about(self) -> list[StaffMember]:
        """Whose conduct it is about."""
        return list(self.complaint.complained_about.all()) if self.facts.complained_about else []

    @cached_property
    def carried_on_as(self) -> Complaint | None:
        """The complaint that this one was merged into, unless who looks is complained about there."""
        into = self.complaint.merged_into_id
        return Complaint.objects.visible_to(self.staff).filter(pk=into).first() if into else None

    @cached_property
    def merged_here(self) -> list[Complaint]:
        """The same matter told elsewhere, and merged into this one."""
        rows = Complaint.objects.visible_to(self.staff).filter(merged_into=self.complaint)
        return list(rows.only("key", "reference", "merged_into").order_by("pk"))

    @cached_property
    def papers(self) -> list[SignedPaper]:
        """The settlements that came signed on paper, the oldest first."""
        rows = SignedPaper.objects.filter(offer__complaint=self.complaint)
        return list(rows.select_related("scan", "brought_by", "checked_by"))

    @property
    def paper_to_check(self) -> SignedPaper | None:
        """The one that nobody has checked yet."""
        return next((paper for paper in self.papers if paper.accepted is None), None)

    @cached_property
    def signing_authority(self) -> Document | None:
        """The paper by which the representative may sign, if it is on file."""
        return authority_on_file(self.complaint)

    @cached_property
    def colleagues(self) -> list[StaffMember]:
        """Everybody who works here and is not complained about: asked for only where one is to be chosen."""
        rows = StaffMember.objects.filter(is_active=True).select_related("role", "department")
        return [person for person in rows if person.pk not in self.facts.complained_about]

    @cached_property
    def departments(self) -> list[Department]:
        """The parts of the house."""
        return list(Department.objects.all())

    @cached_property
    def approvers(self) -> list[MaySay]:
        """Who may approve the plan as it stands, or be the first of the two who do, on their authority."""
        return who_may(self.complaint, at=self.now, facts=self.facts)

    @cached_property
    def authority(self) -> AuthorityHere | None:
        """What who looks may approve of this plan, held against their limits; None without a plan."""
        return authority_here(self)
