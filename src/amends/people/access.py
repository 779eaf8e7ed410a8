"""The permission stands on the route's line.

    route("complaints/<str:key>/offer", offer, needs=Capability.HANDLE, name="offer")

``tests/architecture`` walks every URL and fails for one that names nothing.
"""

import re
from collections.abc import Callable
from enum import StrEnum
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import URLPattern, path

from amends.rules.capabilities import Capability

View = Callable[..., HttpResponseBase]


class Open(StrEnum):
    """What a route needs when it is not a capability of staff."""

    PUBLIC = "public"  # anybody
    SIGNED_IN = "signed in"  # any member of staff
    LINK = "link"  # who holds the customer's secret link; the view checks it
    TOKEN = "token"  # noqa: S105  a program with a bearer token; the API checks its scopes


def route(pattern: str, view: View, *, needs: Capability | Open, name: str) -> URLPattern:
    """A URL with what it needs. Staff who lack the capability get 403, who is not signed in the sign-in."""
    guarded = _for_staff(view, needs) if needs in tuple(Capability) or needs is Open.SIGNED_IN else view
    guarded.needs = needs  # type: ignore[attr-defined]
    return path(pattern, guarded, name=name)


def _for_staff(view: View, needs: Capability | Open) -> View:
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return _sign_in_first(request)
        if isinstance(needs, Capability) and needs not in request.user.capabilities:
            raise PermissionDenied
        response = view(request, *args, **kwargs)
        # On a shared computer nobody sees it after signing out; what is typed survives going back, unlike
        # under no-store.
        response.headers.setdefault("Cache-Control", "private, no-cache")
        return response

    return guarded


def _sign_in_first(request: HttpRequest) -> HttpResponseBase:
    """To the sign-in and back. What was typed on a page whose session has ended is shown again, to be kept: a
    redirect would lose it. A script of a page is told 401: the page says it in words and stays as it is.
    """
    if request.headers.get("HX-Request"):
        return HttpResponse(status=401)
    secret = re.compile("token|password")
    said = [str(words) for name, words in request.POST.items() if not secret.search(name)]
    typed = [words for words in said if len(words.split()) > 1 or not words.isascii()]  # no keys, no choices
    if not typed:
        return redirect_to_login(request.get_full_path())
    return render(request, "signed_out.html", {"typed": typed}, status=401)
