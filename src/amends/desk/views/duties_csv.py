"""The duties of one's department as a file for its own programs. Times are ISO 8601 in UTC."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from amends.cases.duty_lists import DutyState, duties_listed
from amends.cases.models import Duty
from amends.desk.forms.duties_csv import WhichDuties
from amends.desk.signed_in import staff_of
from amends.kit.clock import now
from amends.kit.csv_file import csv_file

COLUMNS = (
    "reference", "duty", "kind", "description", "department", "entrusted_to", "due_at", "waits_for",
    "proof_kind", "proof", "done_at", "done_by",
)  # fmt: skip


@require_safe
def duties_csv(request: HttpRequest) -> HttpResponseBase:
    """GET the file; the form again (422) where the days cannot be."""
    form, staff = WhichDuties(request.GET), staff_of(request)
    if staff.department is None:
        return HttpResponse(status=404)
    if not form.is_valid():
        return render(request, "desk/duties_csv.html", {"form": form}, status=422)
    state = DutyState(form.cleaned_data["state"] or DutyState.OPEN)
    rows = duties_listed(staff, state, department=staff.department, **form.period())
    name = f"duties-{state}-{timezone.localdate(now()).isoformat()}.csv"
    return csv_file(name, COLUMNS, (_cells(duty) for duty in rows.iterator(chunk_size=500)))


def _cells(duty: Duty) -> tuple[str, ...]:
    return (
        duty.complaint.reference,
        duty.key,
        duty.remedy.kind,
        duty.remedy.description,
        duty.department.name if duty.department else "",
        duty.entrusted_to,
        duty.due_at.isoformat(timespec="seconds"),
        duty.waits_for.key if duty.waits_for and duty.waits_for.done_at is None else "",
        duty.proof_kind,
        duty.proof,
        duty.done_at.isoformat(timespec="seconds") if duty.done_at else "",
        duty.done_by_name,
    )
