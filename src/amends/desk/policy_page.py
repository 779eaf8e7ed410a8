"""What the pages of the policy show: a version, what a case would get by it, what a trial found."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from amends.cases import house_policy
from amends.cases.models import Complaint, PolicyVersion
from amends.cases.policy import Considered, consider, consider_case
from amends.cases.reckoning import office
from amends.desk.forms.policy import CaseForm, Departures, SwitchOn
from amends.desk.signed_in import staff_of
from amends.kit.answers import see_other
from amends.kit.clock import now
from amends.people.models import StaffMember
from amends.rules.capabilities import Capability
from amends.rules.floors import floor_named, floors_of
from amends.rules.policy import Table

READERS = {Capability.HANDLE, Capability.ADMINISTER}
EARLIER = 50  # versions on the page


@dataclass(frozen=True)
class Looked:
    """A case and what it would get; or why that cannot be said."""

    form: CaseForm
    considered: Considered | None = None
    complaint: Complaint | None = None
    why_not: str | Promise = ""

    @property
    def below(self) -> list[Any]:
        """The floors that the proposal falls below."""
        return [floor_named(one) for one in self.considered.below_floor] if self.considered else []


def readers_only(request: HttpRequest) -> StaffMember:
    """Who reads: who plans by it, and who keeps the house. Raises PermissionDenied."""
    staff = staff_of(request)
    if not READERS & set(staff.capabilities):
        raise PermissionDenied
    return staff


def version_of(number: int) -> PolicyVersion:
    """The version with this number. Raises Http404."""
    found = PolicyVersion.objects.select_related("made_by").filter(version=number).first()
    if found is None:
        raise Http404
    return found


def draft_of(number: int) -> PolicyVersion:
    """The draft with this number. Raises Http404 also for a version that is no draft any more."""
    found = version_of(number)
    if found.in_force_from is not None:
        raise Http404
    return found


def look_at(table: Table, typed: Mapping[str, Any] | None, staff: StaffMember) -> Looked:
    """What the case that was typed would get; with nothing typed only the empty form."""
    form = CaseForm(typed, initial={"country": office().country, "sector": office().sector})
    if typed is None or not form.is_valid():
        return Looked(form)
    if reference := form.cleaned_data["reference"].strip():
        complaints = Complaint.objects.visible_to(staff).select_related("customer")
        complaint = complaints.filter(reference__iexact=reference).first()
        if complaint is None:
            return Looked(form, why_not=_("There is no complaint with this reference."))
        considered = consider_case(table, complaint)
        why = "" if considered.situations else _("No point of it has a finding yet.")
        return Looked(form, considered if considered.situations else None, complaint, why)
    situation = form.situation()
    floors = floors_of(situation.country, now().date())
    return Looked(form, consider(table, [situation], floors))


def typed_case(data: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """What was typed of a case, if anything was."""
    return data if any(name.startswith("case-") for name in data) else None


def version_page(
    request: HttpRequest, version: PolicyVersion, context: dict[str, Any] | None = None, *, status: int = 200
) -> HttpResponse:
    """One version with its rows, and beside it what a case would get."""
    staff, at = staff_of(request), now()
    table = house_policy.table_of(version)
    known = {
        "version": version,
        "table": table,
        "seen": house_policy.seen_of(version),
        "state": state_of(version, at),
        "is_draft": version.in_force_from is None,
        "may_write": Capability.LEAD in staff.capabilities,
        "may_switch": Capability.ADMINISTER in staff.capabilities,
        "looked": look_at(table, typed_case(request.GET), staff),
        "switch": SwitchOn(),
        "departures": Departures(initial={"level": table.departure_level}),
        "home": office().country,
    }
    return render(request, "desk/policy/version.html", known | (context or {}), status=status)


def state_of(version: PolicyVersion, at: datetime) -> str:
    """``draft``, ``later``, ``holds`` or ``over``."""
    if version.in_force_from is None:
        return "draft"
    if version.in_force_from > at:
        return "later"
    return "holds" if version.replaced_at is None or version.replaced_at > at else "over"


def back_to(version: PolicyVersion | None, anchor: str = "") -> HttpResponse:
    """303 to a version, or to the policy."""
    address = reverse("desk:policy-version", args=(version.version,)) if version else reverse("desk:policy")
    return see_other(f"{address}#{anchor}" if anchor else address)
