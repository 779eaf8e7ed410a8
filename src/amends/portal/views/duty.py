"""The page behind the link of somebody who does one duty without an account.

GET shows it and changes nothing, whoever follows the link; POST reports it done, once for each form. A link
that was never given out gets 404, one that has ended 410.
"""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.views.decorators.http import require_http_methods

from amends.cases import actions
from amends.cases.documents import NotAccepted, accept
from amends.cases.duty_links import Opened, opened_by
from amends.cases.models import Duty
from amends.cases.proof_form import ProofForm
from amends.cases.words import REASONS
from amends.kit.answers import see_other
from amends.kit.chain import digest
from amends.kit.clock import now
from amends.kit.once import OtherRequest, once
from amends.people.actors import outside_actor
from amends.portal.duty_page import needed_for
from amends.portal.steps import SENT_BEFORE, with_fresh_key
from amends.portal.visit import no_such_link, private
from amends.rules.lifecycle import Stage


@require_http_methods(["GET", "HEAD", "POST"])
def duty(request: HttpRequest, token: str) -> HttpResponse:
    """GET what is to be done, POST that it is done."""
    opened = opened_by(token)
    if opened is None:
        response = no_such_link(request)
        private(response, referrer="no-referrer")
        return response
    row = opened.duty
    language = (row.entrusted_language if row else "") or settings.LANGUAGE_CODE
    with translation.override(language):
        response = _open(request, token, opened, language)
        response.headers["Content-Language"] = language
    private(response)
    return response


def _open(request: HttpRequest, token: str, opened: Opened, language: str) -> HttpResponse:
    row = opened.duty
    posted = request.method == "POST"
    if row is None or (opened.done and not posted):
        return _ended(request, done=opened.done)
    form = _form(request, row) if posted else _form(None, row)
    if not posted:
        return _show(request, row, form, language)
    if not form.is_valid():
        return _show(request, row, form, language, status=422)
    return _report(request, token, row, form, language)


def _form(request: HttpRequest | None, row: Duty) -> ProofForm:
    sent = (request.POST, request.FILES) if request else ()
    form = ProofForm(*sent, auto_id="duty-%s")
    form.ask_for(row.proof_kind)
    return form


def _report(request: HttpRequest, token: str, row: Duty, form: ProofForm, language: str) -> HttpResponse:
    given = form.proven()
    upload = given.pop("attachment")

    def prove() -> tuple[int, dict[str, Any]]:
        document = accept(upload) if upload else None
        actions.prove(row, by=outside_actor(row.entrusted_to), at=now(), document=document, **given)
        return 303, {}

    told = digest(repr((given["proof"], upload.name if upload else "", upload.size if upload else 0)))
    try:
        once(f"duty:{row.key}", form.cleaned_data["once"], told, prove)
    except NotAccepted as no:
        return _show(request, row, form, language, status=no.status, refusal=[str(no.why)])
    except actions.Refused as no:
        if (now_so := opened_by(token)) is None or now_so.duty is None or now_so.done:
            return _ended(request, done=bool(now_so and now_so.done))
        refusal = [str(REASONS[reason]) for reason in no.reasons]
        return _show(request, row, form, language, status=409, refusal=refusal)
    except OtherRequest:
        return _show(request, row, with_fresh_key(form), language, status=409, refusal=[str(SENT_BEFORE)])
    return see_other(reverse("duty", args=(token,)))


def _ended(request: HttpRequest, *, done: bool) -> HttpResponse:
    return render(request, "portal/duty_ended.html", {"done": done}, status=410)


def _show(
    request: HttpRequest,
    row: Duty,
    form: ProofForm,
    language: str,
    *,
    status: int = 200,
    refusal: list[str] | None = None,
) -> HttpResponse:
    held_up = row.waits_for if row.waits_for and row.waits_for.done_at is None else None
    context = {
        "duty": row,
        "needed": needed_for(row, language),
        "form": form,
        "refusal": refusal,
        "waits": held_up is not None or row.complaint.stage != Stage.FULFILLING,
        "late": row.due_at < now(),
    }
    return render(request, "portal/duty.html", context, status=status)
