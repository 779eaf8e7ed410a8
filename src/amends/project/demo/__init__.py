"""The demonstration house: a company at work, complaints in every stage, told by the real actions."""

from datetime import datetime

from amends.cases.models import Complaint
from amends.kit.clock import now
from amends.people.models import StaffMember
from amends.project.demo.build import COMPLAINTS, build

__all__ = ["COMPLAINTS", "build", "build_if_empty", "load"]

SHOWN_AS = "maja"  # the team lead sees most of the house


def build_if_empty(at: datetime) -> StaffMember | None:
    """Build the demonstration unless somebody works or complains here already.

    Answers with the team lead, whom a newcomer signs in as; None when nothing was built.
    """
    if StaffMember.objects.exists() or Complaint.objects.exists():
        return None
    return build(at).staff[SHOWN_AS]


def load() -> StaffMember | None:
    """``build_if_empty`` as of now."""
    return build_if_empty(now())
