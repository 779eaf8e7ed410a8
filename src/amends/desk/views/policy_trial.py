"""Trying a version of the policy on the past: asked for here, reckoned by a worker, shown when it is done."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from amends.cases.models import PolicyVersion
from amends.desk.forms.policy import TrialForm
from amends.desk.policy_page import version_of
from amends.desk.signed_in import staff_of
from amends.desk.trial_page import found_by
from amends.insight.models import Bucket, PolicyTrial, TrialCase
from amends.insight.trial.running import latest, table_digest, try_on_the_past
from amends.kit.answers import see_other
from amends.kit.chain import digest
from amends.kit.clock import now
from amends.kit.csv_file import csv_file
from amends.kit.once import once
from amends.kit.pages import NotACursor, page_by_number
from amends.people.models import StaffMember


@require_http_methods(["GET", "HEAD", "POST"])
def policy_trial(request: HttpRequest, number: int) -> HttpResponse:
    """GET the last trial of a version, or how far it has come; POST another one, over a period. 422."""
    version = version_of(number)
    if request.method != "POST":
        return _page(request, version, TrialForm())
    form = TrialForm(request.POST)
    if not form.is_valid():
        return _page(request, version, form, status=422)
    staff, said = staff_of(request), form.values()

    def begin() -> tuple[int, dict[str, Any]]:
        try_on_the_past(version, by=staff, at=now(), **said)
        return 303, {}

    asked = f"{number} {said['since']} {said['until']}"  # another period of the same page is another trial
    once(f"desk:{staff.pk}", f"{form.cleaned_data['once']}:{asked}", digest(asked), begin)
    return see_other("desk:policy-trial", number)


def _page(
    request: HttpRequest, version: PolicyVersion, form: TrialForm, *, status: int = 200
) -> HttpResponse:
    trial = latest(version)
    context = {
        "version": version,
        "form": form,
        "trial": trial,
        "found": found_by(trial),
        "changed": trial is not None and trial.table_sha256 != table_digest(version),
        "percent": 100 * trial.looked_at // trial.of if trial and trial.of else 0,
    }
    part = request.htmx and request.method == "GET"  # type: ignore[attr-defined]
    if part and trial is not None and trial.done_at is not None:
        response = HttpResponse(status=200)
        response["HX-Refresh"] = "true"
        return response
    template = "desk/policy/progress.html" if part else "desk/policy/trial.html"
    return render(request, template, context, status=status)


def _done(version: PolicyVersion) -> PolicyTrial:
    trial = latest(version)
    if trial is None or trial.done_at is None:
        raise Http404
    return trial


def _cases(trial: PolicyTrial, staff: StaffMember) -> QuerySet[TrialCase]:
    """The cases that this person may see: none in which they are complained about."""
    rows = TrialCase.objects.filter(trial=trial).exclude(complaint__complained_about=staff)
    return rows.select_related("complaint")


@require_safe
def trial_cases(request: HttpRequest, number: int) -> HttpResponse:
    """GET the cases behind a number of the trial, page by page."""
    version = version_of(number)
    trial, staff = _done(version), staff_of(request)
    bucket = request.GET.get("bucket", Bucket.MORE.value)
    if bucket not in Bucket.values:
        raise Http404
    rows = _cases(trial, staff).filter(bucket=bucket).defer("complaint__story", "complaint__understood")
    try:
        page = page_by_number(rows, after=request.GET.get("after", ""))
    except NotACursor:
        raise Http404 from None
    context = {
        "version": version,
        "trial": trial,
        "bucket": Bucket(bucket),
        "buckets": list(Bucket),
        "page": page,
        "after": request.GET.get("after", ""),
    }
    return render(request, "desk/policy/cases.html", context)


@require_safe
def trial_csv(request: HttpRequest, number: int) -> StreamingHttpResponse:
    """GET every case of the trial as CSV (UTF-8 with its mark, sums with a point)."""
    trial = _done(version_of(number))
    heads = (_("Reference"), _("Received"), _("Currency"), _("Cost then"), _("Cost now"), _("Difference"),
             _("Group"), _("Satisfied then"), _("Level that approves"))  # fmt: skip
    return csv_file(f"policy-{number}-trial.csv", heads, _rows_to_keep(trial, staff_of(request)))


_FIELDS = (
    "complaint__reference", "complaint__received_at", "currency", "then", "now", "bucket", "answer", "level",
)  # fmt: skip


def _rows_to_keep(trial: PolicyTrial, staff: StaffMember) -> Iterator[Sequence[object]]:
    rows = _cases(trial, staff).select_related(None).order_by("pk").values_list(*_FIELDS)
    for reference, received_at, currency, then, now_, *rest in rows.iterator(chunk_size=2000):
        day = timezone.localdate(received_at).isoformat()
        yield (reference, day, currency, then, now_, now_ - then, *rest)
