"""The rules and days of the house: what holds, and where and when it works."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from amends.cases import house_rules
from amends.desk.forms.rules import OfficeForm
from amends.desk.rules_page import back_to_rules, book_of, rules_page
from amends.desk.signed_in import staff_of
from amends.kit.chain import digest
from amends.kit.clock import now
from amends.kit.once import OtherRequest, once
from amends.rules.capabilities import Capability

READERS = {Capability.HANDLE, Capability.ADMINISTER}


@require_safe
def rules(request: HttpRequest) -> HttpResponse:
    """GET them; a script of the page asks for the list alone, for another country, trade, region or day."""
    if not READERS & set(staff_of(request).capabilities):
        raise PermissionDenied
    if request.htmx:  # type: ignore[attr-defined]
        office = house_rules.current_office()
        may_change = Capability.ADMINISTER in staff_of(request).capabilities
        context = book_of(request, office) | {"may_change": may_change}
        return render(request, "desk/rules/book.html", context)
    return rules_page(request)


@require_safe
def rule_regions(request: HttpRequest) -> HttpResponse:
    """GET the regions of a country, for a script of the page."""
    form = OfficeForm(initial={"country": request.GET.get("country", "")})
    return render(request, "desk/rules/region.html", {"form": form})


@require_POST
def office(request: HttpRequest) -> HttpResponse:
    """POST where the house works and when. 422 if something is wrong, 409 if it changed meanwhile."""
    form = OfficeForm(request.POST)
    if not form.is_valid():
        return rules_page(request, form, status=422)
    staff, said = staff_of(request), form.said()

    def change() -> tuple[int, dict[str, Any]]:
        house_rules.change_office(by=staff, at=now(), seen=form.cleaned_data["seen"], **said)
        return 303, {}

    try:
        once(f"desk:{staff.pk}", form.cleaned_data["once"], digest(repr(sorted(said.items()))), change)
    except (house_rules.Clash, OtherRequest):
        form.renew(seen=house_rules.current_office().version)
        return rules_page(request, form, status=409, clash=True)
    return back_to_rules(gettext("The house works by this from now on."), request)
