"""What the house's policy proposes for a case; a plan held against that and against what the law gives."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Any, Protocol

from amends.cases.house_policy import in_force, table_of
from amends.cases.models import Complaint, Issue, PolicyVersion
from amends.cases.reckoning import office
from amends.cases.situations import currency_of, situations_of, told_of
from amends.rules.floors import Floor, concerning, floors_of, undercut, without_what_needs_a_person
from amends.rules.policy import Difference, Proposal, Situation, Table, Taken, differences, propose
from amends.rules.policy.departing import planned_of


class Line(Protocol):
    """A remedy as it is planned: a draft of one, or one that is written."""

    @property
    def kind(self) -> str: ...
    @property
    def amount(self) -> Decimal | None: ...
    @property
    def cost(self) -> Decimal | None: ...
    @property
    def issue(self) -> Issue | None: ...


@dataclass(frozen=True)
class Considered:
    """A case held against a table: its points, what they would get, and what the law says about them."""

    situations: tuple[Situation, ...]
    proposal: Proposal
    floors: tuple[Floor, ...]  # that say something about these points, whether or not a plan is held to them
    names: dict[str, str]  # of the rows that fitted, by their ids
    departure_level: int = 0  # the lowest that may approve what departs from the table

    @property
    def below_floor(self) -> tuple[str, ...]:
        """The floors that the proposal itself would fall below."""
        return undercut(self.floors, self.situations, list(planned_of(self.proposal)))

    def as_data(self) -> dict[str, Any]:
        """What was proposed, as a plan keeps it."""
        return self.proposal.as_data() | {"names": self.names}


@dataclass(frozen=True)
class Judged:
    """A plan held against the policy in force and the law."""

    policy: PolicyVersion | None
    proposed: dict[str, Any]
    departs: bool
    approve_level: int
    below_floor: tuple[str, ...]
    differences: tuple[Difference, ...] = ()


def consider(table: Table, situations: Sequence[Situation], floors: Iterable[Floor]) -> Considered:
    """What these points would get by this table, without what only a person may propose."""
    points = tuple(situations)
    said = concerning(floors, points)
    proposal = without_what_needs_a_person(said, points, propose(table, points))
    names = {row_id: row.name for row_id in proposal.rows if (row := table.row(row_id))}
    return Considered(points, proposal, said, names, table.departure_level)


def consider_case(table: Table, complaint: Complaint, issues: Iterable[Issue] | None = None) -> Considered:
    """The same for a complaint, as far as its points are found. ``issues``: its points, if they are read."""
    told = told_of(complaint)
    floors = floors_of(told.country or office().country, told.day)
    considered = consider(table, situations_of(complaint, issues), floors)
    if considered.situations:
        return considered
    return Considered((), Proposal(currency_of(told, office())), (), {})


def proposal_for(
    complaint: Complaint, at: datetime, issues: Iterable[Issue] | None = None
) -> tuple[PolicyVersion | None, Considered]:
    """What the policy in force at ``at`` proposes. Without one only the law says something."""
    policy = in_force(at)
    return policy, consider_case(table_of(policy) if policy else Table(), complaint, issues)


def judge(complaint: Complaint, remedies: Sequence[Line], *, currency: str, at: datetime) -> Judged:
    """Hold a plan against the policy in force at ``at``. The law counts also where there is no policy."""
    policy, considered = proposal_for(complaint, at)
    taken = [
        Taken(one.kind, one.amount, one.cost, one.issue.position if one.issue else None) for one in remedies
    ]
    other = differences(considered.proposal, taken, currency)
    # A sum in another currency than the price is not the whole price, whatever its figure.
    same = currency == considered.proposal.currency
    held = taken if same else [replace(one, amount=None) for one in taken]
    level, departing = considered.proposal.approve_level, considered.departure_level
    return Judged(
        policy=policy,
        proposed=considered.as_data() if policy else {},
        departs=bool(other),
        approve_level=max(level, departing) if other else level,
        below_floor=undercut(considered.floors, considered.situations, held),
        differences=other,
    )
