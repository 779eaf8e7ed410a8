"""The lists of complaints."""

from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from amends.cases.words import STAGES
from amends.cases.worklist import VIEWS, found, worklist
from amends.desk.signed_in import staff_of
from amends.desk.views.register import take_complaint
from amends.kit.clock import now
from amends.rules.capabilities import Capability

WORDS = {
    "open": _("Open"),
    "mine": _("On my desk"),
    "unassigned": _("On nobody’s desk"),
    "overdue": _("Overdue"),
    "ended": _("Ended"),
}


def complaints(request: HttpRequest) -> HttpResponse:
    """GET a list of them, POST a new one."""
    if request.method != "POST":
        return listed(request)
    if Capability.REGISTER not in staff_of(request).capabilities:
        raise PermissionDenied
    return take_complaint(request)


def listed(request: HttpRequest) -> HttpResponse:
    """One page: ``show`` a list or a stage, or ``find`` some; ``after`` a cursor. 400 for a false one."""
    show = request.GET.get("show", "open")
    find = request.GET.get("find", "").replace("\0", "").strip()[:200]
    after = request.GET.get("after", "")[:100]
    try:
        staff = staff_of(request)
        page = found(staff, find, after=after) if find else worklist(staff, show, at=now(), after=after)
    except ValueError as error:
        raise BadRequest("no such list, or a cursor that was not made here") from error
    known = {"page": page, "show": "" if find else show, "find": find, "after": after}
    lists = [(name, WORDS[name]) for name in VIEWS]
    return render(request, "desk/complaints.html", known | {"lists": lists, "stages": STAGES.items()})
