"""A file of the complaint, as a download; and the customer's data as a file."""

import json

from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.views.decorators.http import require_safe

from amends.cases.documents import path_of
from amends.portal.own_data import own_data
from amends.portal.reading import documents_of
from amends.portal.visit import Visit, no_such_link, opened, private


def _download(visit: Visit, key: str) -> HttpResponseBase:
    document = next((document for document in documents_of(visit) if document.key == key), None)
    if document is None or not path_of(document.sha256).exists():
        return no_such_link(visit.request)
    content = path_of(document.sha256).open("rb")
    response = FileResponse(content, as_attachment=True, filename=document.name)
    response.headers["Content-Type"] = document.media_type
    return private(response, referrer="no-referrer")


def _data(visit: Visit) -> HttpResponse:
    text = json.dumps(own_data(visit), ensure_ascii=False, indent=2, default=str)
    response = HttpResponse(text, content_type="application/json; charset=utf-8")
    name = f"{visit.complaint.reference}.json"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


download = require_safe(opened(_download))
data = require_safe(opened(_data))
