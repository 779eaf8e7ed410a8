"""Pages for when something is wrong: what happened, what to do. Programs get a problem detail."""

from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string

TITLES = {400: "Bad request", 403: "Forbidden", 404: "Not found", 413: "Too large", 500: "Internal error"}


def _page(request: HttpRequest, status: int, template: str = "") -> HttpResponse:
    if request.path.startswith("/api/"):
        problem = {"type": "about:blank", "title": TITLES[status], "status": status}
        return JsonResponse(problem, status=status, content_type="application/problem+json")
    # Without the request: neither session nor database is asked, for they may be what is broken.
    context = {"house_name": settings.AMENDS_HOUSE_NAME, "home": "/"}
    return HttpResponse(render_to_string(template or f"{status}.html", context), status=status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: the browser sent what cannot be understood. 413: more than is taken at once."""
    too_much = isinstance(exception, RequestDataTooBig | TooManyFieldsSent | TooManyFilesSent)
    return _page(request, 413 if too_much else 400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: signed in, but their role does not do this."""
    return _page(request, 403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: nothing is here."""
    return _page(request, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: our fault."""
    return _page(request, 500)


def csrf_failure(request: HttpRequest, reason: str = "", **_: Any) -> HttpResponse:
    """403 for a form that does not prove where it came from: mostly a page left open for too long."""
    return _page(request, 403, "403_csrf.html")
