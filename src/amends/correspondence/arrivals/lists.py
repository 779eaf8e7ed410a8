"""Lists of mail that came in, as one member of staff may see it."""

from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from amends.cases.models import Complaint
from amends.cases.tasks import seen_by
from amends.correspondence.models import Arrival, MailSource
from amends.people.models import StaffMember

# A source that works says so twice a minute (``mailroom.standing``); one fault that is over soon is none.
SILENT, FAULTY = timedelta(minutes=3), timedelta(minutes=1)


def unclear(staff: StaffMember) -> QuerySet[Arrival]:
    """What a person must look at; ordered by ``arrived_at`` it is one scan of its own index."""
    return visible(staff).filter(state=Arrival.State.UNCLEAR)


def visible(staff: StaffMember) -> QuerySet[Arrival]:
    """All mail, but that of a case in which this person is complained about."""
    return seen_by(Arrival.objects.all(), staff).select_related("complaint")


def came_for(complaint: Complaint) -> QuerySet[Arrival]:
    """The mail that was put on this case, by its first word or later; not what only may belong there."""
    put_there = Q(state=Arrival.State.TAKEN) | Q(state=Arrival.State.AUTOMATIC, became__isnull=False)
    return complaint.arrivals.filter(put_there)


def stopped(at: datetime) -> list[MailSource]:
    """Where mail should come from and does not: it fails, or nobody has asked for it for minutes."""
    silent, faulty = Q(checked_at__lt=at - SILENT), Q(failing_since__lte=at - FAULTY)
    return list(MailSource.objects.filter(silent | faulty).order_by("name"))
