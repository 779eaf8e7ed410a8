"""Which duties go into the file."""

from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from amends.cases.duty_lists import DutyState


class WhichDuties(forms.Form):
    """Open or done, and of which days: due in them, or done in them."""

    state = forms.ChoiceField(
        label=_("Which"),
        choices=[(DutyState.OPEN.value, _("still to do")), (DutyState.DONE.value, _("done"))],
        initial=DutyState.OPEN.value,
        required=False,
    )
    first = forms.DateField(
        label=pgettext_lazy("a day", "From"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    last = forms.DateField(
        label=_("Until"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def clean(self) -> dict[str, Any]:
        """The first day comes first."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if given.get("first") and given.get("last") and given["first"] > given["last"]:
            self.add_error("last", _("The last day is before the first."))
        return given

    def period(self) -> dict[str, datetime | None]:
        """From the first moment of the first day until before the one after the last."""
        first, last = self.cleaned_data["first"], self.cleaned_data["last"]
        return {
            "since": _midnight(first) if first else None,
            "before": _midnight(last + timedelta(days=1)) if last else None,
        }


def _midnight(day: Any) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
