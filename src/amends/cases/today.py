"""What needs one person today. Pure questions, one indexed scan each, at most LIMIT rows and one to spare.

Nobody is shown anything of a case in which they are complained about.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db.models import CharField, DecimalField, Exists, Func, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Round

from amends.cases.choices import NOT_REACHED
from amends.cases.levels import roles_that_handle
from amends.cases.models import Agreement, Approval, Complaint, Message, Offer, Remedy, SignedPaper
from amends.cases.models.complaint import ComplaintQuerySet
from amends.cases.models.message import Direction
from amends.cases.models.settlement import NOT_WANTED
from amends.cases.rhythm import NOBODYS, leading_roles
from amends.cases.tasks import seen_by
from amends.people.models import SecondPair, StaffMember
from amends.rules.authority import Limits
from amends.rules.capabilities import Capability
from amends.rules.deadlines import ClockKind
from amends.rules.lifecycle import Stage

LIMIT = 25
SEALED_WITHIN = timedelta(minutes=10)  # a job seals at once; longer is no passing trouble
ALWAYS_NEXT = {
    Stage.RECEIVED: "acknowledge",
    Stage.ACKNOWLEDGED: "investigate",
    Stage.AGREED: "fulfil",
    Stage.FOLLOWING_UP: "ask_if_good",
}
# Said in the query itself: with parameters in their place, the index of these few messages is not used.
NOT_REACHED_NOW = [Func(template=f"'{status.value}'", output_field=CharField()) for status in NOT_REACHED]


def on_my_desk(staff: StaffMember) -> ComplaintQuerySet:
    """Open complaints that this person handles, what is due first coming first."""
    rows = Complaint.objects.visible_to(staff).open().handled_by(staff)
    return with_last_word(rows.for_rows()).order_by("pressing_at", "pk")


def without_handler(staff: StaffMember, at: datetime) -> ComplaintQuerySet:
    """Open complaints on nobody's desk, at this person's level or below; higher ones where nobody stands
    higher who could take them up; late ones at any level.
    """
    rows = Complaint.objects.visible_to(staff).open().unassigned()
    rows = rows.filter(Q(level__lte=staff.role.level) | Q(due_at__lt=at) | ~Exists(_above(staff)))
    return with_last_word(rows.for_rows()).order_by("pressing_at", "pk")


def _above(staff: StaffMember) -> QuerySet[StaffMember]:
    """Who stands higher than this person and could take the case of a row up."""
    about_them = Complaint.complained_about.through.objects.filter(
        complaint_id=OuterRef(OuterRef("pk")), staffmember_id=OuterRef("pk")
    )
    roles = [pk for pk, level in roles_that_handle() if level > staff.role.level]
    return StaffMember.objects.filter(~Exists(about_them), is_active=True, role__in=roles)


def climbed(staff: StaffMember) -> ComplaintQuerySet:
    """Late complaints on others' desks that this person's level looks on at: to call, to visit, or to take
    over (mission E3). Who is above sees those that went on to them.
    """
    rows = Complaint.objects.visible_to(staff).open().filter(watch_level__gt=0, handler__isnull=False)
    rows = rows.filter(watch_level__gte=max(staff.role.level, 1)).exclude(handler=staff)
    return with_last_word(rows.for_rows()).order_by("pressing_at", "pk")


def left_behind(staff: StaffMember) -> ComplaintQuerySet:
    """Open complaints on the desk of somebody who does not work here any more."""
    gone = StaffMember.objects.filter(is_active=False)
    rows = Complaint.objects.visible_to(staff).open().filter(handler__in=gone.values("pk"))
    return with_last_word(rows.for_rows()).order_by("pressing_at", "pk")


def wrote_after_the_end(staff: StaffMember) -> ComplaintQuerySet:
    """Ended complaints whose customer wrote since, and nobody has seen to it: the handler's; without one, or
    where they have left, for who leads its department; without such a lead, for all who lead.
    """
    whose = Q(handler=staff)
    if Capability.LEAD in staff.capabilities:
        about_them = Complaint.complained_about.through.objects.filter(
            complaint_id=OuterRef(OuterRef("pk")), staffmember_id=OuterRef("pk")
        )
        leads = StaffMember.objects.filter(~Exists(about_them), is_active=True, role__in=leading_roles())
        theirs = Exists(leads.filter(department=OuterRef("department")))
        whose |= NOBODYS & (Q(department=staff.department_id or 0) | Q(~theirs))
    rows = Complaint.objects.visible_to(staff).filter(whose, wrote_after_end_at__isnull=False)
    return with_last_word(rows.for_rows()).order_by("wrote_after_end_at", "pk")


def awaiting_my_approval(staff: StaffMember, authority: Sequence[Limits], at: datetime) -> ComplaintQuerySet:
    """Complaints whose plan this person may approve, or look at as the first of two: not their own, not
    looked at already, within the sums that they may approve in one case. What else limits them, the page
    says.
    """
    cost = (
        Remedy.objects.filter(plan=OuterRef("current_plan"))
        .order_by()
        .values("plan")
        .annotate(sum=Round(Sum("cost"), precision=2))  # SQLite sums decimals as floating point
        .values("sum")
    )
    holding = [limits for limits in authority if limits.hold(at)]
    first = Approval.objects.filter(
        plan=OuterRef("current_plan"), approved=True, first_of_two=True, voided_at__isnull=True
    )
    covered = Q(plan_cost__lte=0)
    for limits in holding:
        for currency, amount in limits.case.items():
            within = Q(current_plan__currency=currency, plan_cost__lte=amount)
            of_others = ~Q(current_plan__author=limits.holder)
            covered |= within & of_others & Q(current_plan__approve_level__lte=limits.level)
    covered |= Q(two_look=True, looked_at=False)
    covered |= Q(Exists(first.filter(covers=True)))
    rows = Complaint.objects.visible_to(staff).filter(stage=Stage.AWAITING_APPROVAL)
    rows = (
        rows.exclude(current_plan__author=staff)
        .exclude(Exists(first.filter(by=staff)))
        .for_rows()
        .select_related("customer", "current_plan__author")
    )
    money = DecimalField(max_digits=12, decimal_places=2)
    two = SecondPair.objects.filter(
        currency=OuterRef("current_plan__currency"), above__lt=OuterRef("plan_cost")
    )
    rows = rows.annotate(plan_cost=Subquery(cost, output_field=money), looked_at=Exists(first))
    rows = rows.annotate(two_look=Exists(two))
    return rows.filter(covered).order_by("due_at", "pk")


def say_whose_authority(
    rows: Sequence[Complaint], staff: StaffMember, authority: Sequence[Limits], at: datetime
) -> None:
    """Put on each row of ``awaiting_my_approval`` how this person would look at it: ``as_first`` of two,
    ``in_place_of`` whom. A query only for who stands in for somebody.
    """
    lent = [limits for limits in authority if limits.hold(at) and limits.holder != staff.pk]
    names = StaffMember.objects.in_bulk([limits.holder for limits in lent]) if lent else {}
    for row in rows:
        found = [limits for limits in authority if limits.hold(at) and _reaches(limits, row)]
        mine = not found or found[0].holder == staff.pk
        row.as_first = row.two_look and not row.looked_at  # type: ignore[attr-defined]
        row.in_place_of = None if mine else names.get(found[0].holder)  # type: ignore[attr-defined]


def _reaches(limits: Limits, row: Any) -> bool:
    plan = row.current_plan
    if limits.holder == plan.author_id or limits.level < plan.approve_level:
        return False
    return bool(row.plan_cost <= limits.case.get(plan.currency, 0))


def not_delivered(staff: StaffMember) -> QuerySet[Message]:
    """Words of this person's cases that did not reach the customer, or may not have; the oldest first.

    Who hands cases to people sees also those of cases that nobody handles.
    """
    whose = Q(handler=staff)
    if Capability.LEAD in staff.capabilities:
        whose |= NOBODYS
    theirs = Complaint.objects.filter(whose, pk=OuterRef("complaint"))
    rows = Message.objects.filter(Exists(theirs), status__in=NOT_REACHED_NOW)
    rows = seen_by(rows, staff).select_related("complaint__customer", "complaint__representative")
    return rows.order_by("at", "pk")


def papers_to_check(staff: StaffMember) -> QuerySet[SignedPaper]:
    """Settlements that came back signed on paper, for somebody else than who put them on file to compare."""
    open_to_them = Complaint.objects.visible_to(staff).filter(
        stage=Stage.OFFERED, pk=OuterRef("offer__complaint")
    )
    rows = SignedPaper.objects.filter(Exists(open_to_them), accepted__isnull=True).exclude(brought_by=staff)
    rows = rows.select_related("offer__complaint__customer", "offer__complaint__representative", "brought_by")
    return rows.order_by("brought_at", "pk")


def not_sealed(staff: StaffMember, at: datetime) -> ComplaintQuerySet:
    """Open complaints that this person handles, whose agreement could not be sealed for some minutes."""
    waiting = Agreement.objects.filter(
        complaint=OuterRef("pk"),
        pdf__isnull=True,
        ended_at__isnull=True,
        signed_at__lt=at - SEALED_WITHIN,
    )
    rows = Complaint.objects.visible_to(staff).open().handled_by(staff).filter(Exists(waiting))
    return with_last_word(rows.for_rows()).order_by("pressing_at", "pk")


def with_last_word(rows: ComplaintQuerySet) -> ComplaintQuerySet:
    """With ``last_word``: which way the last words went ("in", "out" or nothing); and ``not_wanted``: whether
    the customer was offered the plan as it stands, and did not take it.
    """
    words = Message.objects.filter(complaint=OuterRef("pk")).exclude(direction=Direction.INSIDE)
    offered = Offer.objects.filter(plan=OuterRef("current_plan"), answer__in=NOT_WANTED)
    return rows.annotate(
        last_word=Subquery(words.order_by("-at", "-pk").values("direction")[:1]), not_wanted=Exists(offered)
    )


def next_of(complaint: Complaint) -> str:
    """The handler's next step, told from the row alone; the complaint's page knows it exactly."""
    stage = Stage(complaint.stage)
    if complaint.due_kind == ClockKind.ACKNOWLEDGEMENT and stage is not Stage.RECEIVED:
        return "write"  # they asked for somebody higher, and have no word yet
    match stage:
        case Stage.INVESTIGATING:
            return "decide" if complaint.said_back_at and not complaint.correction else "say_back"
        case Stage.DECIDED:
            other_plan = complaint.current_plan_id is None or getattr(complaint, "not_wanted", False)
            return "plan" if other_plan else "offer"
        case Stage.FULFILLING:
            return "write" if complaint.due_kind == ClockKind.UPDATE else "complete"
        case _:  # or somebody else is at it: meanwhile the customer must not stay without word
            return ALWAYS_NEXT.get(stage, "write")
