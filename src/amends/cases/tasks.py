"""What one person is asked, and what their department carries out.

Nobody is shown anything of a case in which they are complained about.
"""

from django.db.models import Exists, OuterRef, Q, QuerySet

from amends.cases.choices import NOT_REACHED, Channel, ProofKind
from amends.cases.models import Complaint, Duty, Inquiry, Message
from amends.cases.models.message import Direction
from amends.people.models import StaffMember
from amends.rules.lifecycle import Stage

CAN_BE_DONE = Q(waits_for__isnull=True) | Q(waits_for__done_at__isnull=False)  # of a duty
MOST = 100


def addressed_to(staff: StaffMember) -> QuerySet[Inquiry]:
    """Every inquiry to this person or to their department, answered or not."""
    theirs = Q(colleague=staff) | Q(colleague__isnull=True, department=staff.department_id or 0)
    return seen_by(Inquiry.objects.filter(theirs), staff).select_related("complaint", "asked_by")


def inquiries_to(staff: StaffMember, most: int = MOST) -> list[Inquiry]:
    """Open inquiries of open complaints to this person or their department, the first due first. Two scans of
    ``most`` rows: one by person and one by department, each by its own index.
    """
    rows = seen_by(Inquiry.objects.filter(is_open=True, complaint__is_open=True), staff).select_related(
        "complaint", "asked_by"
    )
    rows = rows.order_by("due_at")
    found = list(rows.filter(colleague=staff)[:most])
    if staff.department_id is not None:
        found += rows.filter(department=staff.department_id, colleague__isnull=True)[:most]
    return sorted(found, key=lambda inquiry: (inquiry.due_at, inquiry.pk))[:most]


def to_be_done_by(staff: StaffMember) -> QuerySet[Duty]:
    """Every duty of this person's department, done or not."""
    rows = Duty.objects.filter(department=staff.department_id or 0)
    return seen_by(rows, staff).select_related(
        "complaint", "remedy__issue", "remedy__plan", "waits_for__remedy"
    )


def duties_of(staff: StaffMember) -> QuerySet[Duty]:
    """What this person's department has still to carry out, the first due coming first."""
    rows = to_be_done_by(staff).filter(done_at__isnull=True, complaint__stage=Stage.FULFILLING)
    return rows.order_by("due_at")


def letters_of(*duties: Duty) -> dict[int, list[Message]]:
    """What went to the customers of these duties' cases, by complaint and the newest first: one of these may
    be what a duty asks for. One query, and none where no letter is asked for.
    """
    of = {duty.complaint_id for duty in duties if duty.proof_kind == ProofKind.LETTER}
    found: dict[int, list[Message]] = {complaint: [] for complaint in of}
    if of:
        sent = Message.objects.filter(complaint__in=of, direction=Direction.OUT)
        sent = sent.filter(channel__in=(Channel.LETTER, Channel.EMAIL)).exclude(status__in=NOT_REACHED)
        for message in sent.order_by("-at", "-pk"):
            found[message.complaint_id].append(message)
    return found


def seen_by[Rows: QuerySet](rows: Rows, staff: StaffMember) -> Rows:  # type: ignore[type-arg]
    """Rows that hang on a complaint, without those of one in which this person is complained about."""
    about_them = Complaint.complained_about.through.objects.filter(
        complaint_id=OuterRef("complaint_id"), staffmember_id=staff.pk
    )
    return rows.filter(~Exists(about_them))
