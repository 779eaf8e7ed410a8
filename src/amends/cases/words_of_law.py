"""What people read for the rules of ``rules.statutes``. ``tests/architecture`` holds it complete."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from amends.cases.words import CLOCKS
from amends.rules.statutes import WITHDRAWAL, Consequence, Meets, Trigger, Unit

CLOCK_NAMES: Mapping[str, Promise] = {
    **CLOCKS,
    "summary": _("Resolve it early, with a short written answer"),
    "outside": _("Time limit with a body outside"),
    WITHDRAWAL: _("Withdraw from an agreement"),
}

SECTOR_NAMES: Mapping[str, Promise] = {
    "consumer": _("Goods and services for consumers"),
    "finance": _("Banking, insurance, investment"),
    "payments": _("Payments"),
    "telecom": _("Telecommunications and post"),
    "housing": _("Housing"),
}

CONSEQUENCES: Mapping[Consequence, Promise] = {
    Consequence.ACCEPTED: _("No reply in time counts as accepting the complaint."),
    Consequence.AS_WISHED: _("No reply in time counts as resolving it as the customer wished."),
    Consequence.OUTSIDE: _("The customer may turn to a body outside."),
    Consequence.BREACH: _("It breaks the law or the code."),
    Consequence.GOOD_PRACTICE: _("It falls short of good practice."),
    Consequence.DELIBERATE_DELAY: _("It counts as deliberate delay and can be fined."),
    Consequence.REFUSAL: _("Silence counts as a refusal."),
    Consequence.FULL_RULES: _("The full rules for complaints apply."),
    Consequence.UNTIMELY: _("It is published as an untimely response."),
    Consequence.CLOSED: _("It is closed as unanswered."),
    Consequence.TURNED_AWAY: _("The body outside turns the customer away."),
    Consequence.NONE: _("The customer waits without word."),
}

TRIGGERS: Mapping[Trigger, Promise] = {
    Trigger.RECEIVED: _("when the complaint was received"),
    Trigger.FILED: _("when the customer turned to a body outside"),
    Trigger.ACKNOWLEDGED: _("when it was acknowledged"),
    Trigger.DECIDED: _("when the final answer was given"),
    Trigger.AGREED: _("when it was agreed"),
    Trigger.HANDED_OVER: _("when a body outside handed it over"),
    Trigger.GOODS_BACK: _("when the goods came back"),
    Trigger.ESCALATED: _("when the next stage was asked for"),
    Trigger.ESCALATION_ACKNOWLEDGED: _("when the next stage was acknowledged"),
}

MEETS: Mapping[Meets, Promise] = {
    Meets.DISPATCH: _("sent by then"),
    Meets.ARRIVAL: _("with the customer by then"),
}


UNITS: Mapping[Unit, Promise] = {
    Unit.HOURS: _("Hours"),
    Unit.OFFICE_HOURS: _("Office hours"),
    Unit.CALENDAR_DAYS: _("Calendar days"),
    Unit.WORKING_DAYS: _("Working days"),
    Unit.MONTHS: _("Months"),
}


def length(count: int, unit: Unit) -> str:
    """So many of a unit, in words: 14 calendar days."""
    said = {
        Unit.HOURS: ngettext("%(count)d hour", "%(count)d hours", count),
        Unit.OFFICE_HOURS: ngettext("%(count)d office hour", "%(count)d office hours", count),
        Unit.CALENDAR_DAYS: ngettext("%(count)d calendar day", "%(count)d calendar days", count),
        Unit.WORKING_DAYS: ngettext("%(count)d working day", "%(count)d working days", count),
        Unit.MONTHS: ngettext("%(count)d month", "%(count)d months", count),
    }
    return said[unit] % {"count": count}
