"""Two versions of a plan beside each other: which lines stayed, which changed, which came and went."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from amends.cases.models import Plan, Remedy

COMPARED = ("description", "amount", "cost", "little_more", "department_id", "within_days", "after")


@dataclass(frozen=True)
class Line:
    """One remedy before and now; None where there was or is none."""

    before: Remedy | None
    now: Remedy | None

    @property
    def changed(self) -> bool:
        """Whether anything of it is other than before."""
        if self.before is None or self.now is None:
            return True
        return any(getattr(self.before, name) != getattr(self.now, name) for name in COMPARED)


@dataclass(frozen=True)
class Compared:
    """A version and the one before it. A cost is None where that of a line is not known."""

    before: Plan
    now: Plan
    lines: Sequence[Line]

    @property
    def cost_before(self) -> Decimal | None:
        """What all of the version before cost."""
        return _cost(self.before)

    @property
    def cost_now(self) -> Decimal | None:
        """What all of this one costs."""
        return _cost(self.now)


def compared(plans: Sequence[Plan], now: Plan | None) -> Compared | None:
    """This version beside the one before it, if there was one. Lines belong together that do the same kind
    of thing for the same point, in their order.
    """
    earlier = [plan for plan in plans if now is not None and plan.version < now.version]
    if now is None or not earlier:
        return None
    before = max(earlier, key=lambda plan: plan.version)
    left = list(before.remedies.all())
    lines = []
    for remedy in now.remedies.all():
        same = next((one for one in left if _same_thing(one, remedy)), None)
        if same is not None:
            left.remove(same)
        lines.append(Line(same, remedy))
    return Compared(before, now, lines + [Line(one, None) for one in left])


def _same_thing(one: Remedy, other: Remedy) -> bool:
    return (one.kind, one.issue_id) == (other.kind, other.issue_id)


def _cost(plan: Plan) -> Decimal | None:
    costs = [remedy.cost for remedy in plan.remedies.all()]
    return None if None in costs else sum((cost for cost in costs if cost is not None), Decimal(0))
