"""Why a text goes out although it lacks something that it must have."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from amends.kit.forms import LongText

LONGEST = 1000  # characters


class AllTheSame(forms.Form):
    """The reason. Its field stands beside the form of the step and is sent with it."""

    override = LongText(
        label=_("Why it goes out without"),
        help_text=_("It stays on file as a note that the customer never sees."),
        rows=2,
        longest=LONGEST,
        required=False,
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, form_id: str = "composer") -> None:
        super().__init__(data, auto_id="coach-%s")
        self.label_suffix = ""
        self.fields["override"].widget.attrs["form"] = form_id


def override_of(data: Mapping[str, Any]) -> str:
    """The reason that came with a form; empty where none came."""
    form = AllTheSame(data)
    form.full_clean()
    typed = form.cleaned_data.get("override") or str(data.get("override", ""))[:LONGEST]
    return str(typed).strip()
