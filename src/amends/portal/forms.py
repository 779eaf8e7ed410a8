"""What the customer fills in on their page. Every long text is called ``words``, so that one whose step is
over can still be sent as a message."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from amends.kit.forms import LongText, OnceForm
from amends.portal.files import FilesField

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
    """Something else instead."""

    words = LongText(label=_("What would you like instead, or differently?"), rows=4)


class DeclineForm(OfferForm):
    """No to the offer."""

    words = LongText(label=_("Would you tell us why?"), rows=3, required=False)


class SignatureForm(OfferForm):
    """Name typed and the one-time code."""

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
