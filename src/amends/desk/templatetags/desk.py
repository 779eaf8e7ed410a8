"""What the pages of the desk say in more than one place: the way around, and time left in words."""

from dataclasses import dataclass
from typing import Any

from django import template
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from amends.people.languages import LANGUAGES
from amends.people.models import StaffMember
from amends.rules.capabilities import Capability as C

register = template.Library()


@dataclass(frozen=True)
class Place:
    """One place in the bar: its address, its words, who sees it."""

    address: str
    words: str | Promise
    needs: frozenset[C]

    def here(self, path: str) -> bool:
        """Whether the page at ``path`` belongs to this place."""
        return path == self.address


PLACES = (
    ("today", _("Today"), {C.READ}),
    ("complaints", _("Complaints"), {C.READ}),
    ("register", _("Register"), {C.REGISTER}),
    ("tasks", _("Inquiries and duties"), {C.CONSULT, C.FULFIL}),
    ("people", _("People"), {C.ADMINISTER}),
)


@register.inclusion_tag("desk/parts/bar.html", takes_context=True)
def bar(context: dict[str, Any]) -> dict[str, Any]:
    """The bar on top: only the places that this person may go to."""
    request = context["request"]
    staff: StaffMember = request.user
    places = [
        Place(reverse(f"desk:{name}"), words, frozenset(needs))
        for name, words, needs in PLACES
        if needs & staff.capabilities
    ]
    return {
        "request": request,
        "house_name": context["house_name"],
        "staff": staff,
        "languages": LANGUAGES,
        "places": [(place, place.here(request.path)) for place in places],
        "csrf_token": context.get("csrf_token"),
    }
