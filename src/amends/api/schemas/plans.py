"""What programs read of a plan: its remedies, what the policy proposed for it, the leadership's word."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from ninja import Schema

from amends.cases.models import Plan, Remedy


class RemedyFile(Schema):
    """One line of a plan. Sums are text, in the plan's currency."""

    position: int
    issue: int | None
    kind: str
    description: str
    amount: Decimal | None
    cost: Decimal | None
    little_more: bool
    department: str | None
    within_days: int
    after: int | None

    @staticmethod
    def resolve_issue(row: Remedy) -> int | None:
        """The position of the point that it answers."""
        return row.issue.position if row.issue else None

    @staticmethod
    def resolve_department(row: Remedy) -> str | None:
        """The department's name."""
        return row.department.name if row.department else None


class ApprovalFile(Schema):
    """The leadership's word on one version. ``first_of_two``: another one must look as well. ``covers``:
    whether who said it had the authority, that of ``instead_of`` where they stood in. A word with
    ``voided_at`` counts no more: the plan was changed.
    """

    approved: bool
    by: str
    at: datetime
    note: str
    first_of_two: bool
    covers: bool
    instead_of: str | None
    voided_at: datetime | None

    @staticmethod
    def resolve_by(row: Any) -> str:
        """Who said it."""
        return str(row.by)

    @staticmethod
    def resolve_instead_of(row: Any) -> str | None:
        """In whose place."""
        return str(row.instead_of) if row.instead_of else None


class PlanFile(Schema):
    """One version of the plan. ``policy`` is the version that proposed something for it, ``proposed`` what;
    ``departure`` why the plan departs from it; ``below_floor`` names what the law gives and this does not.
    """

    version: int
    author: str
    at: datetime
    proposal: str
    prevention: str
    currency: str
    remedies: list[RemedyFile]
    approvals: list[ApprovalFile]
    policy: int | None
    proposed: dict[str, Any]
    departs: bool
    departure: str
    approve_level: int
    below_floor: list[str]

    @staticmethod
    def resolve_author(row: Plan) -> str:
        """Who wrote it."""
        return str(row.author)

    @staticmethod
    def resolve_policy(row: Plan) -> int | None:
        """The policy's version."""
        return row.policy.version if row.policy else None


class ProposedFile(Schema):
    """One remedy that the policy proposes. ``unknown``: a person has to say the sum, and why."""

    kind: str
    words: str
    amount: str | None
    cost: str | None
    little_more: bool
    by: int
    points: list[int]
    row: str
    unknown: str


class FloorFile(Schema):
    """One thing that the law says about such a case. Only what is ``binding`` holds up a plan."""

    id: str
    jurisdiction: str
    words: str
    source: str
    verified: bool
    binding: bool


class ProposalFile(Schema):
    """What the policy in force proposes for the points that were found. Sums are text, in ``currency``.

    ``policy`` null: no policy is in force. ``withheld`` are remedies that only a person may propose.
    """

    policy: int | None
    currency: str
    cost: str
    approve_level: int
    lines: list[ProposedFile]
    withheld: list[ProposedFile]
    rows: list[str]
    floors: list[FloorFile]
