"""A plan held against the house's policy and against what the law gives at least."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from amends.cases.models import Complaint, PolicyVersion


@dataclass(frozen=True)
class Judged:
    """What the policy in force says to a plan; without a policy it says nothing."""

    policy: PolicyVersion | None = None
    proposed: dict[str, Any] = field(default_factory=dict)
    departs: bool = False
    approve_level: int = 0
    below_floor: Sequence[str] = ()


def judge(complaint: Complaint, remedies: Sequence[Any], *, currency: str, at: datetime) -> Judged:
    """Hold the lines of a plan (``RemedyDraft``) against the policy in force at ``at``."""
    return Judged()
