"""The addresses under ``/api/v1/``. Whatever is not there is answered as a problem too."""

from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed, JsonResponse
from django.urls import URLPattern, URLResolver, include, path, re_path

from amends.api.api import api, description
from amends.api.docs import documentation
from amends.api.mail import mail, provider_mail
from amends.api.problems import problem
from amends.people.access import Open, View, route


def openapi(request: HttpRequest) -> HttpResponse:
    """The OpenAPI document."""
    return JsonResponse(description())


def nothing_here(request: HttpRequest) -> HttpResponse:
    """404 for an address that the API does not have."""
    return problem("not-found")


def _as_problem(view: View) -> View:
    """405 as a problem, too, with the methods that are taken."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        if isinstance(response, HttpResponseNotAllowed):
            allow = response.headers["Allow"]
            response = problem("method-not-allowed")
            response.headers["Allow"] = allow
        return response

    answered.needs = Open.TOKEN  # type: ignore[attr-defined]
    return answered


def _operations() -> list[URLPattern]:
    patterns = [p for p in api.urls[0] if isinstance(p, URLPattern) and str(p.pattern)]
    for pattern in patterns:
        pattern.callback = _as_problem(pattern.callback)
    return patterns


_nothing = re_path(r"^.*$", nothing_here, name="api-nothing")
nothing_here.needs = Open.PUBLIC  # type: ignore[attr-defined]
_addresses = [
    route("openapi.json", openapi, needs=Open.PUBLIC, name="api-openapi"),
    route("docs", documentation, needs=Open.PUBLIC, name="api-docs"),
    route("mail", _as_problem(mail), needs=Open.TOKEN, name="api-mail"),
    route("mail/<str:provider>/mime", _as_problem(provider_mail), needs=Open.TOKEN, name="api-provider-mail"),
    *_operations(),
    _nothing,
]
urlpatterns: list[URLPattern | URLResolver] = [path("api/v1/", include(_addresses))]
