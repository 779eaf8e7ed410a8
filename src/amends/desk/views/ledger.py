"""What redress cost: sums, the rows behind each of them, and all of it as a file for accounting."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.core.exceptions import BadRequest, PermissionDenied
from django.db.models import F
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from amends.cases.choices import Category, RemedyKind
from amends.desk.forms.ledger import LedgerForm
from amends.desk.ledger_page import asked_for, by_currency, by_group
from amends.desk.signed_in import staff_of
from amends.insight.ledger import Ledger, State, Which
from amends.kit.clock import now
from amends.kit.csv_file import csv_file
from amends.kit.pages import NotACursor, page_from_the_latest
from amends.rules.capabilities import Capability

READERS = {Capability.LEAD, Capability.APPROVE}
WORDS = {State.DONE: _("Done"), State.OWED: _("Agreed, not done yet")}
HEADS = (
    _("Reference"), _("State"), _("Done or agreed on"), _("Kind of remedy"), _("What exactly"),
    _("To the customer"), _("Cost to the house"), _("Currency"), _("The little more"), _("Proof"),
    _("Department"), _("Category"), _("Cause"), _("Agreed on"), _("Agreement (SHA-256)"),
)  # fmt: skip
_FIELDS = (
    "plan__complaint__reference", "at", "kind", "description", "amount", "cost", "plan__currency",
    "little_more", "duty__proof", "department_name", "category", "cause", "agreed_at", "agreement_sha256",
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
        "headed": by != "month",  # months stand in their order, the currencies of each together
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
    context = {
        "state": state,
        "words": WORDS[State(state)],
        "which": which,
        "asked": asked_for(which) | {"state": state},
        "page": page,
        "after": request.GET.get("after", ""),
    }
    return render(request, "desk/ledger/rows.html", context)


@require_safe
def money_csv(request: HttpRequest) -> StreamingHttpResponse:
    """GET a row for each duty as CSV (UTF-8 with its mark, sums with a point). 400 likewise."""
    ledger, form = _opened(request)
    if not form.is_valid():
        raise BadRequest("no such part of the ledger")
    which = form.which()
    return csv_file(f"redress-{which.since}-{which.until}.csv", HEADS, rows_to_keep(ledger, which))


def _opened(request: HttpRequest) -> tuple[Ledger, LedgerForm]:
    """Raises PermissionDenied for who neither leads nor approves."""
    staff = staff_of(request)
    if not READERS & staff.capabilities:
        raise PermissionDenied
    return Ledger(staff), LedgerForm(request.GET, today=timezone.localdate(now()))


def rows_to_keep(ledger: Ledger, which: Which) -> Iterator[Sequence[object]]:
    """A row for each duty, as accounting wants it: sums are decimal numbers."""
    kinds, categories = dict(RemedyKind.choices), dict(Category.choices)
    for state in State:
        said = str(WORDS[state])
        rows = ledger.listed(state, which).select_related(None).order_by(F("at"), "pk")
        for reference, at, kind, *rest in rows.values_list(*_FIELDS).iterator(chunk_size=2000):
            what, amount, cost, currency, more, proof, department, category, cause, agreed, digest_ = rest
            yield (
                reference, said, _day(at), kinds[kind], what, amount, cost, currency, int(more),
                proof or "", department, categories[category], cause, _day(agreed), digest_,
            )  # fmt: skip


def _day(moment: Any) -> str:
    return timezone.localdate(moment).isoformat() if moment else ""
