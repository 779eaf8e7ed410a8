"""Letters as a pile: printing them, and marking them as posted."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from amends.cases.choices import DispatchKind
from amends.cases.models import Message
from amends.desk.forms.fields import PastDay
from amends.kit.clock import now
from amends.kit.forms import OnceForm

NUMBER_LENGTH = 60


class Print(OnceForm):
    """Which letters of the queue become one pile: those ticked, those of a batch, or all."""

    two_sided = forms.BooleanField(
        label=_("Printed on both sides"), required=False,
        help_text=_("Each letter then begins on a sheet of its own."))  # fmt: skip


class Posted(OnceForm):
    """What is in the post now: one day and one way for all that are ticked, a number for each."""

    on = PastDay(label=_("Posted on"))
    kind = forms.ChoiceField(label=_("Kind of dispatch"), choices=DispatchKind.choices)
    all = forms.BooleanField(required=False)

    def __init__(self, *args: Any, letters: Sequence[Message] = (), **kwargs: Any) -> None:
        super().__init__(*args, auto_id="posted-%s", **kwargs)
        self.fields["on"].initial = timezone.localdate(now())
        self.letters = letters

    def ticked(self) -> list[Message]:
        """The letters that were chosen among those shown."""
        chosen = set(self.data.getlist("letters"))  # type: ignore[attr-defined]
        return [letter for letter in self.letters if letter.key in chosen]

    def number(self, letter: Message) -> str:
        """The number under which the post carries this letter, if one was typed."""
        return str(self.data.get(f"number-{letter.key}", "")).replace("\0", "").strip()

    def clean(self) -> None:
        """Some letter must be ticked, and no number be longer than fits."""
        super().clean()
        if not self.cleaned_data.get("all") and not self.ticked():
            raise forms.ValidationError(_("Tick the letters that are in the post."), code="none")
        if any(len(self.number(letter)) > NUMBER_LENGTH for letter in self.ticked()):
            raise forms.ValidationError(_("A number is too long: up to 60 characters fit."), code="number")
