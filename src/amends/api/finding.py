"""Finding what a program names: always among what its member of staff may see."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.db.models import Model, Q
from django.http import Http404
from django.utils.translation import gettext_lazy as _

from amends.api.auth import Request
from amends.api.problems import Invalid
from amends.cases.models import (
    Clock,
    Complaint,
    ComplaintQuerySet,
    Document,
    Duty,
    Inquiry,
    Issue,
    Meeting,
    Message,
    Offer,
    Plan,
    Proceeding,
)
from amends.kit.clock import now
from amends.people.models import Department, StaffMember


def visible(request: Request) -> ComplaintQuerySet:
    """The complaints that this caller may see: none in which their member of staff is complained about."""
    rows = Complaint.objects.visible_to(request.auth.staff)
    return rows.select_related("customer", "representative", "handler", "department")


def complaint_of(request: Request, key: str) -> Complaint:
    """The complaint with this key. Raises Http404 for one that is not there, or not to be seen."""
    found = None if "\0" in key else visible(request).filter(key=key).first()
    if found is None:
        raise Http404
    return found


def act[R](request: Request, key: str, action: Callable[..., R], **given: Any) -> R:
    """Take a step with the complaint of this key, in the caller's name, now."""
    return action(complaint_of(request, key), by=request.auth.actor, at=now(), **given)


def part_of[M: Model](
    request: Request, key: str, model: type[M], /, *, joined: Sequence[str] = (), **named: Any
) -> M:
    """Something that hangs on a complaint: a point, a round, a duty. Raises Http404."""
    complaint = complaint_of(request, key)
    rows = model._default_manager.filter(complaint=complaint, **named)
    found = (rows.select_related(*joined) if joined else rows).first()
    if found is None:
        raise Http404
    found.complaint = complaint  # type: ignore[attr-defined]  # as this caller may see it, not read anew
    return found


def issue_of(request: Request, key: str, position: int) -> Issue:
    """A point of a complaint, by its position."""
    return part_of(request, key, Issue, position=position)


def plan_of(request: Request, key: str, version: int) -> Plan:
    """A version of the plan."""
    return part_of(request, key, Plan, version=version)


def offer_of(request: Request, key: str, round_: int) -> Offer:
    """A round of the negotiation."""
    return part_of(request, key, Offer, joined=("plan",), round=round_)


def inquiry_of(request: Request, key: str, inquiry: str) -> Inquiry:
    """An inquiry, by its key."""
    return part_of(request, key, Inquiry, joined=("colleague", "department"), key=clean(inquiry))


def proceeding_of(request: Request, key: str, proceeding: str) -> Proceeding:
    """The complaint with a body outside, by its key."""
    return part_of(request, key, Proceeding, key=clean(proceeding))


def duty_of(request: Request, key: str, duty: str) -> Duty:
    """A duty, by its key."""
    return part_of(request, key, Duty, joined=("remedy", "department", "waits_for"), key=clean(duty))


def document_of(request: Request, key: str, document: str) -> Document:
    """A file on the case, by its key."""
    return part_of(request, key, Document, key=clean(document))


def message_of(request: Request, key: str, message: str) -> Message:
    """A message, by its key."""
    return part_of(request, key, Message, key=clean(message))


def meeting_of(request: Request, key: str, meeting: str) -> Meeting:
    """A talk, by its key."""
    return part_of(request, key, Meeting, joined=("staff",), key=clean(meeting))


def clock_of(request: Request, key: str, kind: str) -> Clock:
    """The running clock of this kind. Raises Http404."""
    return part_of(request, key, Clock, kind=clean(kind), stopped_at__isnull=True)


def clean(key: str) -> str:
    """A key as it came in an address, without what no database takes: then it is simply not found."""
    return key.replace("\0", "")


def document_given(complaint: Complaint, key: str, field: str) -> Document | None:
    """A file of the same complaint, named in a body; None for no name. Raises Invalid for an unknown one."""
    if not key:
        return None
    found = complaint.documents.filter(key=key).first()
    if found is None:
        raise Invalid(field, _("The complaint has no document with this key."))
    return found


def staff_named(name: str, field: str) -> StaffMember:
    """Who is named by key or e-mail address, and works here. Raises Invalid for nobody."""
    named = Q(key=name) | Q(email__iexact=name)
    found = StaffMember.objects.select_related("role").filter(named, is_active=True).first()
    if found is None:
        raise Invalid(field, _("Nobody with this key or e-mail address works here."))
    return found


def all_staff_named(names: Iterable[str], field: str) -> list[StaffMember]:
    """Everybody named. Raises Invalid if one of them is nobody."""
    return [staff_named(name, f"{field}/{number}") for number, name in enumerate(names)]


def department_named(name: str, field: str) -> Department | None:
    """The department of this name; None for no name. Raises Invalid for an unknown one."""
    if not name:
        return None
    found = Department.objects.filter(name__iexact=name).first()
    if found is None:
        raise Invalid(field, _("The house has no department of this name."))
    return found
