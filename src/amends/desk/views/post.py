"""Letters that wait to be printed, and what is in the post."""

from typing import Any

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from pypdf.errors import PyPdfError

from amends.cases.models import Message
from amends.correspondence.models import MassLetter, PrintRun
from amends.correspondence.post import pile, queue
from amends.correspondence.post.paper import files_of, pages_of
from amends.desk.forms.printing import Print
from amends.desk.signed_in import staff_of
from amends.kit.answers import see_other
from amends.kit.chain import digest
from amends.kit.clock import now
from amends.kit.once import OtherRequest, once
from amends.kit.pages import page_by_time

SIZE = 50  # letters on a page


@require_safe
def post(request: HttpRequest) -> HttpResponse:
    """GET the piles that are not marked yet, and what waits. 400 for a false cursor or batch."""
    return _page(request, Print())


@require_POST
def print_letters(request: HttpRequest) -> HttpResponse:
    """POST which letters: 303 to their pile. 422 if none is chosen, 409 if somebody was first."""
    form = Print(request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    staff = staff_of(request)

    def do() -> tuple[int, dict[str, Any]]:
        letters, two_sided = _chosen(request), form.cleaned_data["two_sided"]
        if not request.POST.getlist("letters"):  # nobody named them: those that are not set stay behind
            letters = pile.ready(letters)
        return 303, {"run": pile.take_out(letters, staff=staff, at=now(), two_sided=two_sided).key}

    try:
        done = once(f"desk:{staff.pk}", form.cleaned_data["once"], _asked_for(request), do)
    except pile.NothingChosen:
        return _page(request, form, [_("Tick the letters to print.")], status=422)
    except pile.TakenMeanwhile as taken:
        return _page(request, Print(), [_taken(taken.messages)], status=409)
    except pile.NotSetYet as unset:
        told = _("These are still being set. Try again in a moment: %(letters)s")
        return _page(request, Print(), [told % {"letters": _named(unset.messages)}], status=409)
    except OtherRequest:
        return _page(request, Print(), [_("These letters were printed by this form before.")], status=409)
    return see_other("desk:print-run", done.answer["run"])


@require_safe
def posted(request: HttpRequest) -> HttpResponse:
    """GET what was posted, the last first; ``find`` a reference or a number. 400 for a false cursor."""
    find = request.GET.get("find", "").replace("\0", "").strip()[:60]
    after = request.GET.get("after", "")[:100]
    try:
        page = queue.posted(staff_of(request), find, after=after)
    except ValueError as error:
        raise BadRequest("a cursor that was not made here") from error
    return render(request, "desk/posted.html", {"page": page, "find": find, "after": after})


def _asked_for(request: HttpRequest) -> str:
    asked = [(name, request.POST.getlist(name)) for name in ("batch", "all", "letters", "two_sided")]
    return digest(repr(asked))


def _chosen(request: HttpRequest) -> list[Message]:
    """What was asked for: all that waits, a batch, or the ticked ones. Ticked ones that are gone by now stay
    in, so that their absence is said and not passed over.
    """
    staff = staff_of(request)
    if key := request.POST.get("batch"):
        letter = MassLetter.objects.filter(key=key).first()
        rows = queue.of_mass_letter(queue.to_print(staff), letter) if letter else Message.objects.none()
    elif "all" in request.POST:
        rows = queue.single(queue.to_print(staff))
    else:
        rows = queue.seen_letters(staff, request.POST.getlist("letters"))
    return list(rows[: pile.MOST])


def _taken(letters: list[Message]) -> str:
    runs = PrintRun.objects.filter(letters__in=letters).select_related("by").order_by("-pk")
    run = runs.first()
    if run is None:
        return _("These are not to be printed any more: %(letters)s") % {"letters": _named(letters)}
    told = _("%(name)s has printed these meanwhile: %(letters)s. Nothing was printed; look at what is left.")
    return told % {"name": run.by.name, "letters": _named(letters)}


def _named(letters: list[Message]) -> str:
    shown = ", ".join(letter.complaint.reference for letter in letters[:5])
    return f"{shown} …" if len(letters) > 5 else shown


def _page(
    request: HttpRequest, form: Print, refusal: list[str] | None = None, status: int = 200
) -> HttpResponse:
    staff, after = staff_of(request), request.GET.get("after", "")[:100]
    rows = queue.single(queue.to_print(staff)).prefetch_related("documents")
    try:
        page = page_by_time(rows, "at", after=after, size=SIZE)
    except ValueError as error:
        raise BadRequest("a cursor that was not made here") from error
    letters = [(row, _pages(row)) for row in page.rows]
    waits = queue.waiting(staff)
    context = {
        "form": form,
        "refusal": refusal,
        "letters": letters,
        "more": page.after,
        "after": after,
        "batches": queue.batches(staff),
        "runs": queue.unmarked_runs(staff),
        "count": waits.count if waits else 0,
    }
    return render(request, "desk/post.html", context, status=status)


def _pages(letter: Message) -> int | None:
    """How many pages the letter has; None while it is being set, or where its file is gone."""
    document = files_of(letter).letter
    try:
        return pages_of(document.sha256) if document else None
    except (OSError, PyPdfError):
        return None
