"""Asking a colleague to read a text before it is sent, and what they say to it."""

from copy import copy
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from amends.correspondence.readings import READERS
from amends.desk.case_file import CaseFile
from amends.desk.forms.step import OneOf
from amends.kit.forms import LongText, OnceForm


class AskToRead(forms.Form):
    """Who reads, and a word to them. Its fields stand beside the composer's and are never needed to send."""

    reader = OneOf(label=_("Colleague"), required=False)
    reading_word = LongText(label=_("A word to them"), rows=2, longest=1000, required=False)

    def __init__(self, data: QueryDict | None = None, *, file: CaseFile) -> None:
        super().__init__(data, auto_id="ask-%s")
        self.label_suffix = ""
        people = [p for p in file.colleagues if p.pk != file.staff.pk and READERS & p.capabilities]
        self.fields["reader"].offer(people, nobody="–")  # type: ignore[attr-defined]
        for field in self.fields.values():
            field.widget.attrs["form"] = "composer"

    def clean_reader(self) -> Any:
        """Somebody must be chosen."""
        if self.cleaned_data["reader"] is None:
            raise forms.ValidationError(_("Choose who is to read it."), code="required")
        return self.cleaned_data["reader"]


class ReadingAnswer(OnceForm):
    """Good as it is, or what is to be changed."""

    note = LongText(label=_("Notes"), rows=6, longest=20_000, required=False)
    asked_at = forms.CharField(widget=forms.HiddenInput, max_length=40)
    good = forms.BooleanField(widget=forms.HiddenInput, required=False)

    def clean(self) -> dict[str, Any] | None:
        """Who does not find it good says what is to be changed."""
        cleaned = super().clean() or self.cleaned_data
        if not cleaned.get("good") and not (cleaned.get("note") or "").strip():
            self.add_error("note", _("Write what you would change, or say that it is good as it is."))
        return cleaned

    def show_again(self, asked_at: str) -> None:
        """The same notes, to the text that was laid before the reader at ``asked_at``."""
        data: Any = copy(self.data)
        data["asked_at"] = asked_at
        self.data = data
        self.renew()
