"""What redress cost: sums, the rows behind each of them, and all of it as a file for accounting."""

import csv
from collections.abc import Iterator
from typing import Any

from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from amends.cases.models import Remedy
from amends.desk.forms.ledger import LedgerForm
from amends.desk.ledger_page import asked_for, by_currency, by_group
from amends.desk.signed_in import staff_of
from amends.insight.ledger import Ledger, State, department_of
from amends.kit.clock import now
from amends.kit.pages import NotACursor, page_from_the_latest
from amends.rules.capabilities import Capability

READERS = {Capability.LEAD, Capability.APPROVE}
WORDS = {State.DONE: _("Done"), State.OWED: _("Agreed, not done yet")}
HEADS = (
    _("Reference"), _("State"), _("Done or agreed on"), _("Kind of remedy"), _("What exactly"),
    _("To the customer"), _("Cost to the house"), _("Currency"), _("The little more"), _("Proof"),
    _("Department"), _("Category"), _("Cause"), _("Agreed on"), _("Agreement (SHA-256)"),
)  # fmt: skip


@require_safe
def money(request: HttpRequest) -> HttpResponse:
    """GET the sums of a period, by currency and by group; 422 for one that is none."""
    ledger, form = _opened(request)
    if not form.is_valid():
        return render(request, "desk/ledger/page.html", {"form": form}, status=422)
    which, by = form.which(), form.cleaned_data["by"]
    context = {
        "form": form,
        "which": which,
        "asked": asked_for(which),
        "totals": by_currency(ledger, which),
        "groups": by_group(ledger, which, by),
        "by": dict(form.fields["by"].choices)[by],  # type: ignore[attr-defined]
        "by_cause": which.cause is not None,
    }
    return render(request, "desk/ledger/page.html", context)


@require_safe
def money_rows(request: HttpRequest) -> HttpResponse:
    """GET the rows behind a sum, the latest first, page by page. 400 for what no page of ours asks."""
    ledger, form = _opened(request)
    state = request.GET.get("state", State.DONE.value)
    if not form.is_valid() or state not in list(State):
        raise BadRequest("no such part of the ledger")
    which = form.which()
    try:
        rows = ledger.listed(State(state), which)
        page = page_from_the_latest(rows, "at", after=request.GET.get("after", "")[:100])
    except NotACursor as error:
        raise BadRequest("a cursor that was not made here") from error
    for row in page.rows:
        row.department_name = department_of(row)  # type: ignore[attr-defined]
    context = {
        "state": state,
        "words": WORDS[State(state)],
        "which": which,
        "asked": asked_for(which) | {"state": state},
        "page": page,
        "after": request.GET.get("after", ""),
    }
    return render(request, "desk/ledger/rows.html", context)


class _Line:
    """What a csv.writer writes to: it gives each line back."""

    def write(self, line: str) -> str:
        return line


@require_safe
def money_csv(request: HttpRequest) -> HttpResponse:
    """GET a row for each duty as CSV (UTF-8 with its mark, sums with a point). 400 likewise."""
    ledger, form = _opened(request)
    if not form.is_valid():
        raise BadRequest("no such part of the ledger")
    which = form.which()
    lines = _lines(ledger, which)
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    name = f"redress-{which.since}-{which.until}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _opened(request: HttpRequest) -> tuple[Ledger, LedgerForm]:
    """Raises PermissionDenied for who neither leads nor approves."""
    staff = staff_of(request)
    if not READERS & staff.capabilities:
        raise PermissionDenied
    return Ledger(staff), LedgerForm(request.GET, today=timezone.localdate(now()))


def _lines(ledger: Ledger, which: Any) -> Iterator[str]:
    writer = csv.writer(_Line())
    yield "\ufeff" + writer.writerow(HEADS)
    for state in State:
        for row in ledger.listed(state, which).order_by("at", "pk").iterator(chunk_size=2000):
            yield writer.writerow([_harmless(cell) for cell in _cells(state, row)])


def _cells(state: State, row: Remedy) -> tuple[object, ...]:
    complaint, issue, duty = row.plan.complaint, row.issue, getattr(row, "duty", None)
    at, agreed_at = row.at, row.agreed_at  # type: ignore[attr-defined]
    return (
        complaint.reference, WORDS[state], _day(at), row.get_kind_display(), row.description,
        row.amount, row.cost, row.plan.currency, "1" if row.little_more else "0",
        duty.proof if duty else "", department_of(row),
        issue.get_category_display() if issue else complaint.get_category_display(),
        issue.cause if issue else "", _day(agreed_at), row.agreement_sha256,  # type: ignore[attr-defined]
    )  # fmt: skip


def _day(moment: Any) -> str:
    return timezone.localdate(moment).isoformat() if moment else ""


def _harmless(cell: object) -> object:
    """What people typed is never read as a formula by the program that opens the file."""
    return f"'{cell}" if isinstance(cell, str) and cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell
