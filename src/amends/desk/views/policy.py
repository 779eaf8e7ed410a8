"""The house's policy: what is in force, drafts of it, and switching one on."""

from collections.abc import Callable
from datetime import datetime, time
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from amends.cases import house_policy
from amends.cases.house_policy import Clash
from amends.cases.models import PolicyVersion
from amends.cases.reckoning import office
from amends.desk.carrying import carry_out
from amends.desk.forms.policy import NewDraft, Seen, SwitchOn
from amends.desk.policy_page import (
    EARLIER,
    back_to,
    draft_of,
    look_at,
    readers_only,
    state_of,
    typed_case,
    version_of,
    version_page,
)
from amends.desk.signed_in import staff_of
from amends.kit.chain import digest
from amends.kit.clock import now
from amends.kit.once import OtherRequest, once
from amends.rules.capabilities import Capability
from amends.rules.policy import Table

START = "start"  # like what a new house begins with


@require_safe
def policy(request: HttpRequest) -> HttpResponse:
    """GET the policy in force, the drafts and every version before."""
    readers_only(request)
    return _list(request, NewDraft())


def _list(request: HttpRequest, form: NewDraft, *, status: int = 200) -> HttpResponse:
    staff, at = staff_of(request), now()
    standing = house_policy.in_force(at)
    versions = PolicyVersion.objects.select_related("made_by", "switched_on_by").order_by("-version")[
        :EARLIER
    ]
    context = {
        "standing": standing,
        "table": house_policy.table_of(standing) if standing else None,
        "versions": [(version, state_of(version, at)) for version in versions],
        "form": form,
        "home": office().country,
        "may_write": Capability.LEAD in staff.capabilities,
        "may_switch": Capability.ADMINISTER in staff.capabilities,
    }
    return render(request, "desk/policy/list.html", context, status=status)


@require_safe
def policy_version(request: HttpRequest, number: int) -> HttpResponse:
    """GET one version; a script of the page asks for what a case would get alone."""
    staff = readers_only(request)
    version = version_of(number)
    if request.htmx:  # type: ignore[attr-defined]
        looked = look_at(house_policy.table_of(version), typed_case(request.GET), staff)
        return render(request, "desk/policy/looked.html", {"looked": looked})
    return version_page(request, version)


@require_safe
def policy_table(request: HttpRequest, number: int) -> HttpResponse:
    """GET the table as JSON, as ``rules.policy`` reads it."""
    readers_only(request)
    version = version_of(number)
    response = JsonResponse(version.table, json_dumps_params={"indent": 2, "ensure_ascii": False})
    response["Content-Disposition"] = f'attachment; filename="policy-{number}.json"'
    return response


@require_POST
def new_policy(request: HttpRequest) -> HttpResponse:
    """POST a draft like a version (its number), like what a house begins with, or an empty one. 422."""
    form = NewDraft(request.POST)
    if not form.is_valid():
        return _list(request, form, status=422)
    staff, like = staff_of(request), form.cleaned_data["like"]

    def write() -> tuple[int, dict[str, Any]]:
        table = Table()
        if like == START:
            table = house_policy.start_table(staff.language)
        elif like.isdecimal():
            table = house_policy.table_of(version_of(int(like)))
        draft = house_policy.draft(by=staff, at=now(), name=form.cleaned_data["name"], table=table)
        return 303, {"version": draft.version}

    asked = digest(f"{like} {form.cleaned_data['name']}")[
        :16
    ]  # another button of the same page is another wish
    done = once(f"desk:{staff.pk}", f"{form.cleaned_data['once']}:{asked}", asked, write)
    return back_to(version_of(done.answer["version"]))


@require_POST
def policy_on(request: HttpRequest, number: int) -> HttpResponse:
    """POST from when a draft holds, and why. 422 if something is wrong, 409 if it changed meanwhile."""
    version, form = draft_of(number), SwitchOn(request.POST)
    if not form.is_valid():
        return version_page(request, version, {"switch": form}, status=422)
    said, at = form.cleaned_data, now()
    since = timezone.make_aware(datetime.combine(said["since"], time.min)) if said["since"] else at
    return changed(
        request,
        version,
        form,
        lambda: house_policy.switch_on(
            version, by=staff_of(request), at=at, since=since, note=said["note"], seen=said["seen"]
        ),
        gettext("Plans go by it from then on. Those that are written keep what proposed them."),
    )


@require_POST
def policy_back(request: HttpRequest, number: int) -> HttpResponse:
    """POST: make a draft again of a version that was to hold later. 409 if it holds already."""
    version, form = version_of(number), Seen(request.POST)
    if not form.is_valid():
        return version_page(request, version, status=422)
    told = gettext("It is a draft again.")
    return changed(request, version, form, lambda: house_policy.call_back(version, at=now()), told)


@require_POST
def policy_removal(request: HttpRequest, number: int) -> HttpResponse:
    """POST: throw a draft away. 409 if it changed meanwhile."""
    version, form = draft_of(number), Seen(request.POST)
    if not form.is_valid():
        return version_page(request, version, status=422)
    seen, told = form.cleaned_data["seen"], gettext("The draft is thrown away.")
    return changed(
        request, version, form, lambda: house_policy.throw_away(version, seen=seen), told, to_list=True
    )


def changed(
    request: HttpRequest,
    version: PolicyVersion,
    form: Seen,
    change: Callable[[], object],
    said: str,
    *,
    to_list: bool = False,
    anchor: str = "",
) -> HttpResponse:
    """Carry a change out once and go back; the page again with 409 if somebody was faster."""
    try:
        carry_out(request, form, change)
    except (Clash, OtherRequest):
        return version_page(request, version_of(version.version), {"clash": True}, status=409)
    if said:
        messages.success(request, said)
    return back_to(None if to_list else version, anchor)
