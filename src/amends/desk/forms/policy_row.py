"""One row of a policy, field by field: what it asks and what it gives."""

import re
from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from amends.cases.choices import Category, Finding, Harm, RemedyKind, Severity
from amends.cases.words_of_law import SECTOR_NAMES
from amends.cases.words_of_policy import FAULTS, LEVELS, fault_words
from amends.desk.forms.fields import Line
from amends.desk.forms.policy import Seen
from amends.desk.forms.sums import Sums
from amends.kit.forms import LongText
from amends.rules.policy import Fault, Faulty, Gives, Row, Span, Table, read
from amends.rules.policy.reading import MOST_ROWS
from amends.rules.policy.writing import FORMAT

MOST_LINES = 12
_SETS = ("category", "finding", "severity", "harm", "sector")
_SPANS = ("years", "purchases", "repeats")


def _some(label: Any, choices: Iterable[tuple[Any, Any]]) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label, choices=list(choices), required=False, widget=forms.CheckboxSelectMultiple
    )


def _number(label: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=0, max_value=100_000, required=False)


class GivesLine(forms.Form):
    """One thing that the row gives. A line without a kind is no line."""

    kind = forms.ChoiceField(label=_("Kind"), choices=[("", "–"), *RemedyKind.choices], required=False)
    share = Line(label=_("Share of the value, in %"), max_length=8, required=False)
    fixed = Sums(label=_("or fixed sums"))
    least = Sums(label=_("At least"))
    most = Sums(label=_("At most"))
    by = forms.TypedChoiceField(label=_("By whom"), choices=list(LEVELS.items()), coerce=int, required=False)
    words = Line(label=_("What exactly"), max_length=300, required=False)
    little_more = forms.BooleanField(label=_("The little more"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""

    def said(self) -> dict[str, Any]:
        """As a table has it; what is empty is left out."""
        typed = self.cleaned_data
        share = typed["share"].replace(",", ".").replace("%", "").strip()
        much = {"share": share} | {name: typed[name] for name in ("fixed", "least", "most")}
        plain = {name: typed[name] for name in ("kind", "words", "little_more", "by")}
        told = plain | {"how_much": {name: one for name, one in much.items() if one}}
        return {name: one for name, one in told.items() if one}


class _Lines(BaseFormSet):  # type: ignore[type-arg]
    def written(self) -> dict[int, GivesLine]:
        """The lines that say something, by the number they are shown with."""
        forms_ = cast(list[GivesLine], self.forms)
        return {n: form for n, form in enumerate(forms_, start=1) if form.cleaned_data.get("kind")}


class RowForm(Seen):
    """A row. Only what ``rules.policy`` can read is valid; each of its faults is put at its field."""

    name = Line(label=pgettext_lazy("of a thing", "Name"), max_length=120)
    also = forms.BooleanField(
        label=_("In addition"),
        required=False,
        help_text=_("It adds to the first row that fits, whenever it fits itself."),
    )
    category = _some(_("About"), Category.choices)
    finding = _some(_("Finding"), Finding.choices)
    severity = _some(_("Severity"), Severity.choices)
    harm = _some(_("Harm"), Harm.choices)
    sector = _some(_("Trade"), SECTOR_NAMES.items())
    country = Line(
        label=_("Countries"), max_length=200, required=False, help_text=_("By two letters: SE, PL")
    )
    value_from = Sums(label=_("Value from"), help_text=_("One sum a line: 100 EUR"))
    value_below = Sums(label=_("Value below"))
    years_from = _number(_("Customer for, from years"))
    years_to = _number(_("to"))
    purchases_from = _number(_("Purchases, from"))
    purchases_to = _number(_("to"))
    repeats_from = _number(_("Upheld before, from times"))
    repeats_to = _number(_("to"))
    approve_level = forms.TypedChoiceField(
        label=_("May be approved by"),
        choices=list(LEVELS.items()),
        coerce=int,
        help_text=_("Or somebody higher."),
    )
    note = LongText(label=_("Note"), rows=2, longest=1000, required=False)

    def __init__(self, data: Any = None, *, table: Table, row: Row | None = None, **kwargs: Any) -> None:
        self.table, self.row = table, row
        kwargs["initial"] = (_filled_in(row) if row else {}) | kwargs.get("initial", {})
        super().__init__(data, auto_id="row-%s", **kwargs)
        self.lines = self._lines(data, [_line(gives) for gives in row.gives] if row else [])
        self.made: Row | None = None

    def _lines(self, data: Any, initial: list[dict[str, Any]]) -> _Lines:
        factory = formset_factory(
            GivesLine, _Lines, extra=1 if initial else 2, absolute_max=MOST_LINES, max_num=MOST_LINES
        )
        made = factory(data, prefix="gives", initial=initial, auto_id="row-%s")
        return cast(_Lines, made)

    def wants_another_line(self) -> bool:
        """The button beside the lines: the same again, with one more."""
        if "another_line" not in self.data:
            return False
        data = dict(self.data.items()) | {name: self.data.getlist(name) for name in (*_SETS,)}  # type: ignore[attr-defined]
        shown = str(data.get("gives-TOTAL_FORMS", ""))
        data["gives-TOTAL_FORMS"] = str(min(int(shown) if shown.isdecimal() else 0, MOST_LINES - 1) + 1)
        self.data = data
        self.lines = self._lines(data, [])
        return True

    def is_valid(self) -> bool:
        """The row's own fields, its lines, and what only the whole row shows."""
        if not all([super().is_valid(), self.lines.is_valid()]):
            return False
        if self.row is None and len(self.table.rows) >= MOST_ROWS:
            self.add_error(None, str(FAULTS["too_many"]))
            return False
        try:
            self.made = read({"format": FORMAT, "rows": [self._said()]}).rows[0]
        except Faulty as faulty:
            for fault in faulty.faults:
                self._put(fault)
        return not self.errors and not any(self.lines.errors)

    def _put(self, fault: Fault) -> None:
        """A fault at the field that it is about, or above them all."""
        parts = fault.column.split("/")
        if parts[0] == "gives" and len(parts) > 2:
            written = list(self.lines.written().values())
            form = written[int(parts[1]) - 1]
            name = parts[3] if len(parts) > 3 and parts[3] in form.fields else parts[2]
            name = {"how_much": "share"}.get(name, name)
            form.add_error(name if name in form.fields else None, str(FAULTS[fault.code]))
            return
        at = {"when/value": "value_below", "id": "name"} | {f"when/{name}": f"{name}_to" for name in _SPANS}
        name = at.get(fault.column, parts[-1])
        if name in self.fields:
            self.add_error(name, str(FAULTS[fault.code]))
        else:
            self.add_error(None, fault_words(fault))

    def _said(self) -> dict[str, Any]:
        typed = self.cleaned_data
        when: dict[str, Any] = {name: typed[name] for name in _SETS}
        when["severity"] = [int(level) for level in typed["severity"]]
        when["country"] = sorted({code.upper() for code in re.split(r"[\s,;]+", typed["country"]) if code})
        when["value"] = _told({"from": typed["value_from"], "below": typed["value_below"]})
        for name in _SPANS:
            when[name] = {
                end: typed[f"{name}_{end}"] for end in ("from", "to") if typed[f"{name}_{end}"] is not None
            }
        return {
            "id": self.row.id if self.row else self._new_id(typed["name"]),
            "name": typed["name"],
            "also": typed["also"],
            "when": _told(when),
            "gives": [line.said() for line in self.lines.written().values()],
            "approve_level": typed["approve_level"],
            "note": typed["note"],
        }

    def _new_id(self, name: str) -> str:
        base = str(slugify(name))[:32].strip("-_").replace("_", "-") or "row"
        taken = {row.id for row in self.table.rows}
        names = (base, *(f"{base}-{number}" for number in range(2, len(taken) + 3)))
        return next(one for one in names if one not in taken)

    def rewritten(self) -> Table:
        """The table with this row in its place, a new one at the end. For a valid form."""
        assert self.made is not None
        rows = [self.made if row.id == self.made.id else row for row in self.table.rows]
        if self.row is None:
            rows.append(self.made)
        return Table(tuple(rows), self.table.departure_level)


def _told(said: dict[str, Any]) -> dict[str, Any]:
    return {name: one for name, one in said.items() if one}


def _filled_in(row: Row) -> dict[str, Any]:
    said: dict[str, Any] = {name: sorted(getattr(row.when, name)) for name in _SETS}
    said |= {"name": row.name, "also": row.also, "approve_level": row.approve_level, "note": row.note}
    said |= {"country": ", ".join(sorted(row.when.country))}
    said |= {"value_from": row.when.value_from, "value_below": row.when.value_below}
    for name in _SPANS:
        span = getattr(row.when, name) or Span()
        said |= {f"{name}_from": span.least, f"{name}_to": span.most}
    return said


def _line(gives: Gives) -> dict[str, Any]:
    line: dict[str, Any] = {name: getattr(gives, name) for name in ("kind", "words", "little_more", "by")}
    if (much := gives.how_much) is not None:
        line |= {"fixed": much.fixed, "least": much.least, "most": much.most}
        line["share"] = "" if much.share is None else f"{much.share.normalize():f}"
    return line
