"""Writing a policy: drafts, their rows, what a case would get, and trying one on the past."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from amends.cases.choices import CURRENCIES, Category, Finding, Harm, Severity
from amends.cases.words_of_law import SECTOR_NAMES
from amends.cases.words_of_policy import LEVELS
from amends.desk.forms.fields import Line, PastDay, countries
from amends.desk.forms.step import Day
from amends.kit.clock import now
from amends.kit.forms import LongText, OnceForm
from amends.kit.sums import Sum
from amends.rules.policy import Situation

YEAR = timedelta(days=365)


class Seen(OnceForm):
    """A change of a draft is made against the table that the person saw."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=16)


class NewDraft(OnceForm):
    """A draft, begun from a version, from what a new house begins with, or from nothing."""

    name = Line(
        label=pgettext_lazy("of a thing", "Name"),
        max_length=100,
        help_text=_("What it is to change, in a few words."),
    )
    like = forms.CharField(widget=forms.HiddenInput, required=False, max_length=10)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="draft-%s", **kwargs)


class Departures(Seen):
    """Who may approve a plan that is not as the policy proposes."""

    level = forms.TypedChoiceField(
        label=_("A plan that departs is approved by"),
        choices=list(LEVELS.items()),
        coerce=int,
        help_text=_("Or somebody higher; the limits of the sums hold besides."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="departures-%s", **kwargs)


class SwitchOn(Seen):
    """From when a draft holds, and why."""

    since = Day(label=pgettext_lazy("a day", "From"), required=False, help_text=_("Left open: from now on."))
    note = LongText(label=_("Why"), rows=2, longest=2000, help_text=_("Read by everybody who plans by it."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="switch-%s", **kwargs)


class TrialForm(OnceForm):
    """Over which complaints a version is tried: by the day on which they came."""

    since = PastDay(label=_("Complaints that came from"))
    until = PastDay(label=_("to"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        today = timezone.localdate(now())
        kwargs["initial"] = {"since": today - YEAR, "until": today} | kwargs.get("initial", {})
        super().__init__(*args, auto_id="trial-%s", **kwargs)

    def clean(self) -> dict[str, Any] | None:
        """It ends when it begins, or later."""
        values = super().clean() or self.cleaned_data
        since, until = values.get("since"), values.get("until")
        if isinstance(since, date) and isinstance(until, date) and until < since:
            self.add_error("until", forms.ValidationError(_("It would end before it begins."), code="ends"))
        return values


class CaseForm(forms.Form):
    """A case to look at: one that there is, by its reference, or one that is made up."""

    reference = Line(label=_("Reference"), max_length=20, required=False)
    category = forms.ChoiceField(
        label=_("About"), choices=Category.choices, required=False, initial="product"
    )
    finding = forms.ChoiceField(label=_("Finding"), choices=Finding.choices, required=False)
    severity = forms.TypedChoiceField(
        label=_("Severity"), choices=Severity.choices, coerce=int, required=False, initial=2
    )
    harm = forms.ChoiceField(label=_("Harm"), choices=Harm.choices, required=False)
    value = Sum(label=_("Value"), required=False)
    currency = forms.ChoiceField(label=_("Currency"), choices=CURRENCIES, required=False)
    years = forms.IntegerField(label=_("Years as a customer"), min_value=0, max_value=150, required=False)
    purchases = forms.IntegerField(label=_("Purchases"), min_value=0, max_value=100_000, required=False)
    repeats = forms.IntegerField(label=_("Upheld before"), min_value=0, max_value=1000, required=False)
    country = forms.ChoiceField(label=_("Country"), choices=countries, required=False)
    sector = forms.ChoiceField(label=_("Trade"), choices=list(SECTOR_NAMES.items()), required=False)

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, auto_id="%s", prefix="case", label_suffix="", **kwargs)

    def situation(self) -> Situation:
        """The case that was made up."""
        said = self.cleaned_data
        value: Decimal | None = said["value"]
        return Situation(
            category=said["category"] or "product",
            finding=said["finding"] or "justified",
            currency=said["currency"] or CURRENCIES[0][0],
            severity=said["severity"] or 2,
            value=value,
            harm=said["harm"] or "none",
            years=said["years"],
            purchases=said["purchases"],
            repeats=said["repeats"] or 0,
            country=said["country"],
            sector=said["sector"] or "consumer",
        )
