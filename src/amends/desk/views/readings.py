"""A text that a colleague laid before me, before it goes to the customer."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from amends.cases.words import STEPS
from amends.correspondence.models import ComposerDraft
from amends.correspondence.readings import answer_reading, texts_to_read
from amends.desk.case_file import CaseFile
from amends.desk.composing import preview_of
from amends.desk.draft_fields import as_posted
from amends.desk.forms.reading import ReadingAnswer
from amends.desk.previewing import MEDIA
from amends.desk.signed_in import staff_of
from amends.desk.step_table import DESK_STEPS
from amends.kit.answers import see_other
from amends.kit.clock import now


@require_http_methods(["GET", "HEAD", "POST"])
def reading(request: HttpRequest, key: str) -> HttpResponse:
    """GET the text as it stood when I was asked; POST what I say to it: 303, or 422 when nothing is said.

    409 with the newer text when the author asked anew meanwhile; 410 when it waits no more (sent, thrown
    away, answered, or never asked of me). What was typed is shown again.
    """
    draft = texts_to_read(staff_of(request)).filter(key=key).first()
    if draft is None:
        return _gone(request)
    if request.method != "POST":
        return _page(request, draft, ReadingAnswer(initial={"asked_at": _moment(draft)}))
    form = ReadingAnswer(request.POST)
    if not form.is_valid():
        return _page(request, draft, form, status=422)
    asked_at = draft.reading_asked_at
    if asked_at is None or form.cleaned_data["asked_at"] != _moment(draft):
        form.show_again(_moment(draft))
        return _page(request, draft, form, status=409)
    good, note = form.cleaned_data["good"], form.cleaned_data["note"]
    if not answer_reading(draft, asked_at, good=good, note=note, at=now()):
        return _gone(request)
    messages.success(request, _("Thank you. %(name)s sees it beside the text.") % {"name": draft.author.name})
    return see_other("desk:today")


def _page(request: HttpRequest, draft: ComposerDraft, form: ReadingAnswer, status: int = 200) -> HttpResponse:
    fields = as_posted(draft.reading_fields)
    show = request.GET.get("show") or fields.get("channel", "")
    written = CaseFile(draft.complaint, draft.author)  # as the author has it: they sign
    known = {
        "draft": draft,
        "complaint": draft.complaint,
        "step": STEPS[draft.step],
        "preview": preview_of(written, DESK_STEPS[draft.step], fields, show),
        "media": MEDIA.items(),
        "form": form,
        "asked_anew": status == 409,
    }
    return render(request, "desk/composer/reading.html", known, status=status)


def _gone(request: HttpRequest) -> HttpResponse:
    return render(request, "desk/composer/gone.html", {"note": request.POST.get("note", "")}, status=410)


def _moment(draft: ComposerDraft) -> str:
    return draft.reading_asked_at.isoformat() if draft.reading_asked_at else ""
