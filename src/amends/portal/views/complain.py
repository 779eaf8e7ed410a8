"""The public complaint form, in the language of whoever opens it."""

import json
from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from amends.cases.documents import NotAccepted
from amends.cases.links import link_secret
from amends.cases.models import Complaint
from amends.kit.answers import see_other
from amends.kit.chain import digest
from amends.kit.once import Done, OtherRequest, once
from amends.kit.throttle import count, sender_of, too_often
from amends.people.languages import LANGUAGES
from amends.portal.complaint_form import ComplaintForm
from amends.portal.files import accepted
from amends.portal.registering import page_language, register_told
from amends.portal.steps import SENT_BEFORE, with_fresh_key

AN_HOUR = timedelta(hours=1)
COMPLAINTS_AN_HOUR = 10  # from one network address


@require_http_methods(["GET", "HEAD", "POST"])
def complain(request: HttpRequest) -> HttpResponse:
    """GET: the empty form. POST: register it, once, and show where to follow it."""
    chosen = request.GET.get("lang", "")
    with translation.override(chosen if chosen in dict(LANGUAGES) else page_language()):
        form = ComplaintForm(request.POST, request.FILES) if request.method == "POST" else None
        response = _show(request, ComplaintForm(), 200) if form is None else _register(request, form)
        response.headers["Content-Language"] = page_language()
        patch_vary_headers(response, ("Accept-Language",))
        return response


def _register(request: HttpRequest, form: ComplaintForm) -> HttpResponse:
    if not form.is_valid():
        return _show(request, form, 422)
    sender = sender_of(request)
    try:
        done = _once(form, full=too_often("complain", sender, limit=COMPLAINTS_AN_HOUR, within=AN_HOUR))
    except NotAccepted as no:
        return _show(request, form, no.status, str(no.why))
    except TooMany:
        why = _("Many complaints came from your network. Please wait an hour, then send it again.")
        return _show(request, form, 429, why)
    except OtherRequest:
        return _show(request, with_fresh_key(form), 409, str(SENT_BEFORE))
    if not done.repeated:
        count("complain", sender, within=AN_HOUR)
    complaint = Complaint.objects.get(key=done.answer["complaint"])
    return see_other(reverse("portal-receipt", args=(link_secret(complaint),)))


class TooMany(Exception):
    """As many complaints as one network address may send in an hour have come."""


def _once(form: ComplaintForm, *, full: bool) -> Done:
    """Register it, unless this very form was sent before: then the same complaint, however full it is."""
    documents = accepted(form.cleaned_data["attachments"])
    values = {name: value for name, value in form.values().items() if name != "attachments"}
    fingerprint = json.dumps([values, [document.sha256 for document in documents], page_language()])

    def do() -> tuple[int, dict[str, Any]]:
        if full:
            raise TooMany
        return 201, {"complaint": register_told(form, documents).key}

    return once("portal:complain", form.cleaned_data["once"], digest(fingerprint), do)


def _show(request: HttpRequest, form: ComplaintForm, status: int, refusal: str = "") -> HttpResponse:
    context = {
        "form": form,
        "refusal": [refusal] if refusal else [],
        "languages": LANGUAGES,
        "language": page_language(),
    }
    return render(request, "portal/complain.html", context, status=status)
