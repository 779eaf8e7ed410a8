"""Taking a complaint in, usable while on the phone."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from amends.cases.actions import Refused
from amends.cases.documents import NotAccepted, accept
from amends.cases.links import link_url
from amends.cases.models import Complaint
from amends.cases.words import REASONS
from amends.desk.forms.registering import LOOKED_UP, Register
from amends.desk.known import known_customers
from amends.desk.registering import take_in
from amends.desk.signed_in import staff_of
from amends.kit.answers import see_other
from amends.kit.chain import digest
from amends.kit.clock import now
from amends.kit.once import OtherRequest, once

NOT_WORDS = ("csrfmiddlewaretoken", "once")


@require_safe
def register(request: HttpRequest) -> HttpResponse:
    """GET the empty form."""
    return _page(request, Register())


@require_safe
def known(request: HttpRequest) -> HttpResponse:
    """GET who is known with this e-mail, phone or number, as the part of the page that shows it."""
    return render(request, "desk/parts/known.html", _known(request, request.GET))


@require_POST
def take_complaint(request: HttpRequest) -> HttpResponse:
    """POST the complaint: 303 to its page. 422 if something is wrong, the file's own status if it is a file,
    409 if the same form was sent before with other words; what was typed is always kept.
    """
    if "look_up" in request.POST:
        return _page(request, Register(initial=_typed(request.POST)))
    form = Register(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, form, status=422)
    try:
        complaint = _once(request, form)
    except NotAccepted as refused:
        form.add_error("attachments", str(refused.why))
        return _page(request, form, status=refused.status)
    except Refused as refused:
        return _page(request, form, status=409, refusal=[REASONS[reason] for reason in refused.reasons])
    except OtherRequest:
        return _page(request, Register(initial=_typed(request.POST)), status=409, sent_before=True)
    return see_other(_say(request, complaint))


def _once(request: HttpRequest, form: Register) -> Complaint:
    staff, at, values = staff_of(request), now(), form.values()
    documents = [accept(upload) for upload in values["attachments"]]
    words = {name: values for name, values in request.POST.lists() if name not in NOT_WORDS}
    request_sha256 = digest(repr(sorted(words.items())) + "".join(d.sha256 for d in documents))

    def do() -> tuple[int, dict[str, Any]]:
        complaint = take_in(values, documents, staff=staff, at=at, solved=form.solved)
        return 303, {"complaint": complaint.pk}

    done = once(f"desk:{staff.pk}", form.cleaned_data["once"], request_sha256, do)
    return Complaint.objects.get(pk=done.answer["complaint"])


def _say(request: HttpRequest, complaint: Complaint) -> str:
    """Say what came of it, and where to go on: not to the case if it is about who wrote it down."""
    if not Complaint.objects.visible_to(staff_of(request)).filter(pk=complaint.pk).exists():
        told = gettext("Registered as %(reference)s. It is about you, so others carry it on.")
        messages.success(request, told % {"reference": complaint.reference})
        return reverse("desk:today")
    told = gettext("Registered as %(reference)s. The customer’s own page, to read out or send: %(link)s")
    messages.success(request, told % {"reference": complaint.reference, "link": link_url(complaint)})
    return reverse("desk:complaint", args=(complaint.key,))


def _typed(data: QueryDict) -> dict[str, Any]:
    """What stands in a form that is not to be checked yet."""
    typed: dict[str, Any] = {name: data.get(name) for name in data if name not in NOT_WORDS}
    return (
        typed
        | {name: name in data for name in ("mine",)}
        | {"complained_about": data.getlist("complained_about")}
    )


def _known(request: HttpRequest, data: Any) -> dict[str, Any]:
    asked = {name: (data.get(name) or "").replace("\0", "").strip() for name in LOOKED_UP}
    found = known_customers(staff_of(request), **asked)
    return {"known": found, "asked": any(asked.values()), "chosen": data.get("customer") or ""}


def _page(request: HttpRequest, form: Register, status: int = 200, **more: Any) -> HttpResponse:
    staff = staff_of(request)
    context = {"form": form, "may_handle": "handle" in staff.capabilities}
    return render(
        request, "desk/register.html", context | _known(request, request.POST) | more, status=status
    )
