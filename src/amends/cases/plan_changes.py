"""What one version of a plan changed in the one before: line by line, for who has to judge it."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from amends.cases.models import CustomerPart, Plan, Remedy

SAME, CHANGED, ADDED, REMOVED = "same", "changed", "added", "removed"
OF_REMEDY = ("kind", "description", "amount", "cost", "issue_id", "department_id", "within_days", "after",
             "little_more")  # fmt: skip
OF_PART = ("description", "within_days")


@dataclass(frozen=True)
class Change:
    """One line in both versions. ``fields`` are the names of what differs."""

    how: str
    before: Any
    after: Any
    fields: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Sums:
    """What goes to the customer and what it costs; cost None while one is not known."""

    amount: Decimal
    cost: Decimal | None


@dataclass(frozen=True)
class Comparison:
    """Two versions side by side. ``words`` are the texts of the plan that differ, by their names."""

    before: Plan
    after: Plan
    remedies: Sequence[Change]
    parts: Sequence[Change]
    words: frozenset[str]
    sums: tuple[Sums, Sums]

    @property
    def changed(self) -> bool:
        """Whether anything that the customer or the leadership would see differs."""
        lines = any(change.how != SAME for change in (*self.remedies, *self.parts))
        return lines or bool(self.words) or self.before.currency != self.after.currency


def compared(before: Plan, after: Plan) -> Comparison:
    """Hold two versions of a complaint's plan side by side, in the order of the later one."""
    remedies = [list(plan.remedies.all()) for plan in (before, after)]
    parts = [list(plan.customer_parts.all()) for plan in (before, after)]
    words = ("prevention", "proposal", "departure")
    return Comparison(
        before,
        after,
        _changes(remedies[0], remedies[1], OF_REMEDY, _likeness),
        _changes(parts[0], parts[1], OF_PART, lambda a, b: 1 + (a.description == b.description)),
        frozenset(name for name in words if getattr(before, name).strip() != getattr(after, name).strip()),
        (_sums(remedies[0]), _sums(remedies[1])),
    )


def _sums(remedies: Sequence[Remedy]) -> Sums:
    costs = [one.cost for one in remedies]
    known = [cost for cost in costs if cost is not None]
    amount = sum((one.amount for one in remedies if one.amount is not None), Decimal(0))
    return Sums(amount, sum(known, Decimal(0)) if len(known) == len(costs) else None)


def _likeness(before: Remedy, after: Remedy) -> int:
    """How surely it is the same remedy; 0: another one. A kind that changed makes it another."""
    if before.kind != after.kind:
        return 0
    same = (before.description == after.description, before.issue_id == after.issue_id)
    return 1 + 4 * same[0] + 2 * same[1] + (before.amount == after.amount)


def _changes[Row: (Remedy, CustomerPart)](
    before: Sequence[Row], after: Sequence[Row], fields: Sequence[str], likeness: Any
) -> list[Change]:
    """Pairs of what is most alike, then what is new; what went stands where it stood."""
    pairs = sorted(
        ((likeness(old, new), i, j) for i, old in enumerate(before) for j, new in enumerate(after)),
        key=lambda pair: (-pair[0], pair[1], pair[2]),
    )
    partner: dict[int, int] = {}
    taken: set[int] = set()
    for alike, i, j in pairs:
        if alike and i not in taken and j not in partner:
            partner[j] = i
            taken.add(i)
    found = [
        _change(before[partner[j]] if j in partner else None, new, fields) for j, new in enumerate(after)
    ]
    for i, old in enumerate(before):
        if i not in taken:
            found.insert(min(i, len(found)), Change(REMOVED, old, None))
    return found


def _change(before: Any, after: Any, fields: Sequence[str]) -> Change:
    if before is None:
        return Change(ADDED, None, after)
    other = frozenset(name for name in fields if getattr(before, name) != getattr(after, name))
    return Change(CHANGED if other else SAME, before, after, other)
