"""Sums in several currencies, typed one below the other."""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from amends.cases.choices import CURRENCIES
from amends.kit.forms import LongText

_LINE = re.compile(r"(?P<sum>\d[\d\s]*(?:[.,]\d{1,2})?)\s*(?P<currency>[A-Za-z]{3})")


class Sums(LongText):
    """Sums by currency, one a line: 10.00 EUR."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(rows=2, longest=400, required=False, **kwargs)

    def clean(self, value: Any) -> dict[str, str]:
        """As a table has them: currency and sum with two decimals."""
        known, found = dict(CURRENCIES), {}
        for line in filter(None, (part.strip() for part in re.split(r"[\n;]", super().clean(value)))):
            match = _LINE.fullmatch(line)
            currency = match["currency"].upper() if match else ""
            if match is None or currency not in known or currency in found:
                raise forms.ValidationError(
                    _("“%(line)s” is no sum with a currency, each once and on its own line, like 12.50 EUR."),
                    code="no_sum",
                    params={"line": line[:60]},
                )
            found[currency] = f"{Decimal(re.sub(r'\s', '', match['sum']).replace(',', '.')):.2f}"
        return found

    def prepare_value(self, value: Any) -> Any:
        """As a person types them."""
        if isinstance(value, Mapping):
            return "\n".join(f"{sum_} {currency}" for currency, sum_ in sorted(value.items()))
        return value
