"""Where another program of the house listens, and what it is told."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from amends.cases.words import EVENTS
from amends.correspondence.webhooks.sending import NotLetThere, destination
from amends.correspondence.webhooks.telling import (
    DUTY_CREATED,
    DUTY_DONE,
    DUTY_DROPPED,
    DUTY_LATE,
    OF_COMPLAINTS,
    OF_DUTIES,
)
from amends.kit.forms import OnceForm
from amends.people.models import Department

SAID = {
    DUTY_CREATED: _("A duty was drawn up"),
    DUTY_LATE: _("A duty is late"),
    DUTY_DONE: _("A duty is done"),
    DUTY_DROPPED: _("A duty is not to be done any more"),
}


class Endpoint(OnceForm):
    """A new one: its address, what it is told, and of which department's duties."""

    url = forms.URLField(
        label=_("Address"),
        max_length=500,
        assume_scheme="https",
        widget=forms.TextInput(attrs={"inputmode": "url", "placeholder": "https://"}),
    )
    events = forms.MultipleChoiceField(
        label=_("What it is told of duties"), widget=forms.CheckboxSelectMultiple, required=False
    )
    of_complaints = forms.MultipleChoiceField(
        label=_("What it is told of complaints"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("Only that it happened, with the complaint’s number: no word of anybody."),
    )
    department = forms.ModelChoiceField(
        Department.objects.all(),
        label=_("Duties of"),
        required=False,
        empty_label=_("all departments"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        duties, complaints = self.fields["events"], self.fields["of_complaints"]
        duties.choices = [(name, SAID[name]) for name in OF_DUTIES]  # type: ignore[attr-defined]
        duties.initial = list(OF_DUTIES)
        complaints.choices = [(name, EVENTS[name]) for name in OF_COMPLAINTS]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Something to tell there must be."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors and not given.get("events") and not given.get("of_complaints"):
            self.add_error("events", _("Choose at least one thing that it is told."))
        return given

    def values(self) -> dict[str, Any]:
        """Both kinds of events are one list."""
        given = super().values()
        of_complaints = given.pop("of_complaints")
        return given | {"events": [*given["events"], *of_complaints]}

    def clean_url(self) -> str:
        """An address that the house sends to. Whether somebody listens there, the test says."""
        url: str = self.cleaned_data["url"]
        try:
            destination(url)
        except NotLetThere as no:
            raise forms.ValidationError(str(no), code="not_let_there") from no
        except OSError as no:
            raise forms.ValidationError(_("This host cannot be found."), code="no_host") from no
        return url
