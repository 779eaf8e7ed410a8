"""Signing in with e-mail and password, and signing out."""

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import add_never_cache_headers
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from amends.desk.forms.signing_in import SignIn
from amends.kit.answers import see_other


@sensitive_post_parameters("password")
def sign_in(request: HttpRequest) -> HttpResponse:
    """GET the form; POST signs in and goes where the person wanted to. 422 if wrong, 429 if too often."""
    wanted = safe_next(request)
    if request.user.is_authenticated:
        return redirect(wanted)
    form = SignIn(request.POST or None, request=request)
    status = 200
    if request.method == "POST":
        if form.is_valid():
            response: HttpResponse = form.login(request, redirect_url=wanted)
            response.status_code = 303
            return response
        status = 429 if form.too_often else 422
    response = render(request, "desk/sign_in.html", {"form": form, "next": wanted}, status=status)
    add_never_cache_headers(response)
    return response


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """POST ends the session."""
    logout(request)
    return see_other("account_login")


def safe_next(request: HttpRequest) -> str:
    """Where the person wanted to go: inside this house only, Today otherwise."""
    wanted = request.POST.get("next") or request.GET.get("next") or "/"
    inside = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if inside else "/"
