"""What a person says of a mail: a complaint, part of one, or none."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from amends.cases.actions import Refused
from amends.cases.models import Complaint
from amends.cases.words import REASONS
from amends.correspondence.arrivals import deciding
from amends.correspondence.models import Arrival
from amends.desk.forms.mail import ItBelongs, ItIsAComplaint, ItIsNone
from amends.desk.mail_page import open_arrival, page
from amends.desk.signed_in import staff_of
from amends.kit.answers import see_other
from amends.kit.chain import digest
from amends.kit.clock import now
from amends.kit.forms import OnceForm
from amends.kit.once import OtherRequest, once


@require_POST
def mail_complaint(request: HttpRequest, key: str) -> HttpResponse:
    """POST that it is a complaint of its own: 303 to it."""
    arrival = open_arrival(request, key)
    form = ItIsAComplaint(request.POST, auto_id="new-%s")

    def register() -> str:
        complaint = deciding.register_it(arrival, staff=staff_of(request), at=now(), **form.values())
        return _said(request, complaint, _("Registered as %(reference)s."))

    return _decide(request, arrival, form, register)


@require_POST
def mail_place(request: HttpRequest, key: str) -> HttpResponse:
    """POST to which complaint it belongs: 303 to that."""
    arrival = open_arrival(request, key)
    form = ItBelongs(request.POST, staff=staff_of(request), auto_id="belongs-%s")

    def put() -> str:
        into = form.cleaned_data["reference"]
        complaint = deciding.put_it(arrival, into, staff=staff_of(request), at=now())
        return _said(request, complaint, _("Put on %(reference)s."))

    return _decide(request, arrival, form, put)


@require_POST
def mail_aside(request: HttpRequest, key: str) -> HttpResponse:
    """POST that it is no complaint: 303 to the list."""
    arrival = open_arrival(request, key)

    def set_aside() -> str:
        deciding.set_it_aside(arrival)
        messages.success(request, _("Set aside. It stays in the list of all mail."))
        return reverse("desk:mails")

    return _decide(request, arrival, ItIsNone(request.POST, auto_id="none-%s"), set_aside)


def _decide(request: HttpRequest, arrival: Arrival, form: OnceForm, do: Callable[[], str]) -> HttpResponse:
    """422 if something is missing, 409 if it is refused or decided already; nothing is done twice."""
    if not form.is_valid():
        return page(request, arrival, form, status=422)
    values = sorted((name, str(value)) for name, value in form.values().items())

    def write() -> tuple[int, dict[str, Any]]:
        return 303, {"to": do()}

    try:
        done = once(
            f"desk:{staff_of(request).pk}",
            form.cleaned_data["once"],
            digest(repr((arrival.key, request.path, values))),
            write,
        )
    except Refused as refused:
        return page(request, arrival, form, refusal=[REASONS[r] for r in refused.reasons], status=409)
    except (deciding.Decided, OtherRequest):
        fresh = open_arrival(request, arrival.key)
        refusal = [_("Somebody has decided it meanwhile. Look at what became of it.")]
        return page(request, fresh, refusal=refusal, status=409)
    return see_other(done.answer["to"])


def _said(request: HttpRequest, complaint: Complaint, words: str) -> str:
    """Say what came of it, and where to go on: not to a case that is about who decided."""
    messages.success(request, words % {"reference": complaint.reference})
    seen = Complaint.objects.visible_to(staff_of(request)).filter(pk=complaint.pk)
    return reverse("desk:complaint", args=(complaint.key,)) if seen.exists() else reverse("desk:mails")
