"""Opening the customer's link: whose complaint, who speaks, when; and what every answer to it carries."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import translation

from amends.cases.links import complaint_of
from amends.cases.models import Complaint
from amends.kit.clock import now
from amends.people.actors import customer_actor
from amends.rules.capabilities import Actor


@dataclass(frozen=True)
class Visit:
    """Somebody opened a valid link: the request, and the complaint it belongs to."""

    request: HttpRequest
    secret: str
    complaint: Complaint
    at: datetime

    @property
    def actor(self) -> Actor:
        """The customer, or the one who speaks for them."""
        return customer_actor(self.complaint.speaker)


LinkView = Callable[..., HttpResponseBase]


def opened(view: LinkView) -> Callable[..., HttpResponseBase]:
    """A view that is handed a ``Visit``; a false or ended link gets the page that says what to do.

    The whole answer is made in the complaint's language.
    """

    @wraps(view)
    def open_link(request: HttpRequest, secret: str, **named: Any) -> HttpResponseBase:
        complaint = complaint_of(secret)
        if complaint is None:
            return private(no_such_link(request), referrer="no-referrer")
        with translation.override(complaint.language):
            response = view(Visit(request, secret, complaint, now()), **named)
            response.headers["Content-Language"] = complaint.language
        return private(response)

    return open_link


def private(response: HttpResponseBase, *, referrer: str = "same-origin") -> HttpResponseBase:
    """Keep the link to those who have it: not stored, not indexed, not told to other sites.

    A page with forms says ``same-origin``: under ``no-referrer`` browsers send ``Origin: null`` with a form,
    and the check against forged requests must refuse that.
    """
    response.headers.setdefault("Referrer-Policy", referrer)
    response.headers["Cache-Control"] = "no-store, private"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


def no_such_link(request: HttpRequest) -> HttpResponse:
    """404 in the browser's language. It does not tell whether there ever was such a complaint."""
    return render(request, "portal/no_such_link.html", status=404)
