"""A file of a complaint, as a download and never as a page."""

from django.http import FileResponse, Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from amends.cases.documents import path_of
from amends.cases.models import Complaint, Document
from amends.desk.signed_in import staff_of


@require_safe
def document(request: HttpRequest, key: str, document_key: str) -> FileResponse:
    """The bytes as they came, under the type that was checked. 404 for who may not see the complaint."""
    complaint = get_object_or_404(Complaint.objects.visible_to(staff_of(request)), key=key)
    return as_download(get_object_or_404(Document, complaint=complaint, key=document_key))


def as_download(row: Document) -> FileResponse:
    """This file, to be saved. Raises Http404 when its bytes are gone."""
    try:
        content = path_of(row.sha256).open("rb")
    except FileNotFoundError as missing:
        raise Http404 from missing
    response = FileResponse(content, as_attachment=True, filename=row.name, content_type=row.media_type)
    # Whatever it holds, a browser that opens it all the same runs nothing of it.
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, no-store"
    return response
