"""The letter about progress that is ready to send: read it, and press once."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from amends.desk.case_file import CaseFile
from amends.desk.ready_letter import STEP, Ready, ready_letter
from amends.desk.signed_in import staff_of
from amends.desk.steps import way_back


@require_safe
def progress_letter(request: HttpRequest, key: str) -> HttpResponse:
    """A page of its own, or for a script what a dialog over a list shows. Sending it is the step “write”."""
    file = CaseFile.open(key, staff_of(request))
    letter = ready_letter(file)
    context = {
        "file": file,
        "complaint": file.complaint,
        "letter": letter,
        "ready": isinstance(letter, Ready),
        "step": STEP,
        "back": way_back(request.GET.get("back", "")),
    }
    alone = "HX-Request" in request.headers
    return render(request, f"desk/{'parts/ready_letter' if alone else 'progress_letter'}.html", context)
