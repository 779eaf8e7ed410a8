"""The lists of complaints that staff go through, each one indexed scan, and finding one of them.

Open ones come by their due time; ended ones, which have none, the last registered first.
"""

import re
from datetime import datetime

from amends.cases.models import Complaint
from amends.cases.models.complaint import ComplaintQuerySet
from amends.cases.today import with_last_word
from amends.kit.pages import Page, page_by_time, page_from_the_top
from amends.people.customers import named_like
from amends.people.models import StaffMember
from amends.rules.lifecycle import ENDED, Stage

VIEWS = ("open", "mine", "unassigned", "overdue", "ended")
_REFERENCE = re.compile(r"\d{4}-\d{0,9}")


def worklist(staff: StaffMember, show: str, *, at: datetime, after: str = "") -> Page[Complaint]:
    """One page of a list: one of VIEWS or a stage. Raises ValueError for another name or a false cursor."""
    rows = _rows(staff)
    match show:
        case "open":
            return page_by_time(rows.open(), "due_at", after=after)
        case "mine":
            return page_by_time(rows.open().handled_by(staff), "due_at", after=after)
        case "unassigned":
            return page_by_time(rows.open().unassigned(), "due_at", after=after)
        case "overdue":
            return page_by_time(rows.overdue(at), "due_at", after=after)
        case "ended":
            return page_from_the_top(rows.filter(is_open=False, due_at__isnull=True), "pk", after=after)
    stage = Stage(show)
    if stage in ENDED:
        return page_from_the_top(rows.filter(stage=stage, due_at__isnull=True), "pk", after=after)
    return page_by_time(rows.filter(stage=stage), "due_at", after=after)


def found(staff: StaffMember, words: str, *, after: str = "") -> Page[Complaint]:
    """Complaints by the beginning of their reference, or of a customer: exact e-mail, phone or number, or
    the beginning of the name. The last registered first. Raises ValueError for a false cursor."""
    rows = _rows(staff)
    words = words.strip()
    if _REFERENCE.fullmatch(words):
        rows = rows.filter(reference__gte=words, reference__lt=words + ":")  # ":" comes after "9"
        return page_from_the_top(rows, "reference", after=after)
    return page_from_the_top(rows.filter(customer__in=named_like(words)), "pk", after=after)


def _rows(staff: StaffMember) -> ComplaintQuerySet:
    return with_last_word(Complaint.objects.visible_to(staff).for_rows())
