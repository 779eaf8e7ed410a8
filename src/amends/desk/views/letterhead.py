"""How the house's letters look: its letterhead, with a real page beside it."""

from base64 import b64encode
from itertools import zip_longest
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from amends.correspondence import letterheads
from amends.correspondence.letters.setting import NoGlyph
from amends.correspondence.models import Letterhead
from amends.desk.forms.letterhead import LetterheadForm, filled_in, page_pictures
from amends.desk.signed_in import staff_of
from amends.kit.answers import see_other
from amends.kit.chain import digest
from amends.kit.clock import now
from amends.kit.once import OtherRequest, once

SHOWN = 10  # earlier letterheads on the page


def letterhead(request: HttpRequest) -> HttpResponse:
    """GET the one that holds, POST another. 422 if something is wrong, 409 if it changed meanwhile."""
    if request.method != "POST":
        holds = letterheads.current()
        language = staff_of(request).language
        form = LetterheadForm(initial=filled_in(holds, language=language))
        try:
            return _page(request, form, page_pictures(holds, language))
        except NoGlyph as missing:
            return _page(request, form, [], unseen=str(missing))
    form = LetterheadForm(request.POST, request.FILES)
    if not form.is_valid():
        form.keep_logo()
        return _page(request, form, [], status=422)
    if form.is_as(letterheads.current()):
        return _back(request, gettext("Nothing has changed: this letterhead holds already."))
    try:
        _once(request, form)
    except (letterheads.Clash, OtherRequest):
        form.keep_logo()
        return _clash(request, form)
    return _back(request, gettext("The letterhead holds from now on, for every letter that is set."))


@require_POST
def letterhead_page(request: HttpRequest) -> HttpResponse:
    """POST what is filled in and see the page, nothing being kept; 422 if something is wrong."""
    form = LetterheadForm(request.POST, request.FILES)
    pages = form.pages if form.is_valid() else []
    form.keep_logo()
    if request.htmx:  # type: ignore[attr-defined]
        return render(request, "desk/letterhead/shown.html", _shown(form, pages))
    return _page(request, form, pages, status=200 if pages else 422)


def _once(request: HttpRequest, form: LetterheadForm) -> None:
    staff, said, seen = staff_of(request), form.said(), form.cleaned_data["seen"]

    def keep() -> tuple[int, dict[str, Any]]:
        letterheads.keep(said, seen=seen, by_name=staff.name, at=now())
        return 303, {}

    once(f"desk:{staff.pk}", form.cleaned_data["once"], digest(repr(sorted(said.items()))), keep)


def _clash(request: HttpRequest, form: LetterheadForm) -> HttpResponse:
    """The page with what was typed, and what the other one says; sent again, it is meant."""
    newest = letterheads.current()
    form.renew(seen=newest.pk or 0)
    differing = _labels(form, letterheads.changed_between(newest, form.letterhead()))
    return _page(request, form, form.pages, status=409, newest=newest, differing=differing)


def _back(request: HttpRequest, said: str) -> HttpResponse:
    messages.success(request, said)
    return see_other("desk:letterhead")


def _page(
    request: HttpRequest, form: LetterheadForm, pages: list[bytes], status: int = 200, **more: Any
) -> HttpResponse:
    rows = list(Letterhead.objects.all()[: SHOWN + 1])
    earlier = [
        (row, _labels(form, letterheads.changed_between(before, row)))
        for row, before in zip_longest(rows, rows[1:])
    ][:SHOWN]
    context = _shown(form, pages) | {"earlier": earlier} | more
    return render(request, "desk/letterhead/page.html", context, status=status)


def _labels(form: LetterheadForm, changed: list[str]) -> list[str]:
    """The fields as the page calls them, each once: a logo is kept in two."""
    fields = ("logo" if name.startswith("logo_") else name for name in changed)
    return list(dict.fromkeys(str(form[field].label) for field in fields))


def _shown(form: LetterheadForm, pages: list[bytes]) -> dict[str, Any]:
    return {"form": form, "pictures": [b64encode(page).decode() for page in pages]}
