"""One letter to everybody whom the same cause touched: whom it concerns, and what it says."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from amends.cases.choices import Category, Channel
from amends.correspondence.mass.finding import Criteria
from amends.correspondence.mass.wording import LONGEST_SUBJECT
from amends.desk.forms.fields import Line, PastDay
from amends.kit.forms import LongText, OnceForm

CHANNELS = [
    (Channel.LETTER.value, _("A letter to each")),
    (Channel.EMAIL.value, _("An e-mail where there is an address, else a letter")),
]
WHICH = [("open", _("Open complaints")), ("all", _("All, also those that have ended"))]


class Concerned(forms.Form):
    """By what the complaints are found."""

    product = Line(label=_("Product"), required=False, max_length=200,
                   help_text=_("How its name begins."))  # fmt: skip
    batch = Line(label=_("Batch number"), required=False, max_length=80, help_text=_("How it begins."))
    category = forms.ChoiceField(label=_("Category"), required=False, choices=[("", "—"), *Category.choices])
    cause = Line(label=_("Words in the cause"), required=False, max_length=200,
                 help_text=_("As it was found in the investigation."))  # fmt: skip
    received_from = PastDay(label=_("Received from"), required=False)
    received_until = PastDay(label=_("Received until"), required=False)
    which = forms.ChoiceField(label=_("Which"), choices=WHICH, initial="open", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""

    def clean(self) -> None:
        """Something must be given that the complaints can be looked up by."""
        values = super().clean() or self.cleaned_data
        if not self.errors and not Criteria.of(values).by_an_index:
            raise forms.ValidationError(
                _("Give a product, a batch number or the first day of receipt."), code="too_little"
            )
        first, last = values.get("received_from"), values.get("received_until")
        if first and last and last < first:
            self.add_error("received_until", forms.ValidationError(_("This is before the first day.")))

    def criteria(self) -> Criteria:
        """What was asked for."""
        return Criteria.of(self.cleaned_data | {"open_only": self.cleaned_data["which"] != "all"})


class Begin(OnceForm, Concerned):
    """The complaints that were found get a letter."""

    title = Line(label=_("What it is about"), max_length=200,
                 help_text=_("The cause in a few words, as it stands in the letter."))  # fmt: skip
    channel = forms.ChoiceField(label=_("How it goes"), choices=CHANNELS)


class Words(OnceForm):
    """What it says in one language."""

    subject = Line(label=_("Subject"), max_length=LONGEST_SUBJECT)
    text = LongText(label=_("Text"), rows=18, longest=20_000)
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)
