"""What the pages of the desk say in more than one place: the way around, and time left in words."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import template
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from amends.cases.models import Clock, Complaint
from amends.cases.today import next_of
from amends.cases.words import CLOCKS, STAGES, STEPS
from amends.cases.words_of_law import CONSEQUENCES
from amends.correspondence.post.town import town_of
from amends.desk import ready_letter
from amends.desk.days import day_in_words, weekday_and_day
from amends.desk.time_left import TimeLeft
from amends.desk.time_left import time_left as left
from amends.kit.clock import now
from amends.people.languages import LANGUAGES
from amends.people.models import StaffMember
from amends.rules.capabilities import Capability
from amends.rules.statutes import Consequence

register = template.Library()


@dataclass(frozen=True)
class Place:
    """One place in the bar: its address, its words, who sees it."""

    address: str
    words: str | Promise
    needs: frozenset[Capability]

    def here(self, path: str) -> bool:
        """Whether the page at ``path`` belongs to this place."""
        return path == self.address


PLACES = (
    ("today", _("Today"), {Capability.READ}),
    ("complaints", _("Complaints"), {Capability.READ}),
    ("register", _("Register"), {Capability.REGISTER}),
    ("mails", _("Mail"), {Capability.REGISTER}),
    ("post", _("Post"), {Capability.REGISTER}),
    ("calendar", _("Calendar"), {Capability.HANDLE}),
    ("tasks", _("Inquiries and duties"), {Capability.CONSULT, Capability.FULFIL}),
    ("money", _("Money"), {Capability.LEAD, Capability.APPROVE}),
    ("people", _("The house"), {Capability.ADMINISTER}),
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


@register.filter
def time_left(due: datetime | None) -> TimeLeft | None:
    """How much time is left until ``due``, as one says it."""
    return left(due, now()) if due else None


@register.filter
def this_day(moment: datetime) -> str:
    """The day as one says it: Sunday 22 November. In the house’s time zone."""
    return weekday_and_day(timezone.localtime(moment))


@register.filter
def town(address: str) -> str:
    """Where a letter goes, in one line."""
    return town_of(address)


@register.filter
def clock_words(kind: str) -> str | Promise:
    """What a clock of this kind asks for."""
    return CLOCKS.get(kind, "")


@register.filter
def what_it_costs(clock: Clock) -> str:
    """What silence costs, and until when; nothing where it costs nothing but our word."""
    cost = CONSEQUENCES.get(Consequence(clock.consequence)) if clock.consequence else None
    if cost is None or clock.law_due_at is None or clock.consequence == Consequence.NONE:
        return ""
    until = timezone.localtime(clock.law_due_at).date()
    words = {"cost": cost, "day": day_in_words(until, timezone.localdate(now()), get_language() or "en")}
    return gettext("%(cost)s Until %(day)s.") % words


@register.filter
def stage_words(stage: str) -> str | Promise:
    """The words for a stage."""
    return STAGES[stage]


@register.filter
def step_words(step: str) -> str | Promise:
    """The words for a step, as its button says them."""
    return STEPS[step]


@register.filter
def takes_a_letter(complaint: Complaint) -> bool:
    """Whether there is progress to write about."""
    return ready_letter.takes_a_letter(complaint)


@register.filter
def next_step_of(complaint: Complaint) -> str:
    """The name of the handler's next step with this complaint."""
    return next_of(complaint)
