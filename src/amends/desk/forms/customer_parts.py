"""What the customer does in return, a line each: in the form of a plan."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import gettext_lazy as _

from amends.cases.actions import PartDraft
from amends.cases.models import Plan
from amends.desk.forms.fields import Line

MOST_PARTS = 20
USUAL_DAYS = 14


class PartLine(forms.Form):
    """One thing that the customer does. A line without words is no line."""

    description = Line(label=_("What exactly"), max_length=500, required=False)
    within_days = forms.IntegerField(
        label=_("Within days"), min_value=1, max_value=365, initial=USUAL_DAYS, required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""


class Parts(BaseFormSet):  # type: ignore[type-arg]
    """The lines, in their order."""

    def drafts(self) -> list[PartDraft]:
        """As ``actions.plan`` takes them; empty lines are left out."""
        cleaned = [getattr(form, "cleaned_data", {}) for form in self.forms]
        return [
            PartDraft(description=line["description"], within_days=line["within_days"] or USUAL_DAYS)
            for line in cleaned
            if line.get("description", "").strip()
        ]


def parts_of(data: Mapping[str, Any] | None, before: Plan | None) -> Parts:
    """The lines as they were typed, or those of the version before, with an empty one to write in."""
    lines = before.customer_parts.all() if before else ()
    initial = [{"description": one.description, "within_days": one.within_days} for one in lines]
    factory = formset_factory(PartLine, Parts, extra=1, absolute_max=MOST_PARTS, max_num=MOST_PARTS)
    typed = data if data is not None and "parts-TOTAL_FORMS" in data else None
    return factory(typed, prefix="parts", initial=initial, auto_id="step-%s")  # type: ignore[return-value]


def with_another(data: dict[str, Any]) -> dict[str, Any]:
    """What was typed, with one more line."""
    shown = str(data.get("parts-TOTAL_FORMS", ""))
    lines = min(int(shown) if shown.isdecimal() else 0, MOST_PARTS - 1)
    more = {"parts-TOTAL_FORMS": str(lines + 1), f"parts-{lines}-within_days": str(USUAL_DAYS)}
    return data | {"parts-INITIAL_FORMS": data.get("parts-INITIAL_FORMS", "0")} | more
