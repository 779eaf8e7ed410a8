"""In what a plan departs from what the policy proposed."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from amends.rules.policy.proposing import Proposal
from amends.rules.policy.situation import MONEY


@dataclass(frozen=True, slots=True)
class Taken:
    """One remedy of a plan, as far as the policy and the law look at it. ``point`` None: for all of them."""

    kind: str
    amount: Decimal | None = None
    cost: Decimal | None = None
    point: int | None = None


@dataclass(frozen=True, slots=True)
class Difference:
    """One kind of remedy that is otherwise: its sums, or None where it is not among them at all.

    Of things, which are worth nothing in money here, the sum is nought.
    """

    kind: str
    proposed: Decimal | None
    planned: Decimal | None


def differences(proposal: Proposal, remedies: Iterable[Taken], currency: str = "") -> tuple[Difference, ...]:
    """Every kind that differs; nothing where the policy says nothing about the case.

    A proposed kind that is missing differs, and so does another sum of money. What costs nothing may be added
    freely. Where the policy leaves the sum to a person, any sum will do.
    """
    if not proposal.rows:
        return ()
    proposed, unknown = _proposed(proposal)
    planned, costs = _planned(remedies)
    other_money = bool(currency) and currency != proposal.currency
    return tuple(
        Difference(kind, proposed.get(kind), planned.get(kind))
        for kind in sorted({*proposed, *planned})
        if (_differs(kind, proposed, planned, costs) and not (kind in unknown and kind in planned))
        or (other_money and kind in MONEY and kind in proposed and kind in planned)
    )


def _differs(
    kind: str, proposed: dict[str, Decimal], planned: dict[str, Decimal], costs: dict[str, Decimal]
) -> bool:
    if kind in proposed:
        return planned.get(kind) != proposed[kind]
    return costs[kind] > 0 or planned[kind] > 0


def _proposed(proposal: Proposal) -> tuple[dict[str, Decimal], set[str]]:
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for line in proposal.lines:
        sums[line.kind] += line.amount or 0
    return dict(sums), {line.kind for line in proposal.lines if line.unknown}


def _planned(remedies: Iterable[Taken]) -> tuple[dict[str, Decimal], dict[str, Decimal]]:
    sums: dict[str, Decimal] = defaultdict(Decimal)
    costs: dict[str, Decimal] = defaultdict(Decimal)
    for remedy in remedies:
        sums[remedy.kind] += (remedy.amount or 0) if remedy.kind in MONEY else 0
        costs[remedy.kind] += remedy.cost or 0
    return dict(sums), dict(costs)


def planned_of(proposal: Proposal) -> Iterator[Taken]:
    """The proposal itself as a plan would have it: it differs in nothing."""
    for line in proposal.lines:
        for point in line.points or (None,):
            whole = point == line.points[0] if line.points else True
            yield Taken(line.kind, line.amount if whole else None, line.cost if whole else None, point)
