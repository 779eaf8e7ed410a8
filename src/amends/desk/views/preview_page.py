"""One page of a preview: a picture of a letter's page, or a mail as it will look."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from amends.cases.models import Complaint
from amends.desk.previewing import KEPT, kept_page
from amends.desk.signed_in import staff_of

TYPES = {"png": "image/png", "html": "text/html; charset=utf-8"}
# A mail's styles stand on its elements; nothing in it is fetched or run.
CSP = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox"


@require_safe
@xframe_options_sameorigin
def preview_page(request: HttpRequest, key: str, name: str) -> HttpResponse:
    """The page. Its name is the digest of its content, so a browser may keep it. 404 when it is gone."""
    complaint = get_object_or_404(Complaint.objects.visible_to(staff_of(request)), key=key)
    media_type = TYPES.get(name.rpartition(".")[2])
    content = kept_page(complaint, name) if media_type else None
    if content is None:
        raise Http404
    response = HttpResponse(content, content_type=media_type)
    response.headers["Content-Security-Policy"] = CSP
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = f"private, max-age={KEPT}, immutable"
    return response
