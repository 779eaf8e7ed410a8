"""Telling one complaint: what all its chapters share."""

import random
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from django.utils import timezone

from amends.cases import actions
from amends.cases.choices import Channel, DispatchKind, MessageStatus
from amends.cases.models import Clock, Complaint, Message
from amends.correspondence.texts import Draft, draft_message
from amends.kit import clock
from amends.people.actors import SYSTEM, customer_actor
from amends.people.models import Customer, StaffMember
from amends.project.demo.house import HANDLERS, House
from amends.project.demo.stories import Story, Tongue
from amends.project.demo.ways import Beat
from amends.rules.capabilities import Actor

NEVER = datetime(1, 1, 1, tzinfo=UTC)  # before the first beat


@dataclass
class Teller:
    """One customer's complaint, and where its telling stands."""

    house: House
    tongue: Tongue
    story: Story
    customer: Customer
    rng: random.Random
    channel: str = ""  # of the first word; drawn by lot if empty
    into: Complaint | None = None  # an earlier one of the same customer, to be merged into
    complaint: Complaint = field(default_factory=Complaint)
    at: datetime = NEVER

    def tell(self, beats: tuple[Beat, ...], moments: list[datetime]) -> Complaint:
        """All beats at their moments, with the mail delivered and the broken promises reported in between."""
        for beat, moment in zip(beats, moments, strict=True):
            self.report_breaches(moment)
            self.at = moment
            with clock.set_to(moment):
                getattr(self, beat.verb)()
            self.deliver()
        return self.complaint

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

    def draft(self, purpose: str, *, by_house: bool = False, **values: Any) -> dict[str, Any]:
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
        self.post()

    def post(self) -> None:
        """Letters are in the post the same afternoon; the last day's still lie in the print queue."""
        for message in Message.objects.filter(complaint=self.complaint, status=MessageStatus.TO_PRINT):
            posted = self.at + timedelta(hours=self.rng.uniform(1, 5))
            if posted > clock.now() - timedelta(days=1):
                continue
            self.at = posted
            day = timezone.localtime(posted).date()
            actions.dispatch(message, by=self.by, at=posted, kind=DispatchKind.ORDINARY, on=day)

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
