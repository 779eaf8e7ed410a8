"""Files on a case: attached as multipart, handed out as downloads."""

from typing import Any

from django.http import FileResponse, Http404
from django.utils.translation import gettext_noop
from ninja import File, Form
from ninja.files import UploadedFile

from amends.api.auth import Request
from amends.api.finding import complaint_of, document_of
from amends.api.operations import reads, step
from amends.api.schemas.answers import DocumentFile, Listing
from amends.cases import actions
from amends.cases.documents import accept, path_of
from amends.cases.models import Document
from amends.kit.clock import now

TOPIC = gettext_noop("Documents")


@reads(TOPIC, "/complaints/{key}/documents", Listing[DocumentFile])
def documents(request: Request, key: str) -> dict[str, Any]:
    """The files on the case"""
    return {"items": complaint_of(request, key).documents.all()}


@step(TOPIC, "/complaints/{key}/documents", DocumentFile, takes="attach", status=201)
def attach(
    request: Request, key: str, file: File[UploadedFile], for_customer: Form[bool] = False
) -> Document:
    """Attach a file of up to 20 MB"""
    complaint = complaint_of(request, key)
    return actions.attach(
        complaint, by=request.auth.actor, at=now(), document=accept(file), for_customer=for_customer
    )


@reads(TOPIC, "/complaints/{key}/documents/{document}/content", None)
def document_content(request: Request, key: str, document: str) -> FileResponse:
    """The bytes of a file"""
    row = document_of(request, key, document)
    try:
        file = path_of(row.sha256).open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    return FileResponse(file, as_attachment=True, filename=row.name, content_type="application/octet-stream")
