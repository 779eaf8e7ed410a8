"""Right after the public form: the reference, and the link that is theirs."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from amends.cases.links import link_url
from amends.portal.promises import promises_of
from amends.portal.visit import Visit, opened


def _receipt(visit: Visit) -> HttpResponse:
    clocks = visit.complaint.clocks.filter(stopped_at__isnull=True)
    context = {
        "visit": visit,
        "complaint": visit.complaint,
        "link": link_url(visit.complaint),
        "promises": promises_of(clocks, visit.at),
    }
    return render(visit.request, "portal/receipt.html", context)


receipt = require_safe(opened(_receipt))
