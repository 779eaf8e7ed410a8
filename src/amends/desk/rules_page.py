"""The page of the rules: what it shows beside the form that is at hand."""

from dataclasses import replace
from datetime import datetime, time
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language, gettext

from amends.cases.house_rules import current_office
from amends.cases.models import Complaint, HouseRule, Office
from amends.cases.proposals import proposed
from amends.cases.reckoning import Reckoning
from amends.cases.rule_book import Line, rule_book
from amends.correspondence.bodies import in_words
from amends.desk.forms.rules import Look, OfficeForm
from amends.desk.signed_in import staff_of
from amends.kit.answers import see_other
from amends.kit.clock import now
from amends.rules.capabilities import Capability
from amends.rules.statutes import PRACTICE, Body, bodies

NOON = time(12, 0)
EARLIER = 20  # changes on the page


def book_of(request: HttpRequest, office: Office) -> dict[str, Any]:
    """The rules that were asked for: the house's own, or those of another country, trade, region or day."""
    today = timezone.localdate(now())
    own: dict[str, Any] = {
        "country": office.country,
        "sector": office.sector,
        "region": office.region,
        "received": today,
    }
    asked = "sector" in request.GET
    look = Look(request.GET if asked else None, initial=own)
    said = look.cleaned_data if asked and look.is_valid() else own
    at = now() if said["received"] == today else _noon(said["received"])
    lines = rule_book(said["country"], said["sector"], at, region=said["region"])
    known = {"look": look, "lines": lines, "said": said, "today": today, "PRACTICE": PRACTICE}
    return known | {"bodies": _bodies(said["country"], said["sector"], at)}


def _bodies(country: str, sector: str, at: datetime) -> list[tuple[Body, str]]:
    """Where customers of this country and trade can turn, each with its words as a letter has them; those
    that nobody has verified last. Until when is said as a length, since there is no complaint here.
    """
    one = Complaint(country=country, sector=sector, received_at=at, language=get_language() or "en")
    reckoning = Reckoning(one)
    found = sorted(bodies(reckoning.pack, reckoning.sector), key=lambda body: not body.verified)
    return [(body, in_words(replace(body, within=None), one)) for body in found]


def _noon(day: Any) -> datetime:
    return timezone.make_aware(datetime.combine(day, NOON))


def rules_page(
    request: HttpRequest, form: OfficeForm | None = None, *, status: int = 200, clash: bool = False
) -> HttpResponse:
    """The whole page."""
    office = current_office()
    staff = staff_of(request)
    known = book_of(request, office)
    context = known | {
        "form": form or OfficeForm(initial=OfficeForm.filled_in(office)),
        "office": office,
        "clash": clash,
        "may_change": Capability.ADMINISTER in staff.capabilities,
        "proposals": proposed(staff).count() if Capability.LEAD in staff.capabilities else 0,
        "earlier": changes(),
        "gone": _gone(known["lines"]),
    }
    return render(request, "desk/rules/page.html", context, status=status)


def changes() -> list[HouseRule]:
    """What was changed last, with who and when."""
    return list(HouseRule.objects.select_related("by").order_by("-pk")[:EARLIER])


def _gone(lines: list[Line]) -> list[HouseRule]:
    """Rules of the house's own that hold for another country, trade or time than those on the page."""
    shown = {line.rule.id for line in lines if line.rule}
    rows = HouseRule.objects.filter(replaced=False, off=False).exclude(name__in=shown)
    return list(rows.order_by("name"))


def back_to_rules(said: str, request: HttpRequest) -> HttpResponse:
    """303 to the rules, with what was done."""
    messages.success(request, said + " " + gettext("Clocks that run are reckoned anew in a moment."))
    return see_other("desk:rules")
