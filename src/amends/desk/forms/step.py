"""What all forms of a complaint's steps share."""

from collections.abc import Callable, Iterable
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from amends.desk.case_file import CaseFile
from amends.kit.clock import now
from amends.kit.forms import OnceForm

CLOSE_OF_BUSINESS = time(17, 0)
FARTHEST = timedelta(days=731)  # no promise is longer than two years


class StepForm(OnceForm):
    """A form for one step of one complaint. ``row`` is the point, inquiry, duty … that it is about."""

    def __init__(self, *args: Any, file: CaseFile, row: Any = None, **kwargs: Any) -> None:
        self.file, self.row = file, row
        super().__init__(*args, auto_id="step-%s", **kwargs)
        self.prepare()

    def prepare(self) -> None:
        """Fill in what the case knows: choices and first values. For the forms below to say."""

    def wants_another_line(self) -> bool:
        """Whether the person only asked for more room to write, so that nothing is to be done yet."""
        return False

    def typed(self) -> dict[str, Any]:
        """What was typed, to be changed. A name that came several times keeps its last value."""
        return dict(self.data.items())


class OneOf(forms.TypedChoiceField):
    """One of the rows at hand. Without a query of its own: the form brings the rows."""

    def offer(self, rows: Iterable[Any], label: Callable[[Any], str] = str, *, nobody: Any = None) -> None:
        """Let the person choose among ``rows``, each shown as ``label`` says; first of all ``nobody``."""
        known = {str(row.pk): row for row in rows}
        first = [("", nobody)] if nobody is not None else []
        self.choices = first + [(pk, label(row)) for pk, row in known.items()]
        self.coerce = lambda value: known.get(str(value))
        self.empty_value = None


class SeveralOf(forms.TypedMultipleChoiceField):
    """Some of the rows at hand, likewise without a query."""

    widget = forms.CheckboxSelectMultiple

    def offer(self, rows: Iterable[Any]) -> None:
        """Let the person choose among ``rows``."""
        known = {str(row.pk): row for row in rows}
        self.choices = [(pk, str(row)) for pk, row in known.items()]
        self.coerce = lambda value: known.get(str(value))


class Day(forms.DateField):
    """A day from the browser's own calendar, never one that is over."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")

    def validate(self, value: Any) -> None:
        """A promise can only be made for today or later."""
        super().validate(value)
        if value is not None and value < timezone.localdate(now()):
            raise forms.ValidationError(_("This day is over. Choose today or a later one."), code="past")
        if value is not None and value > timezone.localdate(now()) + FARTHEST:
            raise forms.ValidationError(
                _("This is too far ahead: choose a day within two years."), code="far"
            )


def end_of(day: date) -> datetime:
    """The end of the working day (17:00 in the house's zone), as an aware time."""
    return timezone.make_aware(datetime.combine(day, CLOSE_OF_BUSINESS))
