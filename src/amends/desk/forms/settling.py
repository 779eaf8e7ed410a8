"""The rounds of an offer as staff put them on file: what the customer answered, and what they signed."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from amends.cases.choices import CURRENCIES
from amends.cases.wishes import kinds_offered, wishes_of
from amends.desk.forms.fields import Line, PastDay
from amends.desk.forms.said import Said, SaidOrNot
from amends.desk.forms.step import StepForm
from amends.kit.forms import LongText
from amends.kit.sums import Sum


class _OfOffer(forms.Form):
    """The round that the answer is for: an old page must not answer a new offer."""

    round = forms.IntegerField(widget=forms.HiddenInput)


class CounterProposal(_OfOffer, Said):
    """The customer asks for something else: in their own words, by choices, or both."""

    kinds = forms.MultipleChoiceField(
        label=_("They would rather have"), required=False, widget=forms.CheckboxSelectMultiple
    )
    amount = Sum(label=_("A sum that they named"), required=False)
    currency = forms.ChoiceField(label=_("Currency"), choices=CURRENCIES, required=False)
    field_order = ("words", "kinds", "amount", "currency", "channel")

    def prepare(self) -> None:
        """The round that the page showed, and what the house offers at all."""
        _prepare_round(self)
        self.fields["words"].required = False
        kinds = self.fields["kinds"]
        kinds.choices = [(k.value, k.label) for k in kinds_offered(self.file.now)]  # type: ignore[attr-defined]
        if self.file.plan:
            self.fields["currency"].initial = self.file.plan.currency

    def clean(self) -> None:
        """Something must have been asked for; a sum has its currency."""
        values = super().clean() or self.cleaned_data
        asked = values.get("words", "").strip() or values.get("kinds") or values.get("amount") is not None
        if not self.errors and not asked:
            self.add_error("words", forms.ValidationError(_("Write down what they ask for, or choose it.")))
        if values.get("amount") is not None and not values.get("currency"):
            self.add_error("currency", forms.ValidationError(_("Say in which currency.")))

    def values(self) -> dict[str, Any]:
        """As ``actions.counter`` takes it."""
        values = super().values()
        chosen = values.pop("kinds"), values.pop("amount"), values.pop("currency")
        return values | {"wishes": wishes_of(*chosen)}


class Declined(_OfOffer, SaidOrNot):
    """The customer says no to the offer."""

    def prepare(self) -> None:
        """The round that the page showed."""
        super().prepare()
        _prepare_round(self)


class CodeRequest(_OfOffer, StepForm):
    """The one-time code goes to the signer’s own address; they type it on their page."""

    def prepare(self) -> None:
        """The round that the page showed."""
        _prepare_round(self)


class SignedOnPaper(_OfOffer, StepForm):
    """The agreement came back signed on paper."""

    signed_name = Line(label=_("Signed by"), max_length=200)
    signed_on = PastDay(label=_("Date on the paper"), required=False)
    scan = forms.FileField(label=_("Scan or photo of the signed paper"))

    def prepare(self) -> None:
        """The round that the page showed, and who speaks for the customer."""
        _prepare_round(self)
        self.fields["signed_name"].initial = self.file.complaint.speaker.name


class PaperChecked(StepForm):
    """The paper that the person has before them, and no other that came since."""

    paper = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    def prepare(self) -> None:
        """The one to check."""
        if self.file.paper_to_check:
            self.fields["paper"].initial = self.file.paper_to_check.pk


class PaperRejected(PaperChecked):
    """Why the signed paper will not do."""

    why = LongText(label=_("What is wrong with it"), rows=3)


class Authority(StepForm):
    """Whether the representative may sign, and the paper that says so."""

    may_sign = forms.BooleanField(label=_("May sign for the customer"), required=False)
    attachment = forms.FileField(
        label=_("The written authority"), required=False, help_text=_("A scan or photo, up to 20 MB.")
    )

    def prepare(self) -> None:
        """As it is now; who opens this wants to say yes."""
        self.fields["may_sign"].initial = True

    def clean(self) -> None:
        """Who may sign has a paper that says so."""
        values = super().clean() or self.cleaned_data
        if values.get("may_sign") and not values.get("attachment") and not self.file.signing_authority:
            missing = _("Attach the written authority: without it they may not sign.")
            self.add_error("attachment", forms.ValidationError(missing))


def _prepare_round(form: Any) -> None:
    if form.file.open_offer:
        form.fields["round"].initial = form.file.open_offer.round
