"""What somebody says to a plan on the page behind the link of their mail."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from amends.kit.forms import LongText, OnceForm

LONGEST = 5_000  # characters: a note on a plan, not a file


class LinkYes(OnceForm):
    """Yes to this version, with a note if there is something to say."""

    word = forms.CharField(widget=forms.HiddenInput, initial="yes")
    note = LongText(label=_("Note"), rows=3, required=False, longest=LONGEST)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="yes-%s", **kwargs)


class LinkNo(OnceForm):
    """Not yet, and why."""

    word = forms.CharField(widget=forms.HiddenInput, initial="no")
    note = LongText(label=_("What should be different"), rows=3, longest=LONGEST)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="no-%s", **kwargs)
