"""What falls due when: clocks that run, talks that are agreed, duties that are not done. Pure questions.

Nobody is shown anything of a case in which they are complained about.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from amends.cases.models import Clock, Complaint, Duty, Meeting
from amends.cases.tasks import seen_by
from amends.people.models import StaffMember
from amends.rules.lifecycle import Stage

MOST = 400  # of a kind: more fits no month that a person can read


class Whose(StrEnum):
    """Of whose cases."""

    MINE = "mine"
    TEAM = "team"
    ALL = "all"


WHOSE = {Whose.MINE: _("Mine"), Whose.TEAM: _("My department’s"), Whose.ALL: _("All")}


@dataclass(frozen=True)
class Entry:
    """One thing that falls due. ``what`` is the kind of clock, "talk" or "duty"."""

    at: datetime
    what: str
    row: Clock | Meeting | Duty

    @property
    def complaint(self) -> Complaint:
        """The case that it is about."""
        return self.row.complaint


def entries(staff: StaffMember, whose: Whose, begin: datetime, end: datetime) -> tuple[list[Entry], bool]:
    """What falls due from ``begin`` to before ``end``, in order; and whether there is more than fits.

    Three queries, each along its index.
    """
    clocks = list(_clocks(staff, whose).filter(due_at__gte=begin, due_at__lt=end)[: MOST + 1])
    talks = list(_talks(staff, whose).filter(starts_at__gte=begin, starts_at__lt=end)[: MOST + 1])
    duties = list(_duties(staff, whose).filter(due_at__gte=begin, due_at__lt=end)[: MOST + 1])
    more = any(len(rows) > MOST for rows in (clocks, talks, duties))
    found = [Entry(clock.due_at, clock.kind, clock) for clock in clocks[:MOST]]
    found += [Entry(talk.starts_at, "talk", talk) for talk in talks[:MOST]]
    found += [Entry(duty.due_at, "duty_of", duty) for duty in duties[:MOST]]
    return sorted(found, key=lambda entry: (entry.at, entry.what, entry.row.pk)), more


def _clocks(staff: StaffMember, whose: Whose) -> QuerySet[Clock]:
    rows = Clock.objects.filter(stopped_at__isnull=True, paused_at__isnull=True, complaint__is_open=True)
    if whose is Whose.MINE:
        rows = rows.filter(complaint__handler=staff)
    elif whose is Whose.TEAM:
        rows = rows.filter(complaint__department=staff.department_id or 0)
    return seen_by(rows, staff).select_related("complaint__customer").order_by("due_at", "pk")


def _talks(staff: StaffMember, whose: Whose) -> QuerySet[Meeting]:
    rows = Meeting.objects.filter(cancelled_at__isnull=True)
    if whose is Whose.MINE:
        rows = rows.filter(staff=staff)
    elif whose is Whose.TEAM:
        rows = rows.filter(staff__department=staff.department_id or 0)
    rows = seen_by(rows, staff).select_related("complaint__customer", "staff")
    return rows.order_by("starts_at", "pk")


def _duties(staff: StaffMember, whose: Whose) -> QuerySet[Duty]:
    rows = Duty.objects.filter(done_at__isnull=True, complaint__stage=Stage.FULFILLING)
    if whose is Whose.MINE:
        rows = rows.filter(Q(department=staff.department_id or 0) | Q(complaint__handler=staff))
    elif whose is Whose.TEAM:
        rows = rows.filter(department=staff.department_id or 0)
    rows = seen_by(rows, staff).select_related("complaint__customer", "remedy")
    return rows.order_by("due_at", "pk")
