"""Letters in the post: when and how they went, and those that came back."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from amends.cases.choices import Channel, DispatchKind
from amends.desk.forms.fields import Line, PastDay
from amends.desk.forms.step import StepForm


class Dispatch(StepForm):
    """The letter is in the post."""

    on = PastDay(label=_("Posted on"))
    kind = forms.ChoiceField(label=_("Kind of dispatch"), choices=DispatchKind.choices)
    number = Line(label=_("Number of the dispatch"), max_length=60, required=False)

    def prepare(self) -> None:
        """Today, by ordinary post."""
        self.fields["on"].initial = timezone.localdate(self.file.now)


class Return(StepForm):
    """The post brought the letter back."""

    on = PastDay(label=_("Came back on"))
    why = Line(label=_("What the post says"), max_length=300, required=False)

    def prepare(self) -> None:
        """Today."""
        self.fields["on"].initial = timezone.localdate(self.file.now)


class Again(StepForm):
    """The same words once more. It shows where they go; another address is a step of its own."""

    goes_to = Line(label=_("Goes to"), disabled=True)

    def prepare(self) -> None:
        """The address on file now."""
        complaint, letter = self.file.complaint, self.row.channel == Channel.LETTER
        now_on_file = complaint.customer.address if letter else complaint.speaker.email
        self.fields["goes_to"].initial = ", ".join(now_on_file.split("\n")) or self.row.to or "–"

    def values(self) -> dict[str, Any]:
        """Nothing is filled in."""
        return {}
