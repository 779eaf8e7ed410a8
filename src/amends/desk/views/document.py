"""A file of a complaint, as a download and never as a page."""

from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
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
    return saved_as(row.name, row.sha256, row.media_type)


def saved_as(name: str, sha256: str, media_type: str) -> FileResponse:
    """The bytes with this digest, to be saved under a name. Raises Http404 when they are gone."""
    try:
        content = path_of(sha256).open("rb")
    except FileNotFoundError as missing:
        raise Http404 from missing
    return harmless(FileResponse(content, as_attachment=True, filename=name, content_type=media_type))


def harmless[R: HttpResponseBase](response: R) -> R:
    """Whatever came from outside, a browser that opens it runs nothing of it and keeps nothing."""
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, no-store"
    return response
