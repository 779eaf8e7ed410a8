"""One pile of printed letters: its PDF, and marking its letters as posted."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from amends.cases import actions
from amends.cases.models import Message
from amends.cases.words import REASONS
from amends.correspondence.models import PrintRun
from amends.correspondence.post import queue
from amends.correspondence.post.pile import pile_pdf
from amends.desk.forms.printing import Posted
from amends.desk.signed_in import staff_of
from amends.kit.answers import see_other
from amends.kit.chain import digest
from amends.kit.clock import now
from amends.kit.once import OtherRequest, once
from amends.people.actors import as_actor
from amends.people.models import StaffMember

SIZE = 100  # letters on a page: each has two fields


@require_safe
def print_run(request: HttpRequest, key: str) -> HttpResponse:
    """GET the pile with what is to be marked. 404 for one of which this person may see nothing."""
    return _page(request, _run(request, key))


@require_safe
def pdf(request: HttpRequest, key: str) -> HttpResponse:
    """GET the cover sheet and the letters as one PDF; the same each time."""
    run = _run(request, key)
    response = HttpResponse(pile_pdf(run, staff_of(request)), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="letters-{run.printed_at:%Y-%m-%d}-{run.key}.pdf"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


@require_POST
def dispatch(request: HttpRequest, key: str) -> HttpResponse:
    """POST that letters are in the post: 303. Each by itself: 409 says which could not be marked, and why;
    the others are. 422 if something is wrong in the form.
    """
    run, staff = _run(request, key), staff_of(request)
    waiting = list(queue.unmarked_of(run, staff))
    letters = list(queue.letters_of(run, staff))  # also those that somebody marked meanwhile: to be named
    form = Posted(request.POST, letters=letters)
    if not form.is_valid():
        return _page(request, run, form, status=422)
    refused: list[str] = []
    chosen = waiting if form.cleaned_data["all"] else form.ticked()
    for letter in chosen:
        try:
            _dispatch(letter, form, staff)
        except actions.Refused as why:
            reasons = " ".join(str(REASONS[reason]) for reason in why.reasons)
            refused.append(f"{letter.complaint.reference} {letter.complaint.speaker.name}: {reasons}")
        except OtherRequest:
            refused.append(f"{letter.complaint.reference}: {_('It was marked by this form before.')}")
    done = len(chosen) - len(refused)
    told = ngettext("%(count)s letter is marked as posted.", "%(count)s letters are marked as posted.", done)
    if refused:
        return _page(request, run, refused=refused, done=told % {"count": done} if done else "", status=409)
    messages.success(request, told % {"count": done})
    more = queue.unmarked_of(run, staff).exists()
    return see_other("desk:print-run", run.key) if more else see_other("desk:post")


def _dispatch(letter: Message, form: Posted, staff: StaffMember) -> None:
    """Mark one letter, in a transaction of its own, once however often the form is sent."""
    on, kind, number = form.cleaned_data["on"], form.cleaned_data["kind"], form.number(letter)

    def do() -> tuple[int, dict[str, Any]]:
        actions.dispatch(letter, by=as_actor(staff), at=now(), kind=kind, on=on, number=number)
        return 303, {}

    once(
        f"desk:{staff.pk}",
        f"{form.cleaned_data['once']}:{letter.key}",
        digest(repr((str(on), kind, number))),
        do,
    )


def _run(request: HttpRequest, key: str) -> PrintRun:
    run = get_object_or_404(PrintRun.objects.select_related("by"), key=key)
    if not queue.letters_of(run, staff_of(request)).exists():
        raise Http404
    return run


def _page(
    request: HttpRequest, run: PrintRun, form: Posted | None = None, *, status: int = 200, **more: Any
) -> HttpResponse:
    staff = staff_of(request)
    waiting = queue.unmarked_of(run, staff)
    shown = list(waiting[: SIZE + 1])
    context = {
        "run": run,
        "form": form or Posted(),
        "letters": [
            (letter, form is None or letter in form.ticked(), form.number(letter) if form else "")
            for letter in shown[:SIZE]
        ],
        "left": waiting.count(),
        "count": queue.letters_of(run, staff).count(),
    }
    return render(request, "desk/print_run.html", context | more, status=status)
