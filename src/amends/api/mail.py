"""Mail that a program or a mail provider hands over by HTTP. It is kept before it is answered.

Two ways: ``POST /api/v1/mail`` with a token and the message as it came, for scripts and mail servers; and
an address for each provider, in the provider's own form, let in by AMENDS_MAIL_WEBHOOK_SECRET.
"""

import json
import logging
from collections.abc import Callable, Mapping
from email.message import EmailMessage
from importlib import import_module
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.db import Error as DatabaseFault
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from amends.api.auth import Bearer
from amends.api.problems import problem
from amends.correspondence.arrivals import LARGEST
from amends.correspondence.mailroom.handing_over import bring
from amends.kit.clock import now
from amends.rules.capabilities import Capability

SOURCE = "webhook"

log = logging.getLogger("amends.api")


def _field(name: str) -> Callable[[HttpRequest], str | None]:
    return lambda request: request.POST.get(name)


def _postmarks(request: HttpRequest) -> str | None:
    told = json.loads(request.body)
    return told.get("RawEmail") if isinstance(told, dict) else None


# Where each provider puts the message as it came, if it was asked to.
RAW: Mapping[str, Callable[[HttpRequest], str | None]] = {
    "Mailgun": _field("body-mime"),
    "Postmark": _postmarks,
    "SendGrid": _field("email"),
}


@csrf_exempt
@require_POST
def mail(request: HttpRequest) -> HttpResponse:
    """Any message of up to 40 MB, as it came: 202 with the key of what was kept."""
    scheme, _space, token = request.headers.get("Authorization", "").partition(" ")
    caller = Bearer().authenticate(request, token) if scheme.lower() == "bearer" else None
    if caller is None:
        return _let_in_by("Bearer", problem("unauthorized"))
    if Capability.REGISTER not in caller.capabilities:
        return problem("forbidden", needs=Capability.REGISTER.value)
    raw = request.read(LARGEST + 1)
    if len(raw) > LARGEST:
        return problem("too-large", _("The message is larger than 40 MB."))
    return _kept([raw]) if raw else problem("malformed", _("The body is empty."))


@csrf_exempt
@require_POST
def provider_mail(request: HttpRequest, provider: str) -> HttpResponse:
    """What a mail provider received for the house. Each of them tries again until it is answered with 2xx."""
    name = {known.lower(): known for known in RAW}.get(provider)
    if name is None or not settings.ANYMAIL["WEBHOOK_SECRET"]:
        return problem("not-found")
    from anymail.exceptions import AnymailWebhookValidationFailure  # loaded only where mail comes this way

    view = getattr(import_module(f"anymail.webhooks.{provider}"), f"{name}InboundWebhookView")()
    try:
        view.run_validators(request)
        raws = _messages(view, RAW[name], request)
    except AnymailWebhookValidationFailure:
        return _let_in_by("Basic", problem("unauthorized", _("Name, password or signature are wrong.")))
    except RequestDataTooBig:
        return problem("too-large")
    except Exception as wrong:  # whatever Django and Anymail find in a body that is something else
        log.warning("no message from %s", name, exc_info=True)
        told = {"provider": name}
        return problem("malformed", _("It is no message of %(provider)s’s.") % told, said=str(wrong))
    return _kept(raws)


def _messages(view: Any, raw_of: Callable[[HttpRequest], str | None], request: HttpRequest) -> list[bytes]:
    """The message as it came; where the provider sends only its parts, put together again by Anymail."""
    if raw := raw_of(request):
        return [raw.encode("utf-8", "surrogateescape")]
    return [_put_together(event.message) for event in view.parse_events(request)]


def _put_together(message: EmailMessage) -> bytes:
    """The same bytes each time: the boundaries, which are made up, are numbers."""
    for number, part in enumerate(message.walk()):
        if part.get_content_maintype() == "multipart":
            part.set_boundary(f"==part=={number}==")
    return message.as_bytes()


def _kept(raws: list[bytes]) -> HttpResponse:
    try:
        arrivals = [bring(raw, source=SOURCE, at=now()) for raw in raws]
    except (OSError, DatabaseFault):
        log.exception("mail could not be kept")
        return problem("busy", _("It could not be kept. Try again in a moment."))
    return JsonResponse({"items": [{"key": one.key, "state": one.state} for one in arrivals]}, status=202)


def _let_in_by(scheme: str, response: HttpResponse) -> HttpResponse:
    response.headers["WWW-Authenticate"] = f'{scheme} realm="amends"'
    return response
