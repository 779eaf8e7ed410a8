"""The plan: remedies line by line, and the leadership's word on it."""

from typing import Any, cast

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import gettext_lazy as _

from amends.cases.actions import RemedyDraft
from amends.cases.choices import CURRENCIES, RemedyKind
from amends.cases.models import Remedy
from amends.cases.policy import judge
from amends.cases.words import REASONS
from amends.desk.case_file import CaseFile
from amends.desk.forms.customer_parts import parts_of, with_another
from amends.desk.forms.fields import Line
from amends.desk.forms.proposed import difference_words, proposed_lines
from amends.desk.forms.step import OneOf, StepForm
from amends.kit.forms import LongText
from amends.kit.sums import Sum
from amends.rules.lifecycle import Reason

MOST_LINES = 30
USUAL_DAYS = 7


class RemedyLine(forms.Form):
    """One thing that will be done. A line without a kind is no line."""

    kind = forms.ChoiceField(label=_("Kind"), choices=[("", "–"), *RemedyKind.choices], required=False)
    description = Line(label=_("What exactly"), max_length=500, required=False)
    issue = OneOf(label=_("For point"), required=False)
    amount = Sum(label=_("Sum to the customer"), required=False)
    cost = Sum(label=_("Cost to us"), required=False)
    department = OneOf(label=_("Carried out by"), required=False)
    within_days = forms.IntegerField(
        label=_("Within days"), min_value=1, max_value=365, initial=USUAL_DAYS, required=False
    )
    after = forms.IntegerField(label=_("Waits for number"), min_value=1, max_value=MOST_LINES, required=False)
    little_more = forms.BooleanField(label=_("The little more"), required=False)

    def __init__(self, *args: Any, file: CaseFile, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        self.fields["issue"].offer(file.issues, nobody=_("(all of it)"))  # type: ignore[attr-defined]
        self.fields["department"].offer(file.departments, nobody=_("(the handler)"))  # type: ignore[attr-defined]
        if len(file.issues) == 1:
            self.fields["issue"].initial = str(file.issues[0].pk)

    def clean(self) -> dict[str, Any] | None:
        """A line that says anything says what kind it is and what exactly will be done."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("description") and not cleaned.get("kind"):
            self.add_error("kind", _("Choose what kind of remedy it is."))
        if cleaned.get("kind") and not cleaned.get("description"):
            self.add_error("description", _("Say what exactly will be done."))
        if "within_days" in cleaned and cleaned["within_days"] is None:
            cleaned["within_days"] = USUAL_DAYS
        return cleaned


class _Lines(BaseFormSet):  # type: ignore[type-arg]
    """The lines of a plan, each numbered as the person sees it."""

    def written(self) -> dict[int, dict[str, Any]]:
        """The lines that say something, by the number they are shown with."""
        cleaned = [getattr(form, "cleaned_data", {}) for form in self.forms]
        return {number: line for number, line in enumerate(cleaned, start=1) if line.get("kind")}

    def clean(self) -> None:
        """A line can only wait for one that is written and stands before it."""
        written = self.written()
        for number, line in written.items():
            after = line.get("after")
            if after and (after >= number or after not in written):
                self.forms[number - 1].add_error("after", _("It can only wait for a line before it."))


class PlanForm(StepForm):
    """A new version of the plan, begun from the one before."""

    template_name = "desk/complaint/plan_form.html"

    currency = forms.ChoiceField(label=_("Currency"), choices=CURRENCIES)
    prevention = LongText(
        label=_("What keeps it from happening again"),
        rows=3,
        required=False,
        help_text=_("Told to the customer."),
    )
    proposal = LongText(
        label=_("Your proposal to the leadership"),
        rows=3,
        required=False,
        help_text=_("Read inside the house only."),
    )

    departure = LongText(
        label=_("Why it departs from the policy"),
        rows=2,
        longest=2000,
        required=False,
        help_text=_("Needed where it is not what the policy proposes."),
    )

    def prepare(self) -> None:
        """The lines of the version before, or those that the policy proposes, or three empty ones."""
        before = self.file.plan
        considered = self.file.proposal.considered
        proposed = considered.proposal
        self.fields["currency"].initial = before.currency if before else proposed.currency
        for name in ("prevention", "proposal", "departure"):
            self.fields[name].initial = getattr(before, name, "")
        if before:
            initial = [_line(remedy) for remedy in before.remedies.all()]
        else:
            initial = proposed_lines(considered, self.file)
        if not proposed.rows:
            del self.fields["departure"]
        typed = self.data if self.is_bound else None
        self.lines, self.parts = self._lines(typed, initial), parts_of(typed, before)

    def _lines(self, data: Any, initial: list[dict[str, Any]]) -> _Lines:
        spare = 1 if initial else 3
        factory = formset_factory(
            RemedyLine, _Lines, extra=spare, absolute_max=MOST_LINES, max_num=MOST_LINES
        )
        made = factory(
            data, prefix="lines", initial=initial, auto_id="step-%s", form_kwargs={"file": self.file}
        )
        return cast(_Lines, made)

    def wants_another_line(self) -> bool:
        """The buttons beside the lines: the same again, with one more."""
        if "another_part" in self.data:
            self.data = with_another(self.typed())
            self.lines, self.parts = self._lines(self.data, []), parts_of(self.data, None)
            return True
        if "another_line" not in self.data:
            return False
        data = self.typed()
        shown = data.get("lines-TOTAL_FORMS", "")
        lines = min(int(shown) if shown.isdecimal() else 0, MOST_LINES - 1)
        data["lines-TOTAL_FORMS"] = str(lines + 1)
        data[f"lines-{lines}-within_days"] = str(USUAL_DAYS)
        self.data = data
        self.lines, self.parts = self._lines(data, []), parts_of(data, None)
        return True

    def is_valid(self) -> bool:
        """The plan's own fields and every line, of which there is at least one."""
        if not all([super().is_valid(), self.lines.is_valid(), self._parts_are_valid()]):
            return False
        if not self.lines.written():
            self.add_error(None, str(REASONS[Reason.NO_PLAN]))
        elif "departure" in self.fields and not self.cleaned_data["departure"].strip():
            self._say_departures()
        return not self.errors

    def _parts_are_valid(self) -> bool:
        return not self.parts.is_bound or self.parts.is_valid()

    def _say_departures(self) -> None:
        """Without a reason, each thing that is not as the policy proposes."""
        values = self.values()
        judged = judge(self.file.complaint, values["remedies"], currency=values["currency"], at=self.file.now)
        if judged.departs:
            said = [difference_words(one, values["currency"]) for one in judged.differences]
            why = _("Say why: it departs from what the policy proposes.")
            self.add_error("departure", forms.ValidationError([why, *said], code="unexplained"))

    def values(self) -> dict[str, Any]:
        """As ``actions.plan`` takes it; empty lines are left out and the rest numbered anew."""
        written = self.lines.written()
        place = {number: position for position, number in enumerate(written, start=1)}
        drafts = [
            RemedyDraft(**(line | {"after": place[line["after"]] if line["after"] else None}))
            for line in written.values()
        ]
        parts = self.parts.drafts() if self.parts.is_bound else []
        return super().values() | {"remedies": drafts, "customer_parts": parts}


def _line(remedy: Remedy) -> dict[str, Any]:
    names = ("kind", "description", "amount", "cost", "within_days", "after", "little_more")
    line = {name: getattr(remedy, name) for name in names}
    return line | {"issue": remedy.issue_id, "department": remedy.department_id}


class _OfPlan(StepForm):
    """The version that the page showed: an approval is of that one and no other."""

    plan = forms.IntegerField(widget=forms.HiddenInput)

    def prepare(self) -> None:
        """The version at hand."""
        self.fields["plan"].initial = self.file.complaint.current_plan_id


class PlanApproval(_OfPlan):
    """Yes to this version."""

    note = LongText(label=_("Note"), rows=3, required=False)


class PlanSentBack(_OfPlan):
    """Not yet, and why."""

    note = LongText(label=_("What should be different"), rows=3)
