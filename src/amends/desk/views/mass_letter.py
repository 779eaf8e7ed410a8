"""One letter to everybody concerned: its words in each language, who gets it, how it looks, sending it."""

from base64 import b64encode
from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from amends.cases.choices import Channel
from amends.cases.tasks import seen_by
from amends.correspondence.house_texts.versions import tidy
from amends.correspondence.letters.setting import NoGlyph
from amends.correspondence.mass import sending, wording
from amends.correspondence.models import MassLetter, MassLetterTo
from amends.correspondence.preview import letter_pages
from amends.desk.forms.mass import Words
from amends.desk.mass_page import mass_page
from amends.desk.signed_in import staff_of
from amends.kit.answers import see_other
from amends.kit.chain import digest
from amends.kit.clock import now
from amends.kit.once import OtherRequest, once
from amends.people.languages import LANGUAGES


@require_safe
def mass_letter(request: HttpRequest, key: str) -> HttpResponse:
    """GET the letter and a page of those who get it. 400 for a false cursor."""
    try:
        return mass_page(request, _letter(key))
    except ValueError as error:
        raise BadRequest("a cursor that was not made here") from error


@require_POST
def words(request: HttpRequest, key: str, language: str) -> HttpResponse:
    """POST what it says in one language: 303. 422 if something is wrong, 409 if it was changed meanwhile."""
    letter = _letter(key)
    if language not in dict(LANGUAGES):
        raise Http404
    form = Words(request.POST, auto_id=f"{language}-%s")
    if form.is_valid():
        form.cleaned_data["text"] = tidy(form.cleaned_data["text"])  # a browser ends lines otherwise
        for fault in wording.faults(language, form.cleaned_data["subject"], form.cleaned_data["text"]):
            form.add_error("text", fault)
    if not form.is_valid():
        return mass_page(request, letter, {language: form}, status=422)
    seen = letter.texts.get(language) or wording.start(letter, language)
    given = {name: form.cleaned_data[name] for name in ("subject", "text")}
    fresh = form.cleaned_data["seen"] == digest(repr(seen))
    if not fresh or not sending.write_in(letter, language, **given, seen=seen):
        form.add_error(
            "text", _("A colleague changed this text meanwhile. Your words are still here; theirs hold.")
        )
        return mass_page(request, _letter(key), {language: form}, status=409)
    return _back(request, letter, _("Kept."))


@require_POST
def recipients(request: HttpRequest, key: str) -> HttpResponse:
    """POST who of those shown gets it: 303. Nothing changes once it has gone out (409)."""
    letter, staff = _letter(key), staff_of(request)
    if letter.state != MassLetter.State.DRAFT:
        return mass_page(
            request, letter, refusal=[_("It has gone out: nobody can be left out any more.")], status=409
        )
    rows = seen_by(MassLetterTo.objects.filter(letter=letter), staff)
    shown = rows.filter(pk__in=_ids(request, "shown"))
    shown.update(left_out=True)
    shown.filter(pk__in=_ids(request, "gets")).update(left_out=False)
    return _back(request, letter, _("Kept."))


@require_safe
def preview(request: HttpRequest, key: str, language: str) -> HttpResponse:
    """GET it as one real customer of that language will have it. 404 where there is none, or no text."""
    letter = _letter(key)
    rows = seen_by(letter.to.filter(left_out=False, complaint__language=language), staff_of(request))
    rows = rows.select_related("complaint__customer", "complaint__representative", "complaint__handler")
    row = rows.exclude(complaint__customer__address="").first() or rows.first()
    if row is None or language not in letter.texts:
        raise Http404
    channel = sending.channel_for(letter, row.complaint)
    draft = wording.draft_for(letter, row.complaint, channel=channel)
    context: dict[str, Any] = {"letter": letter, "complaint": row.complaint, "draft": draft}
    if channel == Channel.LETTER:
        try:
            pages = letter_pages(
                row.complaint, subject=draft.subject, text=draft.text, sender=letter.author.name,
                position=letter.author.title, day=timezone.localdate(now()),
            )  # fmt: skip
            context["pictures"] = [b64encode(page).decode() for page in pages]
        except NoGlyph as missing:
            context["no_glyph"] = str(missing)
    return render(request, "desk/mass/preview.html", context)


@require_POST
def send(request: HttpRequest, key: str) -> HttpResponse:
    """POST that it goes out: 303, once. 409 with what is missing."""
    letter, staff = _letter(key), staff_of(request)

    def do() -> tuple[int, dict[str, Any]]:
        sending.send(letter, by=staff, at=now())
        return 303, {}

    try:
        once(f"desk:{staff.pk}", request.POST.get("once", "")[:120], digest(f"send {letter.key}"), do)
    except sending.NotReady as missing:
        return mass_page(request, letter, refusal=missing.why, status=409)
    except OtherRequest:
        return mass_page(request, letter, refusal=[_("This form was sent before.")], status=409)
    return _back(request, letter, _("It is going out. This page shows how far it is."))


def _letter(key: str) -> MassLetter:
    return get_object_or_404(MassLetter.objects.select_related("author"), key=key)


def _ids(request: HttpRequest, name: str) -> list[int]:
    return [int(pk) for pk in request.POST.getlist(name) if pk.isascii() and pk.isdecimal() and len(pk) < 19]


def _back(request: HttpRequest, letter: MassLetter, said: str) -> HttpResponse:
    messages.success(request, said)
    return see_other("desk:mass-letter", letter.key)
