"""The rows of a draft: written, moved, removed, each with what a case would get by it meanwhile."""

from dataclasses import replace

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from amends.cases import house_policy
from amends.cases.house_policy import Clash
from amends.cases.models import PolicyVersion
from amends.desk.carrying import carry_out
from amends.desk.forms.policy import CaseForm, Departures, Seen
from amends.desk.forms.policy_row import RowForm
from amends.desk.policy_page import Looked, back_to, draft_of, look_at, typed_case, version_page
from amends.desk.signed_in import staff_of
from amends.desk.views.policy import changed
from amends.kit.once import OtherRequest
from amends.rules.policy import Table


@require_http_methods(["GET", "HEAD", "POST"])
def policy_row(request: HttpRequest, number: int, row_id: str = "") -> HttpResponse:
    """GET the form of a row or of a new one, POST it. ``look`` says only what a case would get by it.

    422 if something is wrong, 409 if the draft changed meanwhile.
    """
    version = draft_of(number)
    table = house_policy.table_of(version)
    row = table.row(row_id) if row_id else None
    if row_id and row is None:
        raise Http404
    seen = {"seen": house_policy.seen_of(version)}
    if request.method != "POST":
        return _page(request, version, RowForm(table=table, row=row, initial=seen))
    form = RowForm(request.POST, table=table, row=row)
    if "look" in request.POST:
        return _looked(request, version, form)
    if form.wants_another_line():
        return _page(request, version, form)
    if not form.is_valid():
        return _page(request, version, form, status=422)
    try:
        carry_out(request, form, lambda: _rewrite(version, form.rewritten(), form))
    except (Clash, OtherRequest):
        version = draft_of(number)
        form.renew(seen=house_policy.seen_of(version))
        return _page(request, version, form, status=409, clash=True)
    assert form.made is not None
    return back_to(version, form.made.id)


def _looked(request: HttpRequest, version: PolicyVersion, form: RowForm) -> HttpResponse:
    """What the case would get, with the row as it is typed."""
    staff = staff_of(request)
    if form.is_valid():
        looked = look_at(form.rewritten(), typed_case(request.POST), staff)
    else:
        looked = Looked(CaseForm(request.POST), why_not=gettext("Something in the row is not right yet."))
    if request.htmx:  # type: ignore[attr-defined]
        return render(request, "desk/policy/looked.html", {"looked": looked})
    return _page(request, version, form, looked=looked)


def _page(
    request: HttpRequest,
    version: PolicyVersion,
    form: RowForm,
    *,
    status: int = 200,
    clash: bool = False,
    looked: Looked | None = None,
) -> HttpResponse:
    if looked is None:
        looked = look_at(form.table, None, staff_of(request))
        looked = replace(looked, form=CaseForm(typed_case(request.POST), initial=looked.form.initial))
    context = {"version": version, "form": form, "clash": clash, "looked": looked}
    return render(request, "desk/policy/row.html", context, status=status)


@require_POST
def policy_row_place(request: HttpRequest, number: int, row_id: str) -> HttpResponse:
    """POST ``up`` or ``down``: the first row that fits holds, so their order says something. 409."""
    version, form = draft_of(number), Seen(request.POST)
    table = house_policy.table_of(version)
    if not form.is_valid() or table.row(row_id) is None:
        return version_page(request, version, {"clash": True}, status=409)
    moved = _moved(table, row_id, -1 if "up" in request.POST else 1)
    return changed(request, version, form, lambda: _rewrite(version, moved, form), "", anchor=row_id)


@require_POST
def policy_row_removal(request: HttpRequest, number: int, row_id: str) -> HttpResponse:
    """POST: take the row out of the draft. 409."""
    version, form = draft_of(number), Seen(request.POST)
    table = house_policy.table_of(version)
    if not form.is_valid() or (row := table.row(row_id)) is None:
        return version_page(request, version, {"clash": True}, status=409)
    left = replace(table, rows=tuple(one for one in table.rows if one.id != row_id))
    said = gettext("“%(name)s” is taken out of the draft.") % {"name": row.name}
    return changed(request, version, form, lambda: _rewrite(version, left, form), said)


@require_POST
def policy_departures(request: HttpRequest, number: int) -> HttpResponse:
    """POST the lowest level that may approve what departs from the draft. 422, 409."""
    version, form = draft_of(number), Departures(request.POST)
    if not form.is_valid():
        return version_page(request, version, {"departures": form}, status=422)
    other = replace(house_policy.table_of(version), departure_level=form.cleaned_data["level"])
    return changed(request, version, form, lambda: _rewrite(version, other, form), gettext("It is kept."))


def _rewrite(version: PolicyVersion, table: Table, form: Seen) -> None:
    house_policy.rewrite(version, table, seen=form.cleaned_data["seen"])


def _moved(table: Table, row_id: str, by: int) -> Table:
    rows = list(table.rows)
    place = next(number for number, row in enumerate(rows) if row.id == row_id)
    row = rows.pop(place)
    rows.insert(max(0, place + by), row)
    return replace(table, rows=tuple(rows))
