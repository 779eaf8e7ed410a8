"""How much somebody may approve, and what a plan asks of them. Pure.

Limits are sums by currency: in one case and in one calendar month, of everything and of one kind of remedy.
Who stands in for somebody (``Limits.since`` to ``until``) may approve what that one may, but never a plan
that either of them wrote, nor one in a case in which either of them is complained about.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

NOTHING = Decimal(0)


@dataclass(frozen=True, kw_only=True)
class Limits:
    """What one member of staff may approve. ``since`` and ``until``: somebody else stands in for them then.

    A currency that is not named in ``case`` may not be approved at all; one that is not named in ``month``,
    ``kinds`` or ``month_kinds`` (both by kind of remedy and currency) has no further limit there.
    """

    holder: int | None = None
    level: int = 0
    case: Mapping[str, Decimal] = field(default_factory=dict)
    month: Mapping[str, Decimal] = field(default_factory=dict)
    kinds: Mapping[tuple[str, str], Decimal] = field(default_factory=dict)
    month_kinds: Mapping[tuple[str, str], Decimal] = field(default_factory=dict)
    since: datetime | None = None
    until: datetime | None = None

    def counts_the_month(self, currency: str) -> bool:
        """Whether what was spent in this currency in the month says how much is left."""
        return currency in self.month or any(named == currency for _, named in self.month_kinds)

    def hold(self, at: datetime | None) -> bool:
        """Whether they hold at ``at``. Without a time, those of nobody else."""
        if self.since is None and self.until is None:
            return True
        return at is not None and (self.since or at) <= at <= (self.until or at)


@dataclass(frozen=True, kw_only=True)
class Spending:
    """What a plan would spend: its cost, what was agreed in the same case before, the costs by kind of
    remedy.

    All in ``currency``. ``level`` is the lowest that may approve it by the policy.
    """

    cost: Decimal
    currency: str
    before: Decimal = NOTHING
    kinds: Mapping[str, Decimal] = field(default_factory=dict)
    level: int = 0


@dataclass(frozen=True, kw_only=True)
class Measure:
    """One limit held against a plan: over one case or one month, of everything or of one ``kind``."""

    over: str
    kind: str = ""
    most: Decimal
    used: Decimal = NOTHING  # before this plan
    asked: Decimal

    @property
    def fits(self) -> bool:
        """Whether the plan stays within it."""
        return self.used + self.asked <= self.most


CASE, MONTH = "case", "month"
type Spent = Mapping[str, Decimal]  # what somebody spent in the month, by kind of remedy
UNSPENT: Spent = {}


def measures(limits: Limits, plan: Spending, spent: Spent = UNSPENT) -> tuple[Measure, ...]:
    """Every one of these limits that the plan is held against. Nothing to pay asks for none."""
    if plan.cost <= 0:
        return ()
    most = limits.case.get(plan.currency, NOTHING)
    found = [Measure(over=CASE, most=most, used=plan.before, asked=plan.cost)]
    if (in_month := limits.month.get(plan.currency)) is not None:
        found.append(Measure(over=MONTH, most=in_month, used=sum(spent.values(), NOTHING), asked=plan.cost))
    for kind, cost in plan.kinds.items():
        if (of_kind := limits.kinds.get((kind, plan.currency))) is not None:
            found.append(Measure(over=CASE, kind=kind, most=of_kind, asked=cost))
        if (in_month := limits.month_kinds.get((kind, plan.currency))) is not None:
            used = spent.get(kind, NOTHING)
            found.append(Measure(over=MONTH, kind=kind, most=in_month, used=used, asked=cost))
    return tuple(found)


def covers(limits: Limits, plan: Spending, spent: Spent = UNSPENT) -> bool:
    """Whether these limits cover the plan. Nothing to pay needs no authority, but may need a level."""
    return limits.level >= plan.level and all(one.fits for one in measures(limits, plan, spent))


def covering(
    many: Iterable[Limits],
    plan: Spending,
    *,
    author: int | None,
    about: Collection[int] = (),
    at: datetime | None,
    spent: Mapping[int, Spent],
) -> Limits | None:
    """The first limits that cover the plan now, with what their holders ``spent`` this month; None if none
    do.

    Those of the plan's author, and of who is complained ``about``, are passed over: nobody does through
    somebody who stands in what they may not do themselves.
    """
    for limits in many:
        if limits.holder is not None and (limits.holder == author or limits.holder in about):
            continue
        if limits.hold(at) and covers(limits, plan, spent.get(limits.holder or 0, UNSPENT)):
            return limits
    return None
