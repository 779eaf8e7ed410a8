"""Two versions of a plan side by side."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from amends.cases.models import Plan
from amends.cases.plan_changes import compared
from amends.desk.case_file import CaseFile
from amends.desk.signed_in import staff_of


@require_safe
def plan_comparison(request: HttpRequest, key: str) -> HttpResponse:
    """GET ?before=1&after=2; without them the last two. 404 where the case has no two versions."""
    file = CaseFile.open(key, staff_of(request))
    versions = {plan.version: plan for plan in file.plans}
    if len(versions) < 2:
        raise Http404
    newest = max(versions)
    after = _asked(request, "after", versions) or versions[newest]
    before = _asked(request, "before", versions) or versions[max(after.version - 1, 1)]
    context = {
        "file": file,
        "complaint": file.complaint,
        "compared": compared(before, after),
        "versions": sorted(versions),
        "offered": {offer.plan_id: offer.round for offer in file.offers},
    }
    return render(request, "desk/plan_comparison.html", context)


def _asked(request: HttpRequest, name: str, versions: dict[int, Plan]) -> Plan | None:
    number = request.GET.get(name, "")
    return versions.get(int(number)) if number.isdecimal() and len(number) < 6 else None
