"""Everything that goes wrong, as RFC 9457 problem details: what happened, and what to do, in sentences."""

import logging
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from amends.api.validation import field_error, field_errors
from amends.cases.actions import Refused
from amends.cases.documents import NotAccepted
from amends.cases.models import Complaint
from amends.cases.words import REASONS
from amends.kit.once import OtherRequest
from amends.rules.capabilities import Capability
from amends.rules.lifecycle import Reason

log = logging.getLogger("amends.api")
PROBLEM_JSON = "application/problem+json"
DOCS = "/api/v1/docs"


class Kind(NamedTuple):
    """One kind of problem: its HTTP status and what it is called. Its ``type`` opens the docs page at it."""

    status: int
    title: str | Promise
    detail: str | Promise


KINDS: Mapping[str, Kind] = {
    "malformed": Kind(400, _("Not readable"), _("The body is not valid JSON, or not a valid form.")),
    "unauthorized": Kind(
        401, _("No valid token"), _("Send “Authorization: Bearer …” with a token that has not ended.")
    ),
    "forbidden": Kind(403, _("Not in the token’s scopes"), _("The token may not do this.")),
    "not-found": Kind(404, _("Not found"), _("There is nothing here that this token may see.")),
    "method-not-allowed": Kind(
        405, _("Not offered here"), _("This address does not take this method. “Allow” says which it takes.")
    ),
    "refused": Kind(
        409, _("The step is refused"), _("The complaint is not ready for this. Nothing was changed.")
    ),
    "too-large": Kind(413, _("Too large"), _("The request is larger than 16 MB.")),
    "not-accepted": Kind(415, _("File not taken"), _("The file is of a kind that is not taken.")),
    "invalid": Kind(
        422, _("Not valid"), _("Some of what was sent is missing or wrong. Nothing was changed.")
    ),
    "key-reused": Kind(
        422,
        _("Idempotency-Key used before"),
        _("This key stands for another request. Nothing was changed: choose a new key."),
    ),
    "internal": Kind(500, _("Our fault"), _("Something broke on our side. It has been written down.")),
    "busy": Kind(503, _("Busy"), _("The database did not answer in time. Try again in a moment.")),
}


class Invalid(Exception):
    """A value that has the right form and still cannot be: a name nobody has, a date out of order."""

    def __init__(self, field: str, sentence: str | Promise) -> None:
        super().__init__(str(sentence))
        self.field, self.sentence = field, sentence


class OutOfScope(Exception):
    """The token lacks the capability that the operation needs."""

    def __init__(self, needs: Capability) -> None:
        super().__init__(needs)
        self.needs = needs


def problem(code: str, detail: object = None, *, status: int | None = None, **more: Any) -> HttpResponse:
    """A problem of this kind; ``more`` are its extension members."""
    kind = KINDS[code]
    body = {
        "type": f"{DOCS}#{code}",
        "title": str(kind.title),
        "status": status or kind.status,
        "detail": str(detail or kind.detail),
        **more,
    }
    return JsonResponse(body, status=status or kind.status, content_type=PROBLEM_JSON)


def invalid(errors: Iterable[Mapping[str, str]]) -> HttpResponse:
    """422 with each field that is wrong and why."""
    return problem("invalid", errors=list(errors))


class OtherwiseOnFile(Refused):
    """What was reported is on file already, and otherwise; ``on_file`` is how."""

    def __init__(self, refused: Refused, on_file: Mapping[str, Any]) -> None:
        super().__init__(refused.step, (Reason.ALREADY_DONE,), refused.complaint)
        self.on_file = on_file


def refused(request: HttpRequest, exc: Refused) -> HttpResponse:
    """409 with every reason that the rules gave."""
    reasons: list[dict[str, Any]] = [
        {"code": reason.value, "sentence": str(REASONS[reason])} for reason in exc.reasons
    ]
    for reason in reasons:
        if reason["code"] == Reason.COACH_MUST_HAVES:
            reason["missing"] = list(exc.coach_missing)
        if reason["code"] == Reason.DUTY_WITHOUT_PROOF and exc.complaint is not None:
            reason["duties"] = _without_proof(exc.complaint)
    more: dict[str, Any] = {"on_file": exc.on_file} if isinstance(exc, OtherwiseOnFile) else {}
    return problem("refused", step=exc.step.name, reasons=reasons, **more)


def _without_proof(complaint: Complaint) -> list[dict[str, Any]]:
    """Which duties are not done, the first due first."""
    rows = complaint.duties.filter(done_at__isnull=True).select_related("remedy", "department")
    return [
        {
            "key": duty.key,
            "description": duty.remedy.description,
            "department": duty.department.name if duty.department else None,
            "due_at": duty.due_at,
        }
        for duty in rows
    ]


def _unauthorized() -> HttpResponse:
    response = problem("unauthorized")
    response.headers["WWW-Authenticate"] = 'Bearer realm="amends"'
    return response


def _out_of_scope(request: HttpRequest, exc: OutOfScope) -> HttpResponse:
    detail = _("It needs “%(scope)s”, which the token or its member of staff does not have.")
    response = problem("forbidden", detail % {"scope": exc.needs.value}, needs=exc.needs.value)
    response.headers["WWW-Authenticate"] = f'Bearer error="insufficient_scope", scope="{exc.needs.value}"'
    return response


def _http_error(request: HttpRequest, exc: HttpError) -> HttpResponse:
    if exc.status_code == 401:
        return _unauthorized()
    too_large = isinstance(exc.__cause__, RequestDataTooBig)
    return problem("too-large" if too_large else "malformed")


def _broken(request: HttpRequest, exc: Exception) -> HttpResponse:
    log.error("%s %s", request.method, request.path, exc_info=exc)
    return problem("internal")


def _busy(request: HttpRequest, exc: OperationalError) -> HttpResponse:
    log.warning("%s %s: %s", request.method, request.path, exc)
    response = problem("busy")
    response.headers["Retry-After"] = "1"
    return response


def handle_problems(api: NinjaAPI) -> None:
    """Let every exception of the API become a problem."""
    handlers: Mapping[type[Exception], Any] = {
        Exception: _broken,
        OperationalError: _busy,
        HttpError: _http_error,
        OutOfScope: _out_of_scope,
        Refused: refused,
        Http404: lambda request, exc: problem("not-found"),
        OtherRequest: lambda request, exc: problem("key-reused"),
        RequestDataTooBig: lambda request, exc: problem("too-large"),
        SuspiciousOperation: lambda request, exc: problem("malformed"),
        MultiPartParserError: lambda request, exc: problem("malformed"),
        UnreadablePostError: lambda request, exc: problem("malformed"),
        ValidationError: lambda request, exc: invalid(field_errors(exc.errors)),
        Invalid: lambda request, exc: invalid([field_error(exc.field.split("/"), "body", exc.sentence)]),
        NotAccepted: lambda request, exc: problem(
            "too-large" if exc.status == 413 else "not-accepted", exc.why, status=exc.status
        ),
    }
    for kind, handler in handlers.items():
        api.add_exception_handler(kind, handler)
