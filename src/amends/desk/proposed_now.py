"""What the policy in force proposes for a case now, as its page shows it."""

from dataclasses import dataclass

from amends.cases.models import PolicyVersion
from amends.cases.policy import Considered


@dataclass(frozen=True)
class ProposedNow:
    """The policy in force, if there is one, and the case held against it and against the law."""

    policy: PolicyVersion | None
    considered: Considered

    @property
    def lacks_value(self) -> bool:
        """Whether a sum cannot be reckoned because the value is not on file."""
        return any(line.unknown == "value" for line in self.considered.proposal.lines)
