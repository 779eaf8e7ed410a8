"""At which levels somebody could take a case up. A small house has not all of them, and people leave."""

from django.db.models import Exists, OuterRef

from amends.cases.models.complaint import Complaint
from amends.people.models import Role, StaffMember
from amends.rules.capabilities import Capability


def levels_held(complaint: Complaint) -> list[int]:
    """The levels of those who work here, handle complaints and are not complained about in this one; the
    lowest first. One query.
    """
    about_them = Complaint.complained_about.through.objects.filter(
        complaint_id=complaint.pk, staffmember_id=OuterRef("pk")
    )
    someone = StaffMember.objects.filter(~Exists(about_them), role=OuterRef("pk"), is_active=True)
    roles = Role.objects.filter(Exists(someone)).values_list("level", "capabilities")
    return sorted({level for level, capabilities in roles if Capability.HANDLE in capabilities})


def level_above(complaint: Complaint) -> int:
    """The next level that somebody holds; the highest there is where nobody stands above the present one."""
    held = levels_held(complaint)
    if not held:  # whoever comes next must begin somewhere
        return complaint.level
    present = min(complaint.level, held[-1])
    return next((level for level in held if level > present), held[-1])


def roles_that_handle() -> list[tuple[int, int]]:
    """The roles that handle complaints, by id, each with its level. One query."""
    roles = Role.objects.values_list("pk", "level", "capabilities")
    return [(pk, level) for pk, level, capabilities in roles if Capability.HANDLE in capabilities]
