"""One complaint."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from amends.desk.case_file import CaseFile
from amends.desk.complaint_page import complaint_page
from amends.desk.signed_in import staff_of


@require_safe
def complaint(request: HttpRequest, key: str) -> HttpResponse:
    """The complaint page with its next step at hand."""
    return complaint_page(request, CaseFile.open(key, staff_of(request)))
