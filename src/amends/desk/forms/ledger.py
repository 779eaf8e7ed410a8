"""Which part of the ledger is shown: a period, and what rows have in common."""

from calendar import monthrange
from datetime import date, timedelta
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from amends.cases.choices import CURRENCIES, Category, RemedyKind
from amends.desk.forms.fields import countries
from amends.insight.ledger import Which
from amends.people.models import Department

OWN, NONE = "own", "none"
PERIODS = [
    ("month", _("This month")),
    ("last-month", _("Last month")),
    ("quarter", _("This quarter")),
    ("last-quarter", _("Last quarter")),
    ("year", _("This year")),
    ("last-year", _("Last year")),
    (OWN, _("From a day to a day")),
]
BY = [
    ("kind", _("Kind of remedy")),
    ("department", _("Department")),
    ("category", _("Category")),
    ("cause", _("Cause")),
    ("country", _("Country")),
    ("month", _("Month")),
]
ALL = ("", _("All"))
MORE = [ALL, ("1", _("Only the little more")), ("0", _("Without the little more"))]


def _picked() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class LedgerForm(forms.Form):
    """By GET. What is not filled in does not matter."""

    period = forms.ChoiceField(label=_("Period"), choices=PERIODS)
    since = forms.DateField(label=pgettext_lazy("a day", "From"), required=False, widget=_picked())
    until = forms.DateField(label=pgettext_lazy("a day", "To"), required=False, widget=_picked())
    by = forms.ChoiceField(label=_("Put together by"), choices=BY)
    kind = forms.ChoiceField(label=_("Kind of remedy"), choices=[ALL, *RemedyKind.choices], required=False)
    department = forms.ChoiceField(label=_("Department"), required=False)
    category = forms.ChoiceField(label=_("Category"), choices=[ALL, *Category.choices], required=False)
    country = forms.ChoiceField(label=_("Country"), required=False)
    currency = forms.ChoiceField(label=_("Currency"), choices=[ALL, *CURRENCIES], required=False)
    little_more = forms.ChoiceField(label=_("The little more"), choices=MORE, required=False)
    cause = forms.IntegerField(required=False, min_value=0, max_value=2**62, widget=forms.HiddenInput)

    def __init__(self, data: QueryDict, *, today: date) -> None:
        known = data.copy()
        known.setdefault("period", OWN if data.get("since") or data.get("until") else "quarter")
        known.setdefault("by", "kind")
        super().__init__(known, auto_id="%s", label_suffix="")
        self.today = today
        rows = Department.objects.values_list("pk", "name")
        none = ("0", _("On file without one"))
        departments = [ALL, *((str(pk), name) for pk, name in rows), none]
        self.fields["department"].choices = departments  # type: ignore[attr-defined]
        places = [place for place in countries() if place[0]]
        self.fields["country"].choices = [ALL, *places, (NONE, none[1])]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A period of one's own has two days that calendars know, in their order."""
        values = super().clean() or self.cleaned_data
        if values.get("period") == OWN:
            since, until = values.get("since"), values.get("until")
            for name, day in (("since", since), ("until", until)):
                if day is None and name not in self.errors:
                    self.add_error(name, forms.ValidationError(_("Which day?"), code="required"))
                elif day is not None and not 2000 <= day.year <= 2100:
                    far = _("This lies too far away. Is the year right?")
                    self.add_error(name, forms.ValidationError(far, code="far"))
            if isinstance(since, date) and isinstance(until, date) and until < since:
                self.add_error(
                    "until", forms.ValidationError(_("It would end before it begins."), code="ends")
                )
        return values

    def which(self) -> Which:
        """What was asked for, with its days worked out."""
        said = self.cleaned_data
        since, until = period(said["period"], self.today) or (said["since"], said["until"])
        country, department, more = said["country"], said["department"], said["little_more"]
        return Which(
            since=since,
            until=until,
            kind=said["kind"],
            department=int(department) if department else None,
            category=said["category"],
            cause=said["cause"],
            country=None if not country else "" if country == NONE else country,
            currency=said["currency"],
            little_more=None if not more else more == "1",
        )


def period(name: str, today: date) -> tuple[date, date] | None:
    """The first and the last day of a month, quarter or year; None for one of the person's own."""
    months = {"month": 1, "quarter": 3, "year": 12}.get(name.removeprefix("last-"))
    if months is None:
        return None
    first = date(today.year, (today.month - 1) // months * months + 1, 1)
    if name.startswith("last-"):
        before = first - timedelta(days=1)
        first = date(before.year, (before.month - 1) // months * months + 1, 1)
    last = first.month + months - 1
    return first, date(first.year, last, monthrange(first.year, last)[1])
