"""Bringing a complaint to any stage through the actions, as staff and customer would."""

from collections.abc import Callable
from decimal import Decimal

from amends.cases import actions
from amends.cases.models import Complaint, Offer
from amends.cases.signing import code_of
from amends.people.actors import SYSTEM, customer_actor
from tests.conftest import MONDAY, House

SECRETS = (
    "SECRET-NOTE",
    "SECRET-INQUIRY",
    "SECRET-STATEMENT",
    "SECRET-FINDING",
    "SECRET-CAUSE",
    "SECRET-PROPOSAL",
    "SECRET-APPROVAL",
    "SECRET-PROOF",
    "house.example",
    "Karl Colleague",
    "Lena Lead",
    "Per Packer",
    "Warehouse",
)


class Way:
    """A house and one complaint on its way; each method takes it one stage further."""

    def __init__(self, house: House, **changes: object) -> None:
        self.house = house
        self.handler, self.lead, self.packer = (
            house.actor(person) for person in (house.handler, house.lead, house.packer)
        )
        self.complaint = house.complaint(**changes)
        self.customer = customer_actor(self.complaint.speaker)

    def fresh(self) -> Complaint:
        return Complaint.objects.get(pk=self.complaint.pk)

    def received(self) -> None:
        actions.note(self.complaint, by=self.handler, at=MONDAY, text="SECRET-NOTE")

    def acknowledged(self) -> None:
        actions.acknowledge(self.complaint, by=self.handler, at=MONDAY, text="We are on it, Clara.")

    def investigating(self) -> None:
        actions.assign(self.complaint, by=self.handler, at=MONDAY, handler=self.house.handler)
        actions.investigate(self.complaint, by=self.handler, at=MONDAY)
        inquiry = actions.ask(
            self.complaint,
            by=self.handler,
            at=MONDAY,
            question="SECRET-INQUIRY",
            due_at=MONDAY,
            department=self.house.warehouse,
        )
        actions.answer_inquiry(inquiry, by=self.packer, at=MONDAY, statement="SECRET-STATEMENT")
        actions.say_back(
            self.complaint, by=self.handler, at=MONDAY, understood="The kettle leaks at the lid."
        )
        issue = self.complaint.issues.get()
        actions.find(
            issue,
            by=self.handler,
            at=MONDAY,
            finding="justified",
            reasons="SECRET-FINDING",
            cause="SECRET-CAUSE",
        )

    def decided(self) -> None:
        actions.decide(self.complaint, by=self.handler, at=MONDAY)

    def awaiting_approval(self) -> None:
        remedies = [
            actions.RemedyDraft(
                kind=kind,
                description=words,
                issue=self.complaint.issues.get(),
                amount=Decimal(amount) if amount else None,
                cost=Decimal(amount or 0),
                department=self.house.warehouse,
            )
            for kind, words, amount in (
                ("refund", "The price of the kettle", "499.00"),
                ("apology", "A letter from us", ""),
            )
        ]
        self.plan = actions.plan(
            self.complaint,
            by=self.handler,
            at=MONDAY,
            currency="SEK",
            remedies=remedies,
            proposal="SECRET-PROPOSAL",
        )
        actions.submit_plan(self.complaint, by=self.handler, at=MONDAY)

    def offered(self) -> None:
        actions.approve(self.complaint, by=self.lead, at=MONDAY, plan=self.plan, note="SECRET-APPROVAL")
        self.make_offer()

    def make_offer(self) -> Offer:
        self.offer = actions.offer(
            self.complaint,
            by=self.handler,
            at=MONDAY,
            text="We propose to pay you back.",
            notice="Dear Clara, here is our offer.",
        )
        return self.offer

    def agreed(self) -> None:
        row = actions.request_code(self.offer, by=self.customer, at=MONDAY)
        self.agreement = actions.agree(
            self.offer, by=self.customer, at=MONDAY, signed_name="Clara Customer", code=code_of(row)
        )

    def fulfilling(self) -> None:
        self.duties = actions.draw_up_duties(self.complaint, by=SYSTEM, at=MONDAY)
        actions.fulfil(self.complaint, by=SYSTEM, at=MONDAY)
        actions.prove(self.duties[0], by=self.packer, at=MONDAY, proof="SECRET-PROOF 1")

    def following_up(self) -> None:
        actions.prove(self.duties[1], by=self.packer, at=MONDAY, proof="SECRET-PROOF 1")
        actions.complete(self.complaint, by=self.handler, at=MONDAY)
        actions.ask_if_good(self.complaint, by=SYSTEM, at=MONDAY, text="Is it good?")

    def closed(self) -> None:
        actions.confirm(self.complaint, by=self.customer, at=MONDAY, words="Yes, thank you.")


STAGES = (
    "received",
    "acknowledged",
    "investigating",
    "decided",
    "awaiting_approval",
    "offered",
    "agreed",
    "fulfilling",
    "following_up",
    "closed",
)


def brought_to(stage: str, house: House, **changes: object) -> Way:
    """A complaint at this stage."""
    way = Way(house, **changes)
    for name in STAGES[: STAGES.index(stage) + 1]:
        take: Callable[[], object] = getattr(way, name)
        take()
    assert way.fresh().stage == stage
    return way
