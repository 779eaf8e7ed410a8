"""Which languages have fallen behind: one said something new, and the others have not followed yet."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import BooleanField, ExpressionWrapper, Max, Q

from amends.correspondence.models import HouseText
from amends.correspondence.phrasebook import letter_needs, text_revisions
from amends.people.languages import LANGUAGES

CODES = [code for code, _name in LANGUAGES]


@dataclass(frozen=True)
class Change:
    """What a language has not followed: which one changed, when, by whom. ``at`` is None for the pack's."""

    language: str
    at: datetime | None = None
    by: str = ""


@dataclass(frozen=True)
class Standing:
    """Where one text stands in one language. ``version`` 0: nobody has touched the pack's words."""

    language: str
    version: int = 0
    own: bool = False  # the house's words, and not the pack's
    at: datetime | None = None
    by: str = ""
    why: str = ""
    behind: Change | None = None


def standings(only: str = "") -> dict[str, dict[str, Standing]]:
    """Every text (or ``only`` this one) by name, and in each language where it stands. One query."""
    rows = HouseText.objects.filter(name=only) if only else HouseText.objects.all()
    groups = rows.order_by().values("language", "name")
    newest = groups.annotate(newest=Max("pk")).values("newest")
    changed = groups.filter(new_meaning=True).annotate(newest=Max("pk")).values("newest")
    found = HouseText.objects.filter(Q(pk__in=newest) | Q(pk__in=changed)).select_related("by").defer("text")
    own = ExpressionWrapper(~Q(text=""), output_field=BooleanField())
    by_name: dict[str, list[HouseText]] = {}
    for row in found.annotate(own=own).order_by("pk"):
        by_name.setdefault(row.name, []).append(row)
    names = [only] if only else list(letter_needs())
    return {name: _standing(by_name.get(name, []), text_revisions().get(name, {})) for name in names}


def _standing(rows: list[HouseText], revisions: Mapping[str, int]) -> dict[str, Standing]:
    """``rows`` hold the newest of each language and its newest with a new meaning, in the order of saving."""
    newest = {row.language: row for row in rows}
    found = {}
    for code in CODES:
        row = newest.get(code)
        after = row.pk if row else 0
        ahead = [r for r in rows if r.new_meaning and r.language != code and r.pk > after]
        behind = Change(ahead[-1].language, ahead[-1].at, _name(ahead[-1])) if ahead else None
        if row is None:
            found[code] = Standing(code, behind=behind or _behind_in_the_pack(code, revisions))
        else:
            found[code] = Standing(
                code, row.version, row.own, row.at, _name(row), row.why, behind  # type: ignore[attr-defined]
            )  # fmt: skip
    return found


def _behind_in_the_pack(code: str, revisions: Mapping[str, int]) -> Change | None:
    latest = max(revisions, key=lambda language: revisions[language], default=code)
    return Change(latest) if revisions.get(code, 0) < revisions.get(latest, 0) else None


def _name(row: HouseText) -> str:
    return row.by.name if row.by else ""
