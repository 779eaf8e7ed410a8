"""The first word of a complaint, and ours."""

from datetime import timedelta

from amends.cases import actions
from amends.cases.choices import Channel, Harm, Purpose
from amends.people.actors import SYSTEM
from amends.project.demo.teller import Teller

CHANNELS = {"email": 50, "form": 22, "phone": 12, "letter": 10, "chat": 4, "review": 2}
HARMS = (Harm.NONE, Harm.INCONVENIENCE, Harm.LOSS, Harm.DISTRESS)  # by severity
NOBODY_SPOKE = (Channel.FORM, Channel.EMAIL, Channel.CHAT, Channel.REVIEW)


class FirstWord(Teller):
    """The first word of a complaint, and ours."""

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
            worth=self._worth(),
            letter_date=(self.at - timedelta(days=3)).date() if channel == Channel.LETTER else None,
            to_executive=channel == Channel.LETTER and self.rng.random() < 0.4,
            risk_public=channel == Channel.REVIEW or self.story.severity > 3,
        )

    def _worth(self) -> dict[str, object]:
        """What it was about in money, and what it did to the customer."""
        harm = HARMS[self.story.severity - 1]
        return {"value": self.story.sum or None, "value_currency": self.tongue.currency, "harm": harm}

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
