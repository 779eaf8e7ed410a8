"""The cover sheet of a pile, in the language of who prints it."""

import json
import threading
from collections.abc import Sequence
from datetime import datetime
from functools import cache
from pathlib import Path

import typst
from babel.dates import format_time
from django.utils import timezone
from django.utils.translation import get_language, gettext, ngettext, to_locale

from amends.cases.choices import DispatchKind
from amends.correspondence.dates import day
from amends.correspondence.letterheads import current, house_of
from amends.correspondence.letters.fonts import font_folder, uncovered
from amends.correspondence.post.paper import Sheets
from amends.correspondence.post.town import town_of

TEMPLATE = Path(__file__).with_name("cover.typ")
NOT_SHOWN = "\N{WHITE SQUARE}"

_one_at_a_time = threading.Lock()  # the inputs belong to the compiler, not to the call


@cache
def _compiler() -> typst.Compiler:
    return typst.Compiler(
        TEMPLATE, root=TEMPLATE.parent, font_paths=[font_folder()], ignore_system_fonts=True
    )


def cover_pdf(pile: Sequence[Sheets], *, printed_at: datetime, by: str) -> bytes:
    """The cover sheet of these letters: a row each, with the kinds of dispatch to tick."""
    said = {"cover": _shown(json.dumps(_data(pile, printed_at, by), ensure_ascii=False))}
    with _one_at_a_time:
        made = _compiler().compile(sys_inputs=said)
    assert isinstance(made, bytes)
    return made


def _data(pile: Sequence[Sheets], printed_at: datetime, by: str) -> dict[str, object]:
    language, house = get_language() or "en", house_of(current()).name
    count, pages = len(pile), sum(sheets.pages for sheets in pile)
    moment = _moment(printed_at, language)
    letters = ngettext("%(count)s letter", "%(count)s letters", count) % {"count": count}
    paper = ngettext("%(count)s page", "%(count)s pages", pages) % {"count": pages}
    return {
        "lang": language.partition("-")[0],
        "house": house,
        "title": gettext("Letters to be posted"),
        "running": f"{house} · {moment}",
        "facts": [
            [gettext("Printed"), moment],
            [gettext("By"), by],
            [gettext("Count"), f"{letters}, {paper}"],
        ],
        "columns": [
            gettext("No."),
            gettext("Reference"),
            gettext("Addressee"),
            gettext("Pages"),
            gettext("Number"),
        ],
        "kinds": [str(label) for label in DispatchKind.labels],
        "rows": [_row(sheets) for sheets in pile],
        "signed": gettext("Posted on, by"),
    }


def _row(sheets: Sheets) -> dict[str, object]:
    customer = sheets.message.complaint.customer
    add = gettext("Add by hand: %(files)s") % {"files": ", ".join(sheets.by_hand)} if sheets.by_hand else ""
    return {
        "reference": sheets.message.complaint.reference,
        "name": sheets.message.complaint.speaker.name,
        "town": town_of(customer.address),
        "pages": sheets.pages,
        "by-hand": add,
    }


def _moment(moment: datetime, language: str) -> str:
    local = timezone.localtime(moment)
    locale = "en_GB" if language == "en" else to_locale(language)
    return f"{day(local.date(), language)}, {format_time(local.time(), 'short', locale=locale)}"


def _shown(text: str) -> str:
    """The text with a square for each character that the fonts have not, so that nobody misses it unseen."""
    return text.translate({ord(character): NOT_SHOWN for character in uncovered(text)})
