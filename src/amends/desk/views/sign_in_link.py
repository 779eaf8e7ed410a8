"""Signing in through a one-time link: a page with a button, because only a person presses one."""

from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext_lazy as _

from amends.kit.answers import see_other
from amends.kit.clock import now
from amends.people.sign_in_link import LinkVoid, Void, use, who

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
SENTENCES = {
    Void.WRONG: _("This link is not complete. Copy the whole of it, from http to the last letter."),
    Void.EXPIRED: _("This link has expired: it was good for 24 hours."),
    Void.USED: _("This link was used already: it signs in once."),
    Void.LEFT: _("The account that this link belongs to is closed."),
}


def sign_in_link(request: HttpRequest, token: str) -> HttpResponse:
    """GET asks for the press of a button, POST signs in. A link that is void says why (410)."""
    try:
        if request.method == "POST":
            login(request, use(token, at=now()), backend=BACKEND)
            response = see_other("/")
        else:
            response = render(request, "desk/sign_in_link.html", {"staff": who(token, at=now())})
    except LinkVoid as void:
        response = render(request, "desk/sign_in_link.html", {"void": SENTENCES[void.why]}, status=410)
    add_never_cache_headers(response)
    response.headers["Referrer-Policy"] = "same-origin"  # with none at all, Origin is null and CSRF refuses
    return response
