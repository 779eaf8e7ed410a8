"""The complaint page: everything about one case, with one step at hand."""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise

from amends.cases.links import link_url
from amends.cases.process import process_of
from amends.cases.timeline import timeline
from amends.desk.card import Open, card_of, links
from amends.desk.case_file import CaseFile
from amends.rules.capabilities import Capability


def complaint_page(
    request: HttpRequest,
    file: CaseFile,
    opened: Open | None = None,
    *,
    refusal: Sequence[str | Promise] = (),
    status: int = 200,
) -> HttpResponse:
    """The whole page. ``opened`` is the step that the person chose; the next one stands there otherwise."""
    before = request.GET.get("before", "")
    possible_now, refused = links(file)
    context = {
        "file": file,
        "complaint": file.complaint,
        "process": process_of(file.complaint),
        "card": card_of(file, opened, refusal),
        "possible_now": possible_now,
        "refused": refused,
        "timeline": timeline(
            file.complaint,
            before=int(before) if before.isdecimal() else None,
            issues=file.issues,
            inquiries=file.inquiries,
            documents=file.documents,
        ),
        "before": before,
        "customer_link": link_url(file.complaint) if file.actor.may(Capability.HANDLE) else "",
    }
    return render(request, "desk/complaint/page.html", context, status=status)
