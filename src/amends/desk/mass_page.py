"""The page of one letter to everybody concerned."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from amends.cases.choices import Category, Channel
from amends.cases.tasks import seen_by
from amends.cases.words import REASONS
from amends.correspondence.mass import sending, wording
from amends.correspondence.models import MassLetter, MassLetterTo
from amends.desk.forms.mass import Words
from amends.desk.signed_in import staff_of
from amends.kit.chain import digest
from amends.kit.keys import new_key
from amends.kit.pages import page_by_number
from amends.people.languages import LANGUAGES

SIZE = 50
WHY: Mapping[str, Promise] = {
    sending.NO_ADDRESS: _("No postal address is on file."),
    sending.NO_TEXT: _("It is not written in this language."),
    **REASONS,
}
CRITERIA: Mapping[str, str | Promise] = {
    "product": _("Product"),
    "batch": _("Batch number"),
    "category": _("Category"),
    "cause": _("Words in the cause"),
    "received_from": _("Received from"),
    "received_until": _("Received until"),
}


def mass_page(
    request: HttpRequest,
    letter: MassLetter,
    forms: Mapping[str, Words] | None = None,
    *,
    refusal: Sequence[str] = (),
    status: int = 200,
) -> HttpResponse:
    """The whole page; ``forms`` are those sent with faults, by language. ValueError for a false cursor."""
    rows = seen_by(MassLetterTo.objects.filter(letter=letter), staff_of(request))
    rows = rows.select_related("complaint__customer", "complaint__representative", "message")
    if request.GET.get("show") == "refused":
        rows = rows.exclude(error="")
    page = page_by_number(rows, after=request.GET.get("after", "")[:100], size=SIZE)
    draft = letter.state == MassLetter.State.DRAFT
    context = {
        "letter": letter,
        "draft": draft,
        "channel": Channel(letter.channel).label if letter.channel == Channel.LETTER else "",
        "criteria": _criteria(letter),
        "texts": [
            _text(letter, code, count, forms or {}) for code, count in wording.languages_of(letter).items()
        ],
        "recipients": [
            (
                row,
                [WHY[code] for code in row.error.split(",") if code in WHY],
                sending.without_address(letter, row.complaint),
            )
            for row in page.rows
        ],
        "more": page.after,
        "counts": _counts(letter),
        "missing": wording.missing(letter) if draft else [],
        "refusal": refusal,
        "once": new_key(),
    }
    return render(request, "desk/mass/letter.html", context, status=status)


def _text(letter: MassLetter, language: str, count: int, forms: Mapping[str, Words]) -> dict[str, Any]:
    kept = letter.texts.get(language)
    words = kept or wording.start(letter, language)
    initial = words | {"seen": digest(repr(words))}
    form = forms.get(language) or Words(initial=initial, auto_id=f"{language}-%s")
    for field in ("subject", "text"):
        form.fields[field].widget.attrs["lang"] = language
    name = dict(LANGUAGES)[language]
    return {
        "language": language,
        "name": name,
        "count": count,
        "form": form,
        "kept": kept,
        "open": language in forms,
    }


def _counts(letter: MassLetter) -> dict[str, int]:
    return letter.to.aggregate(
        all=Count("pk", filter=Q(left_out=False)),
        done=Count("pk", filter=Q(message__isnull=False)),
        refused=Count("pk", filter=~Q(error="")),
        left_out=Count("pk", filter=Q(left_out=True)),
    )


def _criteria(letter: MassLetter) -> list[tuple[str | Promise, str]]:
    given = letter.criteria
    said = [(CRITERIA[name], str(given[name])) for name in CRITERIA if given.get(name)]
    if given.get("category"):
        said = [
            (name, str(Category(value).label) if name == CRITERIA["category"] else value)
            for name, value in said
        ]
    return said
