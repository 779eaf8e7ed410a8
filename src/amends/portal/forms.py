"""What the customer fills in on their page. Every long text is called ``words``, so that one whose step is
over can still be sent as a message."""

import re
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from amends.cases.wishes import kinds_offered
from amends.kit.clock import now
from amends.kit.forms import LongText, OnceForm
from amends.kit.sums import Sum
from amends.portal.files import FilesField

LONGEST_DRAWING = 20_000  # characters: a long name, drawn slowly
DRAWN = re.compile(r"(?:M\d{1,4} \d{1,4}(?: L\d{1,4} \d{1,4})+ ?)+")  # strokes, as signature.js writes them
PARTLY, NO = "partly", "no"


class JustOnce(OnceForm):
    """A button and nothing to fill in."""


class CorrectionForm(OnceForm):
    """Not quite: what is different."""

    words = LongText(label=_("What is different, or missing?"), rows=4)


class MessageForm(OnceForm):
    """Words, files, or both."""

    words = LongText(label=_("Your message"), rows=4)
    attachments = FilesField(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].required = not self.files


class DocumentsForm(OnceForm):
    """Files alone."""

    attachments = FilesField()


class OfferForm(OnceForm):
    """An answer to one round: the page remembers which offer the customer had before them."""

    round = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=32767)


class CounterProposalForm(OfferForm):
    """Something else instead: in their own words, by choices, or both."""

    words = LongText(label=_("What would you like instead, or differently?"), rows=4, required=False)
    kinds = forms.MultipleChoiceField(
        label=_("You can also choose"), required=False, widget=forms.CheckboxSelectMultiple
    )
    amount = Sum(
        label=_("A sum, if you have one in mind"),
        required=False,
        min_value=Decimal("0.01"),
        max_value=Decimal(1_000_000_000),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if currency := self.initial.get("currency"):
            told = _("In %(currency)s, as in our offer.") % {"currency": currency}
            self.fields["amount"].help_text = told
        self.fields["kinds"].choices = [(k.value, k.label) for k in kinds_offered(now())]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Something must have been asked for."""
        values = super().clean() or self.cleaned_data
        asked = values.get("words", "").strip() or values.get("kinds") or values.get("amount")
        if not self.errors and not asked:
            self.add_error("words", forms.ValidationError(_("Write a few words, or choose something.")))
        return values


class DeclineForm(OfferForm):
    """No to the offer."""

    words = LongText(label=_("Would you tell us why?"), rows=3, required=False)


class SignatureForm(OfferForm):
    """Name typed, drawn as well if they like, and the one-time code; and which text they had before them."""

    shown_sha256 = forms.CharField(widget=forms.HiddenInput, min_length=64, max_length=64)
    drawing = forms.CharField(
        widget=forms.HiddenInput(attrs={"data-drawing": ""}), required=False, max_length=LONGEST_DRAWING
    )
    signed_name = forms.CharField(
        label=_("Your name, as your signature"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    code = forms.CharField(
        label=_("The six digits we sent you"),
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )

    def clean_drawing(self) -> str:
        """A line that was drawn, or nothing: a drawing that is none is left out, the name is there."""
        drawn: str = self.cleaned_data["drawing"]
        return drawn if DRAWN.fullmatch(drawn) else ""


class AgreementWithdrawalForm(OnceForm):
    """Taking a signature back, with the box that says that it is meant."""

    sure = forms.BooleanField(label=_("Yes, I withdraw from the agreement."))
    words = LongText(label=_("Would you tell us why?"), rows=3, required=False)


class SatisfactionForm(OnceForm):
    """Yes, it is good."""

    words = LongText(label=_("Is there anything you would like to tell us?"), rows=2, required=False)


class DissatisfactionForm(OnceForm):
    """Partly, or not: and what is still wrong."""

    how = forms.ChoiceField(
        label=_("How is it now?"),
        choices=[(PARTLY, _("Partly good")), (NO, _("Not good"))],
        widget=forms.RadioSelect,
    )
    words = LongText(label=_("What is still wrong?"), rows=4)


class EscalationForm(OnceForm):
    """Somebody more senior, please."""

    words = LongText(
        label=_("Is there anything that whoever takes over should know?"), rows=4, required=False
    )


class WithdrawalForm(OnceForm):
    """Taking it back, with the box that says that it is meant."""

    sure = forms.BooleanField(label=_("Yes, I withdraw my complaint."))
    words = LongText(label=_("Would you tell us why?"), rows=3, required=False)


class ReopeningForm(OnceForm):
    """Why it should be taken up again."""

    words = LongText(label=_("What should we look at again?"), rows=4)
