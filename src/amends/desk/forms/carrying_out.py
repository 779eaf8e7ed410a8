"""Proof that it was done, and the ways out of and back into the process."""

from django import forms
from django.utils.translation import gettext_lazy as _

from amends.cases.models import Complaint
from amends.desk.forms.fields import Line
from amends.desk.forms.step import StepForm
from amends.kit.forms import LongText


class Proof(StepForm):
    """What shows that a duty was done."""

    proof = Line(label=_("What shows it"), max_length=300)
    attachment = forms.FileField(label=_("File"), required=False)

    def prepare(self) -> None:
        """The kind of proof that this duty asks for."""
        self.fields["proof"].label = self.row.get_proof_kind_display()


class Entrusted(StepForm):
    """Who outside the house does it: they get a link to this one duty."""

    name = Line(label=_("Name"), max_length=150)
    email = forms.EmailField(label=_("E-mail"), required=False, max_length=254)


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
