"""A clock that waits, goes on, is extended or moved; and a long case that is looked at."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from amends.cases.choices import Purpose
from amends.cases.clock_choices import extended_due
from amends.desk.forms.letters import Composer
from amends.desk.forms.step import StepForm
from amends.kit.forms import LongText


class Pause(StepForm):
    """What the house waits for."""

    why = LongText(label=_("What we wait for from the customer"), rows=3)


class Extension(Composer):
    """The letter that the rule asks for: why it takes longer, what is still open, and the new day."""

    purpose = Purpose.EXTENSION

    def blanks(self) -> dict[str, Any]:
        """The new day, as the rule permits it."""
        longer = extended_due(self.row) if self.row is not None else None
        return {"answer_by": longer} if longer else {}


class Review(StepForm):
    """What somebody senior sees in a case that takes long."""

    text = LongText(
        label=_("What you see"),
        rows=4,
        help_text=_("What holds it up, and what is done about it. It stands as a note on the case."),
    )
