"""The answer to what was sent and is done."""

from django.http import HttpResponse
from django.shortcuts import redirect


def see_other(to: str, *args: object) -> HttpResponse:
    """303: it is done; what came of it is read there, by GET. ``to`` is an address, or the name of a
    route with its arguments.
    """
    response = redirect(to, *args)
    response.status_code = 303
    return response
