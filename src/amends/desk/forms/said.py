"""What the customer said or did, written down by staff: on the phone, by letter, at the counter."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from amends.cases.choices import Channel
from amends.desk.forms.fields import Files, Line, PastDay
from amends.desk.forms.step import StepForm
from amends.kit.forms import LongText

HEARD = (Channel.PHONE, Channel.IN_PERSON, Channel.LETTER, Channel.EMAIL, Channel.CHAT, Channel.REVIEW)


class Said(StepForm):
    """The customer's own words, and how they came."""

    words = LongText(label=_("In the customer’s own words"))
    channel = forms.ChoiceField(label=_("It came by"), choices=[(c.value, c.label) for c in HEARD])


class SaidOrNot(Said):
    """Likewise, where a yes or a no needs no more words."""

    def prepare(self) -> None:
        """The words may be left out."""
        self.fields["words"].required = False


class Heard(Said):
    """Something more, with the files that came; a scanned letter need not be typed out."""

    attachments = Files(label=_("Files"), required=False,
                        help_text=_("The scan of a letter, and what lay in it."))  # fmt: skip
    to_executive = forms.BooleanField(
        label=_("Addressed to the chief executive"),
        required=False,
        help_text=_("It goes to the top, and is acknowledged anew."),
    )

    def prepare(self) -> None:
        """The words may be left out. What has ended nobody takes to the top: it is reopened first."""
        self.fields["words"].required = False
        if not self.file.complaint.is_open:
            del self.fields["to_executive"]

    def clean(self) -> None:
        """Words, or a file that holds them."""
        values = super().clean() or self.cleaned_data
        if "words" in values and not values["words"].strip() and not values.get("attachments"):
            self.add_error("words", forms.ValidationError(_("Write the words down, or attach their scan.")))


class Contact(StepForm):
    """How the customer is named and reached."""

    name = Line(label=_("Name"), max_length=200)
    salutation = Line(label=_("Form of address"), max_length=100, required=False)
    email = forms.EmailField(label=_("E-mail"), required=False, max_length=254)
    phone = Line(label=_("Phone"), max_length=40, required=False)
    address = LongText(label=_("Postal address"), rows=3, longest=1000, required=False)
    needs = LongText(label=_("Needs"), rows=2, longest=1000, required=False)
    since = PastDay(label=_("Customer since"), required=False, help_text=_("The policy goes by it."))
    purchases = forms.IntegerField(
        label=_("Purchases so far"), min_value=0, max_value=1_000_000, required=False
    )

    def prepare(self) -> None:
        """As it is on file now."""
        for name, field in self.fields.items():
            if name != "once":
                field.initial = getattr(self.file.complaint.customer, name)

    def values(self) -> dict[str, Any]:
        """As ``actions.correct_contact`` takes it."""
        values = super().values()
        return values | {"loyalty": {name: values.pop(name) for name in ("since", "purchases")}}


class NotSatisfied(SaidOrNot):
    """No, or only partly."""

    partly = forms.BooleanField(label=_("It is partly good"), required=False)


class Note(StepForm):
    """A word among ourselves."""

    text = LongText(label=_("Note"), help_text=_("The customer never sees it."))


class Attachment(StepForm):
    """A file for the case."""

    attachment = forms.FileField(
        label=_("File"), help_text=_("Photos, PDF, text, office files, sound or film, up to 20 MB.")
    )
    for_customer = forms.BooleanField(label=_("Show it on the customer’s page"), required=False)
