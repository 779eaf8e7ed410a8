"""The house's policy in versions: drafts that are written and tried, and the one that is in force.

A version that was ever in force is never changed, for plans say by which they were proposed. Policies are no
part of a complaint, so no step and no event stands for them; every version is a row with who and when.
"""

import json
import tomllib
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from importlib.resources import files
from itertools import zip_longest
from typing import Any

from django.db import transaction
from django.db.models import Max

from amends.cases.models import PolicyVersion
from amends.kit.chain import digest
from amends.people.models import StaffMember
from amends.rules.policy import Table, as_data, read
from amends.rules.policy.writing import FORMAT


class Clash(Exception):
    """Somebody changed the policy since the page was opened; nothing was written."""


def in_force(at: datetime) -> PolicyVersion | None:
    """The version by which plans are proposed at this time."""
    begun = PolicyVersion.objects.filter(in_force_from__lte=at)
    return begun.select_related("made_by").order_by("-in_force_from", "-version").first()


def table_of(version: PolicyVersion) -> Table:
    """The table of a version. Raises Faulty for one that was not written here."""
    return read(version.table)


def seen_of(version: PolicyVersion) -> str:
    """What a change says that it was made from."""
    return digest(json.dumps(version.table, sort_keys=True))[:16]


@transaction.atomic
def draft(*, by: StaffMember, at: datetime, name: str, table: Table | None = None) -> PolicyVersion:
    """A new draft with this table, or an empty one."""
    newest = PolicyVersion.objects.aggregate(newest=Max("version"))["newest"] or 0
    told = as_data(table or Table())
    return PolicyVersion.objects.create(version=newest + 1, name=name, table=told, made_by=by, made_at=at)


@transaction.atomic
def rewrite(version: PolicyVersion, table: Table, *, seen: str) -> PolicyVersion:
    """Put another table into a draft. Raises Clash if another one was seen, or it is no draft any more."""
    locked = _draft(version, seen)
    locked.table = as_data(table)
    locked.save(update_fields=("table",))
    return locked


@transaction.atomic
def switch_on(
    version: PolicyVersion, *, by: StaffMember, at: datetime, since: datetime, note: str, seen: str
) -> PolicyVersion:
    """Let a draft hold from ``since`` on, which is now or later. Raises Clash as ``rewrite`` does.

    Plans that are written keep the version that proposed them.
    """
    locked = _draft(version, seen)
    locked.in_force_from, locked.note = max(since, at), note
    locked.switched_on_by = by
    locked.save(update_fields=("in_force_from", "note", "switched_on_by"))
    _say_what_replaces_what()
    return locked


@transaction.atomic
def call_back(version: PolicyVersion, *, at: datetime) -> PolicyVersion:
    """Make a draft again of a version that is to hold later. Raises Clash if it holds already."""
    locked = PolicyVersion.objects.select_for_update().get(pk=version.pk)
    if locked.in_force_from is None or locked.in_force_from <= at:
        raise Clash
    locked.in_force_from = locked.switched_on_by = locked.replaced_at = None
    locked.save(update_fields=("in_force_from", "switched_on_by", "replaced_at"))
    _say_what_replaces_what()
    return locked


@transaction.atomic
def throw_away(version: PolicyVersion, *, seen: str) -> None:
    """Remove a draft. Raises Clash as ``rewrite`` does."""
    _draft(version, seen).delete()


def begin(*, by: StaffMember, at: datetime) -> PolicyVersion:
    """Give a new house the policy of ``packs/policy.toml``, in force at once, in the language of ``by``.

    Where there is a version already, the one in force (or else the newest) is given back unchanged.
    """
    there = in_force(at) or PolicyVersion.objects.order_by("version").last()
    if there is not None:
        return there
    name = _in(by.language, _pack()["name"])
    made = draft(by=by, at=at, name=name, table=start_table(by.language))
    return switch_on(made, by=by, at=at, since=at, note="", seen=seen_of(made))


def start_table(language: str) -> Table:
    """The table of ``packs/policy.toml``, its rows named in this language (English for one it has not)."""
    told = _pack()
    rows = [row | {"name": _in(language, row["name"])} for row in told["rows"]]
    return read({"format": FORMAT, "departure_level": told["departure_level"], "rows": rows})


def _in(language: str, names: Mapping[str, str]) -> str:
    return names.get(language, names["en"])


@cache
def _pack() -> Mapping[str, Any]:
    return tomllib.loads((files("amends.packs") / "policy.toml").read_text("utf-8"))


def _draft(version: PolicyVersion, seen: str) -> PolicyVersion:
    locked = PolicyVersion.objects.select_for_update().filter(pk=version.pk).first()
    if locked is None or locked.in_force_from is not None or seen_of(locked) != seen:
        raise Clash
    return locked


def _say_what_replaces_what() -> None:
    """Each version holds until the one begins that holds after it."""
    ordered = list(
        PolicyVersion.objects.filter(in_force_from__isnull=False).order_by("in_force_from", "version")
    )
    for version, following in zip_longest(ordered, ordered[1:]):
        until = following.in_force_from if following else None
        if version.replaced_at != until:
            version.replaced_at = until
            version.save(update_fields=("replaced_at",))
