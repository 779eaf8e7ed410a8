"""What all forms share: each can be carried out once, keeps what was typed, and says what is wrong."""

from copy import copy
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from amends.kit.keys import new_key

LONGEST = 100_000  # characters: about forty pages


class OnceForm(forms.Form):
    """A form with a key of its own: posted twice, it is carried out once (see ``kit.once``)."""

    once = forms.CharField(widget=forms.HiddenInput, required=False, max_length=120)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["once"].initial = new_key
        self.label_suffix = ""

    def clean_once(self) -> str:
        """The form's key. One that came without gets its own: only with a key all of it stands or falls."""
        return self.cleaned_data["once"] or new_key()

    def renew(self, **changes: object) -> None:
        """Give a filled-in form a key of its own again, after the old one was used up.

        ``changes`` are fields that hold something else from now on: the version that it was made against.
        """
        data: Any = copy(self.data)  # also what came several times under one name
        data["once"] = new_key()
        for name, value in changes.items():
            data[name] = str(value)
        self.data = data

    def values(self) -> dict[str, Any]:
        """What was filled in, without the form's own key."""
        return {name: value for name, value in self.cleaned_data.items() if name != "once"}


class LongText(forms.CharField):
    """Many words. Kept exactly as typed, but for control characters that no database takes (NUL).

    Too long is refused with a sentence that says what to do; the field shows the text again.
    """

    widget = forms.Textarea

    def __init__(self, *, longest: int = LONGEST, rows: int = 5, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": rows}))
        super().__init__(strip=False, **kwargs)
        self.longest = longest

    def to_python(self, value: Any) -> str:
        """The text without NUL characters, which mean nothing to a reader and break a database."""
        return (super().to_python(value) or "").replace("\0", "")

    def validate(self, value: Any) -> None:
        """Something must be written if the field is required, and not more than fits."""
        if self.required and not value.strip():
            raise forms.ValidationError(self.error_messages["required"], code="required")
        if len(value) > self.longest:
            raise forms.ValidationError(
                _("This is %(length)s characters long; up to %(longest)s fit. Attach it as a file instead."),
                code="too_long",
                params={"length": f"{len(value):,}", "longest": f"{self.longest:,}"},
            )
