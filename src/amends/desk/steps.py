"""How a member of staff takes a step: one way for all of them.

The form is bound, checked, carried out once, and answered: 303 when it is done (or was done by the same
form before), 422 when something is missing in it, 409 with every reason when the process refuses it,
413 or 415 for a file. Whenever it is not done, the page comes back with everything that was typed.
"""

from collections.abc import Sequence
from dataclasses import replace

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from amends.cases import words
from amends.cases.actions import Refused
from amends.cases.documents import NotAccepted
from amends.cases.models import Complaint
from amends.desk.authority_words import reason_words
from amends.desk.card import Open
from amends.desk.case_file import CaseFile
from amends.desk.complaint_page import complaint_page
from amends.desk.composing import nothing_happened
from amends.desk.draft_fields import BOOKKEEPING
from amends.desk.forms.step import StepForm
from amends.desk.meanwhile import SomethingHappened
from amends.desk.signed_in import staff_of
from amends.desk.step_table import DESK_STEPS, DeskStep
from amends.desk.taking import Taking
from amends.kit.answers import see_other
from amends.kit.chain import digest
from amends.kit.once import Done, OtherRequest, once
from amends.people.access import View
from amends.rules.lifecycle import STEPS

Sentences = Sequence[str | Promise]


def step(name: str) -> View:
    """The view of one step: GET opens its form, POST takes it."""
    desk_step = DESK_STEPS[name]

    @require_http_methods(["GET", "HEAD", "POST"])
    def view(request: HttpRequest, key: str, row: str = "") -> HttpResponse:
        file = CaseFile.open(key, staff_of(request))
        about = desk_step.row(file, row) if row else None
        if row and about is None:
            raise Http404
        if request.method != "POST":
            asked = {"standard": request.GET.get("text", ""), "medium": request.GET.get("channel", "")}
            return complaint_page(
                request, file, Open(desk_step, about, afresh="afresh" in request.GET, asked=asked)
            )
        if desk_step.composes and request.POST.keys() & {"preview", "coach"}:
            return complaint_page(request, file, Open(desk_step, about, posted=request.POST))
        form = desk_step.form(request.POST, request.FILES, file=file, row=about)
        opened = Open(desk_step, about, form, posted=request.POST)
        return (
            complaint_page(request, file, opened) if "coach" in request.POST else _take(request, file, opened)
        )

    return view


def _take(request: HttpRequest, file: CaseFile, opened: Open) -> HttpResponse:
    form = opened.form
    assert form is not None
    if form.wants_another_line():
        return complaint_page(request, file, opened)
    if not form.is_valid():
        return complaint_page(request, file, opened, status=422)
    try:
        done = _once(request, file, opened.desk_step, form)
    except Refused as refused:
        return _again(request, opened, [reason_words(reason, file) for reason in refused.reasons], 409)
    except SomethingHappened:
        return _again(request, replace(opened, stopped=True), (), 409)
    except NotAccepted as refused:
        return _again(request, opened, [refused.why], refused.status)
    except OtherRequest:
        form.renew()
        sentence = _(
            "This form was carried out before, with other words. To carry out these too, send it again."
        )
        return _again(request, opened, [sentence], 409)
    return _on(request, file, opened.desk_step, done)


def _once(request: HttpRequest, file: CaseFile, desk_step: DeskStep, form: StepForm) -> Done:
    taking = Taking(file.complaint, form.row, file.actor, file.now, form.values())

    def do() -> tuple[int, dict[str, object]]:
        with transaction.atomic():
            if desk_step.composes:
                with nothing_happened(file, desk_step, request.POST):
                    desk_step.take(taking)
            else:
                desk_step.take(taking)
        return 303, {}

    return once(f"desk:{file.staff.pk}", form.cleaned_data["once"], _request_digest(request), do)


def _request_digest(request: HttpRequest) -> str:
    """What was asked for, so that a key cannot stand for two different things."""
    typed = [(name, request.POST.getlist(name)) for name in sorted(request.POST)]
    typed = [(name, values) for name, values in typed if name not in BOOKKEEPING]
    chosen = sorted(request.FILES.lists())
    files = [(name, file.name, file.size) for name, several in chosen for file in several]
    return digest(repr((request.path, typed, files)))


def _again(request: HttpRequest, opened: Open, why: Sentences, status: int) -> HttpResponse:
    """The page as the case stands now, which may have moved on, with the form as it was typed."""
    assert opened.form is not None
    file = CaseFile.open(opened.form.file.complaint.key, staff_of(request))
    return complaint_page(request, file, opened, refusal=why, status=status)


def _on(request: HttpRequest, file: CaseFile, desk_step: DeskStep, done: Done) -> HttpResponse:
    back = way_back(request.POST.get("back", ""))
    if done.repeated:
        messages.info(request, _("This was done already, and was not done twice."))
    else:
        said = f"{words.EVENTS[STEPS[desk_step.name].event]}."
        messages.success(request, f"{file.complaint.reference}: {said}" if back else said)
    still_mine = Complaint.objects.visible_to(file.staff).filter(pk=file.complaint.pk).exists()
    return see_other(back or reverse("desk:complaint", args=(file.complaint.key,)) if still_mine else "/")


def way_back(address: str) -> str:
    """The list that somebody came from and goes back to, if it is one of ours."""
    ours = address.startswith("/") and url_has_allowed_host_and_scheme(address, allowed_hosts=None)
    return address if ours else ""
