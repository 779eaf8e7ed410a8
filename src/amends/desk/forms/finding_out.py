"""Who handles it, what is found out and from whom."""

from datetime import timedelta
from typing import Any, cast

from django import forms
from django.db.models import Field
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from amends.cases.choices import CURRENCIES, DETAILS, Category, Finding, Harm, Severity
from amends.cases.models import Issue
from amends.desk.forms.fields import Line, Trade
from amends.desk.forms.step import Day, OneOf, SeveralOf, StepForm, end_of
from amends.kit.forms import LongText
from amends.kit.sums import Sum
from amends.people.languages import LANGUAGES
from amends.people.models import StaffMember
from amends.rules.capabilities import Capability


def _with_department(person: StaffMember) -> str:
    return f"{person.name} ({person.department})" if person.department else person.name


class Assignment(StepForm):
    """On whose desk it lies: only those who may handle it at its level are offered."""

    handler = OneOf(label=_("Handler"))

    def prepare(self) -> None:
        """Those who handle, are senior enough and are not complained about; oneself first."""
        level = self.file.facts.level
        eligible = [
            person
            for person in self.file.colleagues
            if Capability.HANDLE in person.capabilities and person.role.level >= level
        ]
        eligible.sort(key=lambda person: person.pk != self.file.staff.pk)
        self.fields["handler"].offer(eligible, _with_department)  # type: ignore[attr-defined]


class Conflict(StepForm):
    """Who is complained about: all of them, since this list replaces the one before."""

    about = SeveralOf(
        label=_("Complained about"),
        required=False,
        help_text=_("They no longer see the case, and it leaves their desk."),
    )

    def prepare(self) -> None:
        """Everybody of the house; those named before are ticked."""
        named = self.file.complained_about
        self.fields["about"].offer([*named, *self.file.colleagues])  # type: ignore[attr-defined]
        self.fields["about"].initial = [str(person.pk) for person in named]


class Escalation(StepForm):
    """Why it goes higher."""

    why = LongText(label=_("Why"), rows=3, required=False, help_text=_("Kept as a note on the case."))


def _add_details(form: StepForm, issue: Issue | None = None) -> None:
    for name in DETAILS:
        field = cast(Field[Any, Any], Issue._meta.get_field(name)).formfield(required=False)
        assert field is not None
        field.initial = getattr(issue, name, "")
        form.fields[name] = field


class Point(StepForm):
    """Another point of the complaint, with the product it is about."""

    summary = Line(label=_("The point"), max_length=300)
    category = forms.ChoiceField(label=_("Category"), choices=Category.choices)

    def prepare(self) -> None:
        """The product's details, as the model has them."""
        self.fields["category"].initial = self.file.complaint.category
        _add_details(self)

    def values(self) -> dict[str, Any]:
        """As ``actions.add_issue`` takes it: the product's details together."""
        values = super().values()
        return {
            "summary": values["summary"],
            "category": values["category"],
            "details": {name: values[name] for name in DETAILS},
        }


class Sorting(StepForm):
    """What it is about and how grave it is, where it came without that: by mail, by form."""

    title = Line(label=_("What it is about"), max_length=200)
    category = forms.ChoiceField(label=_("Category"), choices=Category.choices)
    severity = forms.TypedChoiceField(label=_("Severity"), choices=Severity.choices, coerce=int)
    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGES)
    formal = forms.BooleanField(label=_("Formal (as a letter is)"), required=False)
    to_executive = forms.BooleanField(label=_("Addressed to the chief executive"), required=False)
    risk_public = forms.BooleanField(label=_("May go public"), required=False)
    sector = Trade(label=_("Trade"), required=False, help_text=_("Whose rules and time limits hold for it."))
    value = Sum(label=_("Value of what it is about"), required=False, help_text=_("The policy goes by it."))
    value_currency = forms.ChoiceField(label=_("Currency"), choices=[("", "—"), *CURRENCIES], required=False)
    harm = forms.ChoiceField(label=_("Harm"), choices=[("", "—"), *Harm.choices], required=False)

    def prepare(self) -> None:
        """As it stands, with the details of the first point."""
        first = next(iter(self.file.issues), None)
        for name, field in self.fields.items():
            if name != "once":
                field.initial = getattr(self.file.complaint, name)
        _add_details(self, first)

    def clean(self) -> dict[str, Any] | None:
        """A sum says in which currency it is."""
        values = super().clean() or self.cleaned_data
        if values.get("value") is not None and not values.get("value_currency"):
            self.add_error("value_currency", _("In which currency is the value?"))
        return values

    def values(self) -> dict[str, Any]:
        """As ``actions.sort`` takes it."""
        values = super().values()
        worth = {name: values.pop(name) for name in ("value", "value_currency", "harm")}
        return values | {"details": {name: values.pop(name) for name in DETAILS}, "worth": worth}


class FindingOfPoint(StepForm):
    """What was found of one point, why, and what caused it."""

    finding = forms.ChoiceField(label=_("Finding"), choices=Finding.choices, widget=forms.RadioSelect)
    reasons = LongText(label=_("Reasons"), help_text=_("What shows it: facts, not guesses."))
    cause = LongText(
        label=_("Cause"), rows=3, required=False, help_text=_("What has to change so that it ends.")
    )

    def prepare(self) -> None:
        """What was found before."""
        for name in ("finding", "reasons", "cause"):
            self.fields[name].initial = getattr(self.row, name)


class Question(StepForm):
    """A neutral question to exactly one: a colleague, a department, or somebody outside."""

    colleague = OneOf(label=_("Colleague"), required=False)
    department = OneOf(label=_("Department"), required=False)
    third_party = Line(
        label=_("Somebody outside"), max_length=200, required=False, help_text=_("A repair shop, a carrier …")
    )
    question = LongText(
        label=_("Question"),
        help_text=_(
            "Ask neutrally, fact by fact: what happened, when, who saw it? Blame nobody, suggest no answer."
        ),
    )
    due = Day(label=_("Answer by"))

    def prepare(self) -> None:
        """Whom one can ask, and three days' time."""
        nobody = _("(nobody)")
        self.fields["colleague"].offer(self.file.colleagues, _with_department, nobody=nobody)  # type: ignore[attr-defined]
        self.fields["department"].offer(self.file.departments, nobody=nobody)  # type: ignore[attr-defined]
        self.fields["due"].initial = timezone.localtime(self.file.now + timedelta(days=3)).date()

    def clean(self) -> dict[str, Any] | None:
        """Exactly one is asked: two would each wait for the other."""
        cleaned = super().clean() or self.cleaned_data
        asked = [cleaned.get(name) for name in ("colleague", "department", "third_party")]
        if sum(bool(one) for one in asked) != 1:
            self.add_error(
                "colleague", _("Choose one to ask: a colleague, a department or somebody outside.")
            )
        return cleaned

    def values(self) -> dict[str, Any]:
        """As ``actions.ask`` takes it."""
        values = super().values()
        return values | {"due_at": end_of(values.pop("due"))}


class Statement(StepForm):
    """The answer to a question. Once given, it stands."""

    statement = LongText(
        label=_("Statement"),
        help_text=_("What you know, and how you know it. Once given, it stands."),
    )
    attachment = forms.FileField(label=_("File"), required=False)


class SetAside(StepForm):
    """Why the decision does not wait for the statement."""

    why = LongText(label=_("Why the decision does not wait for it"), rows=3)
