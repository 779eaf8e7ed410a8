"""What a person says about a mail that came in."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from amends.cases.choices import Category
from amends.cases.models import Complaint
from amends.desk.forms.fields import Line
from amends.kit.forms import LongText, OnceForm
from amends.people.models import StaffMember


class ItIsAComplaint(OnceForm):
    """What is needed to register it; the rest is said later (the step “sort”)."""

    name = Line(label=_("Customer"), max_length=200)
    email = forms.EmailField(
        label=_("E-mail"),
        required=False,
        max_length=254,
        help_text=_("Who gets our answers. Empty if nobody can be answered by mail."),
    )
    title = Line(label=_("What it is about"), max_length=200)
    category = forms.ChoiceField(label=_("Category"), choices=Category.choices)
    story = LongText(label=_("The story"), rows=8)


class ItBelongs(OnceForm):
    """To which complaint it belongs."""

    reference = Line(label=_("Reference"), max_length=20, help_text=_("As in 2026-00042."))

    def __init__(self, *args: Any, staff: StaffMember, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._staff = staff

    def clean_reference(self) -> Complaint:
        """The complaint of that number, if this person may see it."""
        reference = self.cleaned_data["reference"].strip()
        found = Complaint.objects.visible_to(self._staff).filter(reference=reference).first()
        if found is None:
            raise forms.ValidationError(_("There is no complaint of this number."), code="unknown")
        return found


class ItIsNone(OnceForm):
    """It is no complaint: nothing to fill in."""
