"""A sum of money as people type it into a form."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

_SUM = re.compile(r"-?[0-9]+([.,][0-9]{1,2})?")


class Sum(forms.DecimalField):
    """A sum of money, typed as people of the reader’s language write it: 1234.50, 1 234,50."""

    widget = forms.TextInput(attrs={"inputmode": "decimal"})

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"min_value": 0, "max_digits": 12, "decimal_places": 2} | kwargs)

    def to_python(self, value: Any) -> Any:
        """The sum. A comma is a decimal comma: with two decimals at most, 1,234 is refused, not misread."""
        typed = "".join("" if value is None else str(value).split())
        if typed and not _SUM.fullmatch(typed):
            raise forms.ValidationError(
                _("Write a sum as digits with at most two decimals, like 1250 or 12.50."), code="invalid"
            )
        return super().to_python(typed.replace(",", "."))
