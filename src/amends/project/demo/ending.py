"""How it ends: content, silent, refused, referred, withdrawn, merged."""

from amends.cases import actions
from amends.cases.choices import Purpose
from amends.people.actors import SYSTEM
from amends.project.demo.teller import Teller


class Ending(Teller):
    """How it ends: content, silent, refused, referred, withdrawn, merged."""

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
        self.complaint = actions.withdraw(
            self.complaint, by=self.them, at=self.at, words=self.say("withdrawn")
        )

    def merge(self) -> None:
        """Told twice: the earlier one carries on."""
        assert self.into
        lead = self.house.actor(self.house.staff["maja"])
        self.complaint = actions.merge(self.complaint, by=lead, at=self.at, into=self.into)
