"""The page of one text in one language: the form, what stands beside it, and what came before."""

from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from amends.cases.coaching import KIND_OF
from amends.correspondence.house_texts.blanks import blanks_of
from amends.correspondence.house_texts.checks import faults
from amends.correspondence.house_texts.differences import Part, differences
from amends.correspondence.house_texts.preview import preview
from amends.correspondence.house_texts.stale import standings
from amends.correspondence.house_texts.versions import versions_of, words_of_version
from amends.correspondence.house_texts.words import TEXTS
from amends.correspondence.models import HouseText
from amends.correspondence.phrasebook import pack_text
from amends.desk.forms.texts import NEW, SAME, PackWords, StillRight, TextForm
from amends.desk.signed_in import staff_of
from amends.people.languages import LANGUAGES


@dataclass(frozen=True)
class Entry:
    """One version in the history, and what it changed."""

    row: HouseText
    changed: Sequence[Part]


def page_of(
    request: HttpRequest,
    language: str,
    name: str,
    *,
    form: TextForm | None = None,
    right: StillRight | None = None,
    pack: PackWords | None = None,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    """The whole page; a form that is given stands there as it was filled in."""
    versions, standing = versions_of(language, name), standings(name)[name]
    here, newest = standing[language], versions[0] if versions else None
    says = SAME if here.behind else NEW
    if form is None:
        words = _asked_for(request, versions, language, name)
        first = {"text": words, "says": says, "seen": here.version}
        form = TextForm(initial=first, language=language, name=name, staff=staff_of(request))
    seen = {"seen": here.version, "says": says}
    context = {
        "name": name,
        "words": TEXTS[name],
        "code": language,  # “language” is the page’s own
        "standing": here,
        "languages": [(code, words, standing[code]) for code, words in LANGUAGES],
        "right": right or StillRight(initial=seen, auto_id="right-%s"),
        "pack": pack or PackWords(initial=seen, auto_id="pack-%s"),
        "pack_text": pack_text(language, name).strip(),
        "against_pack": differences(
            pack_text(language, name).strip(), words_of_version(newest, language, name)
        ),
        "blanks": blanks_of(language, name),
        "coach_kind": KIND_OF.get(name.removesuffix("-phone"), "other"),
        "history": _history(versions, language, name),
    }
    return render(request, "desk/texts/page.html", context | shown(form) | more, status=status)


def clash_of(request: HttpRequest, language: str, name: str, form: TextForm | None) -> HttpResponse:
    """The page with both texts: what was typed, and what somebody else saved meanwhile."""
    newest = versions_of(language, name)[0]
    theirs = words_of_version(newest, language, name)
    typed = form.cleaned_data["text"] if form else ""
    if form:
        form.renew(seen=newest.version)
    clash: dict[str, Any] = {
        "newest": newest,
        "theirs": theirs,
        "apart": differences(theirs, typed) if form else [],
    }
    return page_of(request, language, name, form=form, status=409, **clash)


def shown(form: TextForm) -> dict[str, Any]:
    """The text as mail and as pages; what is wrong with it where it cannot be shown."""
    if form.is_bound:
        form.is_valid()
        text, complaint = form.cleaned_data.get("text", ""), form.cleaned_data.get("shown_with")
        wrong = [str(error) for errors in form.errors.values() for error in errors]
    else:  # what was right when it was saved may lack a blank since the program was renewed
        text, complaint = form.initial["text"], None
        wrong = faults(form.language, form.name, text)
    if wrong:
        return {"form": form, "mail": None, "wrong": wrong}
    seen = preview(form.language, form.name, text, complaint=complaint, sender=form.staff.name)
    pictures = [b64encode(page).decode() for page in seen.pages]
    return {"form": form, "mail": seen.mail, "pictures": pictures, "unseen": " ".join(seen.unseen)}


def _asked_for(request: HttpRequest, versions: list[HouseText], language: str, name: str) -> str:
    """The words for the field: those that hold, or those of the earlier version that was asked for."""
    wanted = request.GET.get("from", "")
    if wanted == "0":
        return pack_text(language, name).strip()
    earlier = next((row for row in versions if str(row.version) == wanted), None)
    return words_of_version(earlier or (versions[0] if versions else None), language, name)


def _history(versions: list[HouseText], language: str, name: str) -> list[Entry]:
    entries = []
    for row, before in zip_longest(versions, versions[1:]):
        older, newer = words_of_version(before, language, name), words_of_version(row, language, name)
        entries.append(Entry(row, differences(older, newer) if older != newer else []))
    return entries
