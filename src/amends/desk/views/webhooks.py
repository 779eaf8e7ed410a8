"""Programs of the house that are told what happens: added, tried, paused, and what they were told."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from amends.correspondence.models import WebhookDelivery, WebhookEndpoint
from amends.correspondence.webhooks import endpoints
from amends.correspondence.webhooks.delivering import deliver_now, probe_of
from amends.correspondence.webhooks.signing import secret_of
from amends.desk.forms.webhooks import Endpoint
from amends.desk.signed_in import staff_of
from amends.kit.answers import see_other
from amends.kit.chain import digest
from amends.kit.clock import now
from amends.kit.once import OtherRequest, once
from amends.kit.pages import page_from_the_top


def webhooks(request: HttpRequest) -> HttpResponse:
    """GET all of them, POST a new one; then its secret is shown."""
    form = Endpoint(request.POST if request.method == "POST" else None)
    if request.method != "POST":
        return _list(request, form)
    if not form.is_valid():
        return _list(request, form, status=422)
    staff, given = staff_of(request), form.values()

    def add() -> tuple[int, dict[str, Any]]:
        return 200, {"key": endpoints.add(by=staff, at=now(), **given).key}

    try:
        done = once(f"desk:{staff.pk}", form.cleaned_data["once"], digest(repr(given)), add)
    except OtherRequest:
        form.renew()
        return _list(request, form, status=409)
    return _secret(request, get_object_or_404(WebhookEndpoint, key=done.answer["key"]))


@require_safe
def webhook(request: HttpRequest, key: str) -> HttpResponse:
    """GET one, with what it was told, the newest first."""
    endpoint = get_object_or_404(WebhookEndpoint.objects.select_related("department"), key=key)
    try:
        page = page_from_the_top(endpoint.deliveries.all(), "id", after=request.GET.get("after", ""))
    except ValueError:  # no cursor of ours
        page = page_from_the_top(endpoint.deliveries.all(), "id", after="")
    return render(request, "desk/webhooks/page.html", {"endpoint": endpoint, "page": page})


@require_POST
def webhook_change(request: HttpRequest, key: str) -> HttpResponse:
    """POST that it is paused, told things again, gets a new secret, or is taken away."""
    endpoint = get_object_or_404(WebhookEndpoint, key=key)
    match request.POST.get("do"):
        case "pause":
            endpoints.pause(endpoint, at=now())
        case "resume":
            endpoints.resume(endpoint)
        case "secret":
            return _secret(request, endpoints.renew_secret(endpoint))
        case "remove":
            endpoint.delete()
            messages.success(request, gettext("It is told nothing any more."))
            return see_other("desk:webhooks")
    return see_other("desk:webhook", endpoint.key)


@require_POST
def webhook_test(request: HttpRequest, key: str) -> HttpResponse:
    """POST to send something harmless at once."""
    endpoint = get_object_or_404(WebhookEndpoint, key=key)
    _send(request, probe_of(endpoint, now()))
    return see_other("desk:webhook", endpoint.key)


@require_POST
def webhook_delivery(request: HttpRequest, key: str, delivery: str) -> HttpResponse:
    """POST to send what was sent before once more: the same words under the same id."""
    rows = WebhookDelivery.objects.select_related("endpoint").filter(endpoint__key=key)
    _send(request, get_object_or_404(rows, webhook_id=delivery))
    return see_other("desk:webhook", key)


def _send(request: HttpRequest, delivery: WebhookDelivery) -> None:
    arrived = deliver_now(delivery, now(), last=True)
    said = {"type": delivery.type, "why": delivery.answer or delivery.error}
    if arrived:
        messages.success(request, gettext("%(type)s has arrived.") % said)
    else:
        messages.error(request, gettext("%(type)s did not arrive: %(why)s") % said)


def _secret(request: HttpRequest, endpoint: WebhookEndpoint) -> HttpResponse:
    context = {"endpoint": endpoint, "secret": secret_of(endpoint)}
    response = render(request, "desk/webhooks/secret.html", context)
    response.headers["Cache-Control"] = "no-store, private"
    return response


def _list(request: HttpRequest, form: Endpoint, *, status: int = 200) -> HttpResponse:
    rows = WebhookEndpoint.objects.select_related("department")
    return render(request, "desk/webhooks/list.html", {"endpoints": rows, "form": form}, status=status)
