"""Letters in the post: when and how they went, and those that came back."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from amends.cases.choices import DispatchKind
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
