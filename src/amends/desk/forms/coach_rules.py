"""What the house has the coach ask for: by kind of text, its own words to avoid, what nobody is shown."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from amends.cases.house_coach import level_of
from amends.cases.models import CoachRules
from amends.cases.words_of_coach import CODES
from amends.coach.house import OFF, sayable
from amends.coach.owed import ADVICE, MUST, owed
from amends.coach.reading.language import language_of
from amends.desk.forms.fields import Line
from amends.kit.forms import OnceForm

LINES = 3  # empty ones below those that are filled in
MOST = 200
LEVELS = [(MUST, _("must have")), (ADVICE, _("advice")), (OFF, _("not asked"))]


class Seen(OnceForm):
    """A form that says which version it was made from."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


class KindForm(Seen):
    """Each code of one kind of text: a must-have, advice, or not asked."""

    def __init__(self, *args: Any, kind: str, rules: CoachRules, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.codes = [code for code in owed(kind).codes if code not in rules.off]
        for code in self.codes:
            self.fields[code] = forms.ChoiceField(
                label=str(CODES[code]), choices=LEVELS, initial=level_of(rules, kind, code)
            )

    def levels(self) -> dict[str, str]:
        """What was chosen, by code."""
        return {code: self.cleaned_data[code] for code in self.codes}


class WordsForm(Seen):
    """The house's own words to avoid in one language, a line each."""

    def __init__(self, *args: Any, language: str, rows: Sequence[dict[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.language = language
        sent = int(self.data.get("lines", "0")) if str(self.data.get("lines", "")).isdecimal() else 0
        self.count = min(max(sent, len(rows) + LINES), MOST)
        for number in range(self.count):
            row = rows[number] if number < len(rows) else {}
            for name, words in (("words", _("Avoid")), ("why", _("Why")), ("instead", _("Say instead"))):
                self.fields[f"{name}-{number}"] = Line(
                    label=words, required=False, max_length=200, initial=row.get(name, "")
                )
                if name != "why":
                    self.fields[f"{name}-{number}"].widget.attrs["lang"] = language

    def lines(self) -> list[list[Any]]:
        """The fields, line by line."""
        return [[self[f"{name}-{n}"] for name in ("words", "why", "instead")] for n in range(self.count)]

    def clean(self) -> dict[str, Any] | None:
        """Each saying has a word in it and stands once; what to say instead does not hold it again."""
        cleaned = super().clean() or self.cleaned_data
        told: set[str] = set()
        for number in range(self.count):
            words = cleaned.get(f"words-{number}", "").strip()
            instead = cleaned.get(f"instead-{number}", "").strip()
            if not words:
                if instead or cleaned.get(f"why-{number}", "").strip():
                    self.add_error(f"words-{number}", _("Which words are to be avoided?"))
                continue
            if not sayable(words, language_of(self.language)):
                self.add_error(f"words-{number}", _("There is no word in it that could be looked for."))
            if words.lower() in told:
                self.add_error(f"words-{number}", _("These words stand here twice."))
            if words.lower() in instead.lower():
                self.add_error(f"instead-{number}", _("This holds the words that are to be avoided."))
            told.add(words.lower())
        return cleaned

    def rows(self) -> list[dict[str, str]]:
        """The filled lines, as they are kept."""
        named = ("words", "why", "instead")
        lines = [
            {name: self.cleaned_data.get(f"{name}-{number}", "").strip() for name in named}
            for number in range(self.count)
        ]
        return [line for line in lines if line["words"]]


class OffForm(Seen):
    """What nobody is shown, whatever they write."""

    codes = forms.MultipleChoiceField(
        label=_("Not shown to anybody"),
        choices=list(CODES.items()),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
