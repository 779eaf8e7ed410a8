"""Talks at an appointed time."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from amends.cases.choices import MeetingKind
from amends.desk.forms.fields import Line
from amends.desk.forms.step import FARTHEST, OneOf, StepForm
from amends.kit.clock import now
from amends.kit.forms import LongText

LENGTHS = (15, 30, 45, 60, 90, 120)  # minutes
USUAL = 30


class FutureMoment(forms.DateTimeField):
    """A day and time to come, from the browser's own calendar; in the house's time zone."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")

    def validate(self, value: Any) -> None:
        """Nobody can be met yesterday, or in ten years."""
        super().validate(value)
        if value is not None and value <= now():
            raise forms.ValidationError(_("This time is over. Choose a later one."), code="past")
        if value is not None and value > now() + FARTHEST:
            raise forms.ValidationError(
                _("This is too far ahead: choose a day within two years."), code="far"
            )


def _minutes(number: int) -> Any:
    return ngettext_lazy("%(number)d minute", "%(number)d minutes", number) % {"number": number}


class Moving(StepForm):
    """When, how and where; the talk itself stays the same."""

    starts_at = FutureMoment(label=_("Begins"), help_text=_("In the house’s time."))
    minutes = forms.TypedChoiceField(
        label=_("Lasts"), coerce=int, choices=[(n, _minutes(n)) for n in LENGTHS], initial=USUAL
    )
    kind = forms.ChoiceField(label=_("How"), choices=MeetingKind.choices)
    place = Line(
        label=_("Where"), required=False, max_length=300, help_text=_("A number, an address or a link.")
    )

    def prepare(self) -> None:
        """As it is appointed now."""
        meeting = self.row
        lasts = int((meeting.ends_at - meeting.starts_at) / timedelta(minutes=1))
        if lasts not in LENGTHS:  # booked by a program
            self.fields["minutes"].choices = [(lasts, _minutes(lasts)), *self.fields["minutes"].choices]  # type: ignore[attr-defined]
        first = {"minutes": lasts, "kind": meeting.kind, "place": meeting.place}
        first["starts_at"] = meeting.starts_at if meeting.starts_at > self.file.now else None
        for name, value in first.items():
            self.fields[name].initial = value


class Booking(Moving):
    """A talk with the customer: they get an invitation by mail, in their language."""

    about = LongText(label=_("What we would like to talk about"), rows=3, longest=2000, required=False)
    staff = OneOf(label=_("Who talks with the customer"))

    def prepare(self) -> None:
        """Tomorrow at ten, on the phone, with whoever books it."""
        eligible = sorted(self.file.colleagues, key=lambda person: person.pk != self.file.staff.pk)
        self.fields["staff"].offer(eligible)  # type: ignore[attr-defined]
        self.fields["place"].initial = self.file.complaint.speaker.phone
        self.fields["starts_at"].initial = _tomorrow_at_ten(self.file.now)


class Cancelling(StepForm):
    """It does not take place."""

    why = LongText(
        label=_("Why"),
        rows=2,
        longest=1000,
        required=False,
        help_text=_("The customer reads it, in these words."),
    )


def _tomorrow_at_ten(at: datetime) -> datetime:
    tomorrow = timezone.localtime(at) + timedelta(days=1)
    return tomorrow.replace(hour=10, minute=0, second=0, microsecond=0)
