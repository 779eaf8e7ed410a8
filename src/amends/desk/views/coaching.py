"""The coach beside a form: reads what is typed, and keeps nothing of it."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from amends.cases.words_of_coach import KINDS
from amends.desk.case_file import CaseFile
from amends.desk.coached_steps import coach_of, coach_plain, field_of
from amends.desk.forms.coaching import AllTheSame
from amends.desk.signed_in import staff_of
from amends.desk.step_table import DESK_STEPS
from amends.people.languages import LANGUAGES
from amends.rules.capabilities import Capability

WRITERS = {Capability.HANDLE, Capability.ADMINISTER}


@require_POST
def coached(request: HttpRequest, key: str, step: str) -> HttpResponse:
    """POST what is typed in the form of a step; what the coach says to it, as a piece of the page."""
    file, desk_step = CaseFile.open(key, staff_of(request)), DESK_STEPS.get(step)
    if desk_step is None or not field_of(desk_step):
        raise Http404
    panel = coach_of(file, desk_step, request.POST)
    override = AllTheSame(request.POST, form_id="composer" if desk_step.composes else "step-form")
    known = {"panel": panel, "override": override, "writes": desk_step.name != "ask"}
    return render(request, "desk/coach/panel.html", known)


@require_POST
def plain(request: HttpRequest, kind: str, language: str) -> HttpResponse:
    """POST a ``text`` that belongs to no case; what the coach says to it, as a piece of the page."""
    if kind not in KINDS or language not in dict(LANGUAGES):
        raise Http404
    if not WRITERS & set(staff_of(request).capabilities):
        raise PermissionDenied
    panel = coach_plain(request.POST.get("text", ""), language, kind)
    return render(request, "desk/coach/panel.html", {"panel": panel, "writes": False})
