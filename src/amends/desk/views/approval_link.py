"""Approving a plan, or sending it back, by the link of one's mail: without signing in, and never by looking.

The link is the person's own word for this one version (``cases.approval_link``). A program that opens links
to look for harm only ever GETs, which decides nothing.
"""

from collections.abc import Callable, Sequence
from datetime import timedelta
from functools import wraps

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from amends.cases import actions
from amends.cases.actions import Refused
from amends.cases.approval_link import Asked, LinkVoid, Void, opened
from amends.cases.models import Document
from amends.desk.authority_words import reason_words
from amends.desk.case_file import CaseFile
from amends.desk.forms.approval_link import LinkNo, LinkYes
from amends.desk.views.document import as_download
from amends.kit.answers import see_other
from amends.kit.chain import digest
from amends.kit.clock import now
from amends.kit.once import OtherRequest, once
from amends.kit.throttle import count, too_often

MOST, SPAN = 30, timedelta(hours=1)  # answers sent by one link: nobody presses more often
SENTENCES = {
    Void.WRONG: _(
        "This link is not complete, or does not hold for you any more. Copy the whole of it, from http to "
        "the last letter, or look at the plan on the desk."
    ),
    Void.EXPIRED: _("This link has expired: it was good for seven days. Look at the plan on the desk."),
    Void.CHANGED: _("The plan was changed or taken back since this mail. There is nothing to answer now."),
    Void.DECIDED: _("The leadership has said its word on this plan. There is nothing to answer any more."),
}
STATUS = {Void.WRONG: 404, Void.EXPIRED: 410, Void.CHANGED: 410, Void.DECIDED: 410}


def _by_link(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """A view that is handed the ``CaseFile`` and what was asked; a void link says why, and nothing else."""

    @wraps(view)
    def look(request: HttpRequest, token: str, **named: str) -> HttpResponseBase:
        try:
            asked = opened(token, at=now())
        except LinkVoid as void:
            return _private(_void(request, void))
        with translation.override(asked.staff.language):
            file = CaseFile.open(asked.complaint.key, asked.staff)
            response = view(request, file, asked, **named)
            response.headers["Content-Language"] = asked.staff.language
        return _private(response)

    return look


@require_http_methods(["GET", "HEAD", "POST"])
@_by_link
def approval_link(request: HttpRequest, file: CaseFile, asked: Asked) -> HttpResponse:
    """GET the whole case with the two forms; POST yes, or no with why: 303, once.

    422 without a why, 409 with every reason when the rules refuse it, 429 when it is sent too often.
    """
    if request.method != "POST":
        return _page(request, file)
    if too_often("approval link", request.path, limit=MOST, within=SPAN):
        return _page(request, file, refusal=[gettext("That was too often. Wait an hour.")], status=429)
    count("approval link", request.path, within=SPAN)
    form = LinkNo(request.POST) if request.POST.get("word") == "no" else LinkYes(request.POST)
    if not form.is_valid():
        return _page(request, file, form, status=422)
    try:
        _answer(file, asked, form)
    except Refused as refused:
        fresh = CaseFile.open(file.complaint.key, asked.staff)
        why = [reason_words(reason, fresh) for reason in refused.reasons]
        return _page(request, fresh, form, refusal=why, status=409)
    except OtherRequest:
        form.renew()
        again = [gettext("Look at it once more, and send it again.")]
        return _page(request, file, form, refusal=again, status=409)
    return see_other(request.path)


def _answer(file: CaseFile, asked: Asked, form: LinkYes | LinkNo) -> None:
    step = "send_back" if isinstance(form, LinkNo) else _yes(file)
    note = form.cleaned_data["note"]

    def do() -> tuple[int, dict[str, object]]:
        take = {"approve": actions.approve, "endorse": actions.endorse, "send_back": actions.send_back}[step]
        take(file.complaint, by=file.actor, at=file.now, plan=asked.plan, note=note, via="mail")
        return 303, {}

    sent = digest(repr((file.complaint.key, asked.plan.version, form.cleaned_data["word"], note)))
    once(f"approval:{asked.staff.pk}", form.cleaned_data["once"], sent, do)


def _yes(file: CaseFile) -> str:
    """Which yes it is: the first of two where that is what can be said, so that a refusal names the rest."""
    return "endorse" if file.may("endorse") and not file.may("approve") else "approve"


@require_safe
@_by_link
def approval_document(request: HttpRequest, file: CaseFile, asked: Asked, key: str) -> FileResponse:
    """A file of this case, and of no other (404)."""
    return as_download(get_object_or_404(Document, complaint=file.complaint, key=key))


def _page(
    request: HttpRequest,
    file: CaseFile,
    form: LinkYes | LinkNo | None = None,
    *,
    refusal: Sequence[str | Promise] = (),
    status: int = 200,
) -> HttpResponse:
    step = _yes(file)
    possible = file.steps[step]
    said = file.plan.approvals.filter(by=file.staff, approved=True, voided_at=None) if file.plan else None
    context = {
        "file": file,
        "complaint": file.complaint,
        "looked": said.last() if said else None,
        "refusal": refusal,
        "step": step,
        "why_not": [reason_words(reason, file) for reason in possible.reasons],
        "yes": form if isinstance(form, LinkYes) else LinkYes(),
        "no": (form if isinstance(form, LinkNo) else LinkNo()) if file.may("send_back") else None,
    }
    return render(request, "desk/approval_link.html", context, status=status)


def _void(request: HttpRequest, void: LinkVoid) -> HttpResponse:
    """Why it opens nothing. Who just answered by it, or did before, reads what they said."""
    asked = void.asked
    with translation.override(asked.staff.language if asked else translation.get_language()):
        own = asked.plan.approvals.filter(by=asked.staff).last() if asked else None
        said = own is not None and void.why is Void.DECIDED
        status = 200 if said and request.method != "POST" else 409 if said else STATUS[void.why]
        context = {
            "own": own if said else None,
            "why": SENTENCES[void.why],
            "reference": asked.complaint.reference if asked else "",
        }
        return render(request, "desk/approval_link_void.html", context, status=status)


def _private(response: HttpResponseBase) -> HttpResponseBase:
    """Nothing keeps the address or the page. Forms need ``same-origin``: without it Origin is null."""
    response.headers["Cache-Control"] = "no-store, private"
    response.headers["Referrer-Policy"] = "same-origin"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response
