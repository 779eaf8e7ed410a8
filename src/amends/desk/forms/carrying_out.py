"""Proof that it was done, and the ways out of and back into the process."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from amends.cases.models import Complaint
from amends.cases.proof_form import ProofForm
from amends.cases.tasks import letters_of
from amends.desk.forms.fields import Line
from amends.desk.forms.step import StepForm
from amends.kit.forms import LongText
from amends.people.languages import LANGUAGES


class Proof(ProofForm, StepForm):
    """What shows that a duty was done, as its kind asks for it."""

    def prepare(self) -> None:
        """The fields of this kind; for a letter also those of the case."""
        self.ask_for(self.row.proof_kind, letters_of(self.row).get(self.row.complaint_id, ()))

    def values(self) -> dict[str, Any]:
        """What shows it."""
        return self.proven()


class Entrusted(StepForm):
    """Who outside the house does it: they get a link to this one duty."""

    name = Line(label=_("Name"), max_length=150)
    email = forms.EmailField(
        label=_("E-mail"),
        required=False,
        max_length=254,
        help_text=_("The link goes there. Without an address it stands beside the duty, to be handed over."),
    )
    language = forms.ChoiceField(label=_("Their language"), choices=LANGUAGES)

    def prepare(self) -> None:
        """Whoever it was before, to be changed; at first in the language of the house."""
        self.fields["name"].initial = self.row.entrusted_to
        self.fields["email"].initial = self.row.entrusted_email
        self.fields["language"].initial = self.row.entrusted_language or settings.LANGUAGE_CODE


class Merger(StepForm):
    """The other complaint that carries on, by the number that people see."""

    reference = Line(label=_("Reference of the other complaint"), max_length=20)

    def clean_reference(self) -> Complaint:
        """The complaint of this number, if who asks may see it."""
        visible = Complaint.objects.visible_to(self.file.staff)
        other = visible.filter(reference=self.cleaned_data["reference"].strip()).first()
        if other is None:
            raise forms.ValidationError(_("There is no complaint with this number."), code="unknown")
        return other


class Reopening(StepForm):
    """Why it is taken up again."""

    why = LongText(label=_("Why"), rows=3, help_text=_("Kept as a note on the case."))
