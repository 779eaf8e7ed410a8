"""A form as it was typed, but for a field or two that the page itself must set anew."""

from django.forms import BaseForm
from django.http import QueryDict


def retype(form: BaseForm, **fields: str) -> None:
    """Put other values into what was typed; the page then shows them."""
    data = QueryDict(mutable=True)
    for name, value in form.data.items():
        data[name] = value
    for name, value in fields.items():
        data[name] = value
    form.data = data
