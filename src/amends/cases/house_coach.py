"""Changing what the house has the language coach ask for. Each change is a new version, with who and when."""

from datetime import datetime
from typing import Any

from django.db import transaction

from amends.cases.models import CoachRules
from amends.coach.house import OFF
from amends.coach.owed import ADVICE, MUST, owed
from amends.people.models import StaffMember

LEVELS = (MUST, ADVICE, OFF)


class Clash(Exception):
    """Somebody saved another version meanwhile. Nothing was changed."""


def current_rules() -> CoachRules:
    """The version that holds; an unsaved empty one where the house has said nothing."""
    return CoachRules.objects.select_related("by").first() or CoachRules(version=0)


def set_levels(kind: str, levels: dict[str, str], *, seen: int, by: StaffMember, at: datetime) -> CoachRules:
    """What texts of one kind must have, what is advice, and what is not asked of them: all codes of the kind.

    Only what differs from the packs is kept, so that a renewed pack holds in the rest. Raises Clash.
    """
    packs = owed(kind)
    own = {code: level for code, level in levels.items() if level != packs.level(code)}
    before = current_rules()
    kept = {name: rows for name, rows in before.levels.items() if name != kind}
    return _keep(before, seen, by, at, levels=kept | ({kind: own} if own else {}))


def set_words(
    language: str, rows: list[dict[str, str]], *, seen: int, by: StaffMember, at: datetime
) -> CoachRules:
    """The words to avoid in one language: ``words``, ``why``, ``instead``. Raises Clash."""
    before = current_rules()
    kept = {name: words for name, words in before.avoid.items() if name != language}
    return _keep(before, seen, by, at, avoid=kept | ({language: rows} if rows else {}))


def set_off(codes: list[str], *, seen: int, by: StaffMember, at: datetime) -> CoachRules:
    """The codes that nobody is shown, in no kind of text. Raises Clash."""
    return _keep(current_rules(), seen, by, at, off=sorted(codes))


def level_of(rules: CoachRules, kind: str, code: str) -> str:
    """What a code is to a kind of text in this house."""
    said: str | None = rules.levels.get(kind, {}).get(code)
    return OFF if code in rules.off else said or owed(kind).level(code)


@transaction.atomic
def _keep(before: CoachRules, seen: int, by: StaffMember, at: datetime, **changes: Any) -> CoachRules:
    newest = CoachRules.objects.select_for_update().first()
    if (newest.version if newest else 0) != seen or before.version != seen:
        raise Clash
    same = {"levels": before.levels, "avoid": before.avoid, "off": before.off}
    return CoachRules.objects.create(version=seen + 1, at=at, by=by, **(same | changes))
