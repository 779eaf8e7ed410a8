"""The drafts of one complaint: kept while somebody types, and who else is at it."""

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from amends.cases.models import Complaint
from amends.correspondence.drafts import Fate, Saving, save_draft
from amends.correspondence.models import ComposerDraft
from amends.correspondence.readings import ask_to_read, may_read
from amends.desk.card import Open, step_url
from amends.desk.case_file import CaseFile
from amends.desk.complaint_page import complaint_page
from amends.desk.composing import own_draft, preview_of, writers
from amends.desk.draft_fields import Carried, kept_fields
from amends.desk.forms.reading import AskToRead
from amends.desk.meanwhile import meanwhile
from amends.desk.signed_in import staff_of
from amends.desk.step_table import DESK_STEPS, DeskStep
from amends.kit.answers import see_other
from amends.kit.models import Once


@require_POST
def draft(request: HttpRequest, key: str, step: str) -> HttpResponse:
    """POST what is typed. Saved: 200 with when (303 without scripts); 409 when another window is ahead, and
    204 when the form was sent already or this saving comes late: there is nothing to keep then.
    """
    file, desk_step = _composer(request, key, step)
    fate, row = _save(request, file, desk_step)
    if request.headers.get("HX-Request"):
        if fate is Fate.SAVED:
            return render(request, "desk/composer/saved.html", {"draft": row})
        if fate is Fate.ELSEWHERE:
            return render(request, "desk/composer/elsewhere.html", {"draft": row}, status=409)
        return HttpResponse(status=204)
    if fate is Fate.ELSEWHERE:
        return complaint_page(request, file, Open(desk_step, posted=request.POST, elsewhere=row), status=409)
    messages.success(request, _("Kept as a draft. Nothing was sent."))
    return _back(file, desk_step)


@require_POST
def asking(request: HttpRequest, key: str, step: str) -> HttpResponse:
    """POST the draft and who is to read it. 303; 422 with the text kept when nobody is named who may."""
    file, desk_step = _composer(request, key, step)
    form = AskToRead(request.POST, file=file)
    fate, row = _save(request, file, desk_step)
    if row is None or fate is Fate.ELSEWHERE:
        opened = Open(desk_step, posted=request.POST, elsewhere=row)
        return complaint_page(request, file, opened, status=409)
    reader = form.cleaned_data["reader"] if form.is_valid() else None
    if reader is None or not may_read(reader, file.complaint):
        return complaint_page(request, file, Open(desk_step, posted=request.POST, asking=form), status=422)
    ask_to_read(row, reader, form.cleaned_data["reading_word"], at=file.now)
    sentence = _("%(name)s is asked to read it, and sees it on Today. Nothing was sent to the customer.")
    messages.success(request, sentence % {"name": reader.name})
    return _back(file, desk_step)


@require_safe
def notes(request: HttpRequest, key: str, step: str) -> HttpResponse:
    """GET who else writes, what came in since ``seen``, and what the reader says; asked every few seconds."""
    file, desk_step = _composer(request, key, step)
    seen = Carried.by(request.GET).seen
    known = {
        "file": file,
        "complaint": file.complaint,
        "writers": writers(file),
        "draft": own_draft(file, desk_step.name),
        "later": meanwhile(file.complaint, seen, file.staff) if seen is not None else (),
        "fresh": True,
    }
    return render(request, "desk/composer/notes.html", known)


@require_POST
def preview(request: HttpRequest, key: str, step: str) -> HttpResponse:
    """POST what is typed; its preview as a piece of the page. Nothing but its pages is kept, and shortly."""
    file, desk_step = _composer(request, key, step)
    known = {"preview": preview_of(file, desk_step, request.POST, Carried.by(request.POST).show)}
    return render(request, "desk/composer/preview.html", known)


def _composer(request: HttpRequest, key: str, step: str) -> tuple[CaseFile, DeskStep]:
    file = CaseFile.open(key, staff_of(request))
    desk_step = DESK_STEPS.get(step)
    if desk_step is None or not desk_step.composes:
        raise Http404
    return file, desk_step


def _save(request: HttpRequest, file: CaseFile, desk_step: DeskStep) -> tuple[Fate, ComposerDraft | None]:
    """Saved under the page's number; nothing once its form was carried out (asked under the case's lock: a
    saving and the sending often come in the same moment).
    """
    carried = Carried.by(request.POST)
    saving = Saving(
        page=carried.page,
        number=carried.number,
        seen=file.complaint.events_count if carried.seen is None else carried.seen,
        base=carried.base,
        instead="instead" in request.POST,
    )
    fields = kept_fields(desk_step.form, request.POST)
    with transaction.atomic():
        Complaint.objects.select_for_update().only("pk").get(pk=file.complaint.pk)
        if Once.objects.filter(scope=f"desk:{file.staff.pk}", key=carried.page).exists():
            return Fate.LATE, None
        return save_draft(file.complaint, desk_step.name, file.staff, fields, saving, at=file.now)


def _back(file: CaseFile, desk_step: DeskStep) -> HttpResponse:
    return see_other(step_url(file, desk_step.name) + "#step")
