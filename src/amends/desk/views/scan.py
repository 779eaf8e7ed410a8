"""A signed paper, page by page as a picture: for who compares it with the settlement."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from amends.cases.models import Complaint, SignedPaper
from amends.correspondence.sealing.scan_pages import NoPicture, page_picture
from amends.desk.signed_in import staff_of
from amends.desk.views.document import harmless


@require_safe
def scan(request: HttpRequest, key: str, paper: int, page: int) -> HttpResponse:
    """The picture of one page. 404 for who may not see the complaint, and where there is no such picture."""
    complaint = get_object_or_404(Complaint.objects.visible_to(staff_of(request)), key=key)
    papers = SignedPaper.objects.select_related("scan")
    row = get_object_or_404(papers, offer__complaint=complaint, pk=paper)
    try:
        content, media_type = page_picture(row.scan, page)
    except NoPicture as none:
        raise Http404 from none
    return harmless(HttpResponse(content, content_type=media_type))
