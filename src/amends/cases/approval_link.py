"""The link in a mail with which one person answers one version of a plan, without signing in.

Signed with the house's secret, not stored. It names the person, the role that they had, the version, and
when it ends; it opens nothing once the plan was decided or changed.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from django.conf import settings
from django.core import signing

from amends.cases.models import Complaint, Plan
from amends.people.models import StaffMember
from amends.rules.capabilities import Capability
from amends.rules.lifecycle import Stage

LIFETIME = timedelta(days=7)
PATH = "/approvals/"
_SALT = "amends.approval"


class Void(StrEnum):
    """Why a link opens nothing."""

    WRONG = "wrong"  # not made by this house, or cut off when it was copied; or the person's role changed
    EXPIRED = "expired"
    CHANGED = "changed"  # another version of the plan took its place, or it was taken back
    DECIDED = "decided"


class LinkVoid(Exception):
    """The link opens nothing; ``why`` says what is the matter, ``asked`` who held it, where that is known."""

    def __init__(self, why: Void, asked: "Asked | None" = None) -> None:
        super().__init__(why)
        self.why, self.asked = why, asked


@dataclass(frozen=True)
class Asked:
    """Who was asked, and about which version."""

    staff: StaffMember
    plan: Plan

    @property
    def complaint(self) -> Complaint:
        """The complaint that the plan is for."""
        return self.plan.complaint


def approval_url(staff: StaffMember, plan: Plan, *, at: datetime) -> str:
    """The whole link for this person and this version, for seven days from ``at``."""
    ends = int((at + LIFETIME).timestamp())
    named = [staff.key, staff.role_id, plan.complaint.key, plan.version, ends]
    return f"{settings.AMENDS_BASE_URL}{PATH}{signing.dumps(named, salt=_SALT)}"


def opened(token: str, *, at: datetime) -> Asked:
    """Who and what a link names, as long as the plan waits for a word. Using it changes nothing.

    Raises LinkVoid. Whether the person may still say something the rules are asked for.
    """
    try:
        key, role, complaint_key, version, ends = signing.loads(token, salt=_SALT)
    except (signing.BadSignature, ValueError, TypeError):
        raise LinkVoid(Void.WRONG) from None
    staff = StaffMember.objects.select_related("role").filter(key=key, role=role, is_active=True).first()
    if staff is None or Capability.APPROVE not in staff.capabilities:
        raise LinkVoid(Void.WRONG)
    complaints = Complaint.objects.visible_to(staff)
    plans = Plan.objects.filter(complaint__in=complaints, complaint__key=complaint_key, version=version)
    plan = plans.select_related("complaint__current_plan").first()
    if plan is None:
        raise LinkVoid(Void.WRONG)
    if at.timestamp() > ends:
        raise LinkVoid(Void.EXPIRED)
    asked, complaint = Asked(staff, plan), plan.complaint
    if complaint.stage != Stage.AWAITING_APPROVAL or complaint.current_plan_id != plan.pk:
        said = plan.approvals.filter(first_of_two=False, voided_at__isnull=True).exists()
        raise LinkVoid(Void.DECIDED if said else Void.CHANGED, asked)
    return asked
