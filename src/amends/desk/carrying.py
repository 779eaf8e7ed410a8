"""A change of the house's own rules that a form asks for: carried out once, however often it is sent."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest

from amends.desk.signed_in import staff_of
from amends.kit.chain import digest
from amends.kit.forms import OnceForm
from amends.kit.once import once


def carry_out(request: HttpRequest, form: OnceForm, change: Callable[[], object]) -> None:
    """Make the change that a valid form asks for, unless this very form did already.

    Raises OtherRequest when the form came before with other words, and what ``change`` raises.
    """

    def write() -> tuple[int, dict[str, Any]]:
        change()
        return 303, {}

    typed = sorted(
        (name, request.POST.getlist(name)) for name in request.POST if name != "csrfmiddlewaretoken"
    )
    asked = digest(repr((request.path, typed)))
    once(f"desk:{staff_of(request).pk}", form.cleaned_data["once"], asked, write)
