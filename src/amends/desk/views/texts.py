"""The standard texts: a list of what stands where, and one text in one language to change."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from amends.correspondence.house_texts.stale import CODES, standings
from amends.correspondence.house_texts.versions import Clash, keep, versions_of, words_of_version
from amends.correspondence.house_texts.words import TEXTS
from amends.correspondence.phrasebook import letter_needs, pack_text
from amends.desk.forms.texts import NEW, SAME, PackWords, StillRight, TextForm
from amends.desk.signed_in import staff_of
from amends.desk.text_page import clash_of, page_of, shown
from amends.kit.answers import see_other
from amends.kit.chain import digest
from amends.kit.clock import now
from amends.kit.once import OtherRequest, once
from amends.people.languages import LANGUAGES
from amends.rules.capabilities import Capability

READERS = {Capability.HANDLE, Capability.ADMINISTER}


@require_safe
def texts(request: HttpRequest) -> HttpResponse:
    """GET every text and where it stands in each language. For who writes to customers or changes them."""
    if not READERS & set(staff_of(request).capabilities):
        raise PermissionDenied
    rows = [(name, TEXTS[name], [by[code] for code in CODES]) for name, by in standings().items()]
    behind = sum(1 for _name, _words, row in rows if any(standing.behind for standing in row))
    only = request.GET.get("show") == "behind"
    if only:
        rows = [row for row in rows if any(standing.behind for standing in row[2])]
    context = {"rows": rows, "languages": LANGUAGES, "behind": behind, "only": only}
    return render(request, "desk/texts/list.html", context)


def text(request: HttpRequest, language: str, name: str) -> HttpResponse:
    """GET one text, POST other words. 422 if something is wrong with them, 409 if it changed meanwhile."""
    _known(language, name)
    if request.method != "POST":
        return page_of(request, language, name)
    form = TextForm(request.POST, language=language, name=name, staff=staff_of(request))
    if not form.is_valid():
        return page_of(request, language, name, form=form, status=422)
    values = form.cleaned_data
    newest = next(iter(versions_of(language, name)), None)
    fresh = (newest.version if newest else 0) == values["seen"]
    if fresh and values["text"] == words_of_version(newest, language, name):
        form.add_error("text", gettext("These are the words that hold already. Nothing was changed."))
        return page_of(request, language, name, form=form, status=422)
    own = "" if values["text"] == pack_text(language, name).strip() else values["text"]
    try:
        _once(request, language, name, values, own, new_meaning=values["says"] == NEW)
    except (Clash, OtherRequest):
        return clash_of(request, language, name, form)
    return _back(request, language, name, gettext("The text holds from now on, in every letter and mail."))


@require_POST
def text_page(request: HttpRequest, language: str, name: str) -> HttpResponse:
    """POST what is typed and see it as mail and as a page, nothing being kept; 422 if something is wrong."""
    _known(language, name)
    form = TextForm(request.POST, language=language, name=name, staff=staff_of(request), looking=True)
    if request.htmx:  # type: ignore[attr-defined]
        return render(request, "desk/texts/shown.html", shown(form))
    return page_of(request, language, name, form=form, status=200 if form.is_valid() else 422)


@require_POST
def text_confirmation(request: HttpRequest, language: str, name: str) -> HttpResponse:
    """POST that the text is still right as it is, and why. 422 without a why, 409 if it changed meanwhile."""
    _known(language, name)
    form = StillRight(request.POST, auto_id="right-%s")
    if not form.is_valid():
        return page_of(request, language, name, right=form, status=422)
    newest = next(iter(versions_of(language, name)), None)
    try:
        _once(request, language, name, form.cleaned_data, newest.text if newest else "")
    except (Clash, OtherRequest):
        return clash_of(request, language, name, None)
    return _back(request, language, name, gettext("Noted: the text is still right as it is."))


@require_POST
def pack_words(request: HttpRequest, language: str, name: str) -> HttpResponse:
    """POST that the pack's words hold again. 409 if the text changed meanwhile."""
    _known(language, name)
    form = PackWords(request.POST, auto_id="pack-%s")
    if not form.is_valid():
        return page_of(request, language, name, pack=form, status=422)
    values = form.cleaned_data
    try:
        _once(request, language, name, values, "", new_meaning=values["says"] != SAME)
    except (Clash, OtherRequest):
        return clash_of(request, language, name, None)
    return _back(request, language, name, gettext("The program’s words hold again; yours are kept."))


def _once(
    request: HttpRequest,
    language: str,
    name: str,
    values: dict[str, Any],
    own: str,
    *,
    new_meaning: bool = False,
) -> None:
    staff = staff_of(request)

    def write() -> tuple[int, dict[str, Any]]:
        more = {"why": values["why"], "new_meaning": new_meaning}
        keep(language, name, own, seen=values["seen"], by=staff, at=now(), **more)
        return 303, {}

    words = digest(repr((language, name, own, values["why"], values["seen"], new_meaning)))
    once(f"desk:{staff.pk}", values["once"], words, write)


def _known(language: str, name: str) -> None:
    if language not in CODES or name not in letter_needs():
        raise Http404


def _back(request: HttpRequest, language: str, name: str, said: str) -> HttpResponse:
    messages.success(request, said)
    return see_other("desk:text", language, name)
