"""A clock that waits, goes on, is extended or moved; and a long case that is looked at."""

from functools import cached_property
from typing import Any

from django.utils.translation import gettext_lazy as _

from amends.cases.choices import Purpose
from amends.cases.clock_choices import Choices, choices_of
from amends.correspondence.bodies import where_to_turn
from amends.desk.forms.letters import Composer
from amends.desk.forms.step import StepForm
from amends.desk.templatetags.rules import longer
from amends.kit.forms import LongText


class Pause(StepForm):
    """What the house waits for."""

    why = LongText(label=_("What we wait for from the customer"), rows=3)


class Extension(Composer):
    """The letter that the rule asks for: why it takes longer, what is still open, and the new day."""

    purpose = Purpose.EXTENSION

    def prepare(self) -> None:
        """Beside the text, what the rule wants the customer to be told."""
        super().prepare()
        if self.choices and self.choices.rule:
            self.fields["text"].help_text = longer(self.choices.rule)

    def blanks(self) -> dict[str, Any]:
        """The new day, as the rule permits it; and who is outside, whose time no such letter begins."""
        until = self.choices.extended if self.choices else None
        complaint = self.file.complaint
        turn = complaint.referred_to or where_to_turn(complaint, decided=False)
        return {"where_to_turn": turn} | ({"answer_by": until} if until else {})

    @cached_property
    def choices(self) -> Choices | None:
        """What can be done with this clock."""
        return choices_of([self.row])[self.row.pk] if self.row is not None else None


class Review(StepForm):
    """What somebody senior sees in a case that takes long."""

    text = LongText(
        label=_("What you see"),
        rows=4,
        help_text=_("What holds it up, and what is done about it. It stands as a note on the case."),
    )
