"""Changing the house's own rules and calendar. Running clocks do not move by it (see ``cases.proposals``).

Rules and calendar are no part of a complaint, so no step and no event stands for them; each change of a rule
is a row with who and when. Every change raises ``Office.version``: who changes something says which one they
saw.
"""

from datetime import datetime
from typing import Any

from django.db import transaction

from amends.cases.models import HouseRule, Office
from amends.cases.proposals import look_for_new_days
from amends.people.models import StaffMember


class Clash(Exception):
    """Somebody changed the rules or the calendar since the page was opened; nothing was written."""


def current_office() -> Office:
    """The house's one row, not saved yet where it has said nothing."""
    return Office.objects.first() or Office()


@transaction.atomic
def change_office(
    *, by: StaffMember | None = None, at: datetime | None = None, seen: int | None = None, **fields: Any
) -> Office:
    """Say anew where the house works and when. The next clock that starts goes by it. Raises Clash."""
    office = _locked(seen)
    for name, value in fields.items():
        setattr(office, name, value)
    office.changed_by, office.changed_at = by, at
    return _changed(office)


@transaction.atomic
def set_rule(
    *, by: StaffMember, at: datetime, name: str, seen: int | None = None, **fields: Any
) -> HouseRule:
    """A rule of the house's own, or in the place of a pack's of this name; the one before is kept.

    Raises Clash.
    """
    office = _locked(seen)
    HouseRule.objects.filter(name=name, replaced=False).update(replaced=True)
    rule = HouseRule.objects.create(name=name, at=at, by=by, **fields)
    _changed(office)
    return rule


@transaction.atomic
def drop_rule(name: str, *, by: StaffMember, at: datetime, why: str = "", seen: int | None = None) -> None:
    """The house has no say of its own any more under this name: a pack's rule holds again. Raises Clash.

    That, too, is a row: it holds nothing, and says who took it back, when and why.
    """
    office = _locked(seen)
    standing = HouseRule.objects.filter(name=name, replaced=False)
    if (last := standing.first()) is None:
        return
    standing.update(replaced=True)
    last.pk = None
    last._state.adding = True
    last.replaced, last.taken_back, last.by, last.at, last.note = True, True, by, at, why
    last.save(force_insert=True)
    _changed(office)


def _locked(seen: int | None) -> Office:
    office = Office.objects.select_for_update().first() or Office()
    if seen is not None and seen != office.version:
        raise Clash
    return office


def _changed(office: Office) -> Office:
    office.version += 1
    office.save()
    look_for_new_days.enqueue(0)
    return office
