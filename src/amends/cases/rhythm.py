"""The rhythm: no open complaint passes its update date without word to the customer, or a task that is late.

Every step that ends one wait begins the next (``rules.lifecycle``), and every late case stands on somebody's
Today. Here is the question whether that is so, asked of the rows: the answer must be nobody.
"""

from datetime import datetime

from django.db.models import Exists, OuterRef, Q

from amends.cases.models import Clock, Complaint
from amends.cases.models.complaint import ComplaintQuerySet
from amends.people.models import Role, StaffMember
from amends.rules.capabilities import Capability
from amends.rules.deadlines import ClockKind
from amends.rules.lifecycle import Stage

NOBODYS = Q(handler__isnull=True) | Q(handler__is_active=False)


def silent_cases(at: datetime) -> ComplaintQuerySet:
    """Open complaints whose customer hears nothing at ``at``, and nobody is shown that it is so.

    Either no clock of the rhythm runs at all; or it ran out, and the case does not show as late, or stands
    before nobody's eyes. For checks and simulations: it reads every open complaint.
    """
    following_up = Q(complaint__stage=Stage.FOLLOWING_UP)
    beat = Clock.objects.filter(
        Q(kind=ClockKind.FOLLOW_UP) & following_up | Q(kind=ClockKind.UPDATE) & ~following_up,
        complaint=OuterRef("pk"),
        stopped_at__isnull=True,
        paused_at__isnull=True,
    )
    late_and_seen = Q(due_at__lt=at) & _somebody_sees()
    return Complaint.objects.open().filter(
        ~Exists(beat) | Exists(beat.filter(due_at__lt=at)) & ~late_and_seen
    )


def _somebody_sees() -> Q:
    """On the Today of a handler who still works here; or on that of whoever hands cases to people."""
    about_them = Complaint.complained_about.through.objects.filter(
        complaint_id=OuterRef(OuterRef("pk")), staffmember_id=OuterRef("pk")
    )
    active = StaffMember.objects.filter(~Exists(about_them), is_active=True)
    leads = active.filter(role__in=leading_roles())
    return Q(Exists(active.filter(pk=OuterRef("handler")))) | NOBODYS & Q(Exists(leads))


def leading_roles() -> list[int]:
    """The roles that hand cases to people, by id."""
    roles = Role.objects.values_list("pk", "capabilities")
    return [pk for pk, capabilities in roles if Capability.LEAD in capabilities]
