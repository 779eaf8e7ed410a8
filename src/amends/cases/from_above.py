"""What those above look at: letters to the chief executive, and cases that take long.

Pure questions, one indexed scan each. Nobody is shown anything of a case in which they are complained about.
"""

from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet

from amends.cases.models import Clock, Complaint, Event
from amends.cases.models.complaint import ComplaintQuerySet
from amends.cases.tasks import seen_by
from amends.cases.today import with_last_word
from amends.people.models import StaffMember
from amends.rules.deadlines import ClockKind
from amends.rules.lifecycle import STEPS


def written_to_the_top(staff: StaffMember) -> ComplaintQuerySet:
    """Open complaints addressed to the chief executive, for who is the most senior here (mission A2). With
    ``again``: whether they wrote a second time.
    """
    if StaffMember.objects.filter(is_active=True, role__level__gt=staff.role.level).exists():
        return Complaint.objects.none()
    rows = Complaint.objects.visible_to(staff).open().filter(to_executive=True)
    event = STEPS["reach_executive"].event
    letters = Event.objects.filter(complaint=OuterRef("pk"), name=event, data__again=True)
    return with_last_word(rows.for_rows()).annotate(again=Exists(letters)).order_by("pressing_at", "pk")


def long_ones(staff: StaffMember, at: datetime) -> QuerySet[Clock]:
    """The clocks of long cases that somebody senior has to look at by now (mission C11), the oldest first."""
    rows = Clock.objects.filter(kind=ClockKind.REVIEW.value, stopped_at__isnull=True, due_at__lte=at)
    rows = seen_by(rows.filter(complaint__is_open=True), staff)
    return rows.select_related("complaint__customer", "complaint__handler").order_by("due_at", "pk")
