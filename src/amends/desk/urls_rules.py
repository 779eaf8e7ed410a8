"""The addresses of the rules and days, and of the calendar."""

from django.urls import URLPattern

from amends.desk.views import calendar, new_days, rule, rules
from amends.people.access import Open, route
from amends.rules.capabilities import Capability

_ADMIN, _LEAD = Capability.ADMINISTER, Capability.LEAD
_ONE = "rules/<slug:name>"

rules_urls: list[URLPattern] = [
    # For who works by the rules and for who changes them: the view asks for HANDLE or ADMINISTER.
    route("rules", rules.rules, needs=Open.SIGNED_IN, name="rules"),
    route("rules/regions", rules.rule_regions, needs=_ADMIN, name="rule-regions"),
    route("rules/office", rules.office, needs=_ADMIN, name="office"),
    route("rules/new", rule.new_rule, needs=_ADMIN, name="new-rule"),
    route("rules/new-days", new_days.new_days, needs=_LEAD, name="new-days"),
    route(_ONE, rule.rule, needs=_ADMIN, name="rule"),
    route(f"{_ONE}/switching-off", rule.rule_off, needs=_ADMIN, name="rule-off"),
    route(f"{_ONE}/removal", rule.rule_back, needs=_ADMIN, name="rule-back"),
    route("calendar", calendar.calendar, needs=Capability.HANDLE, name="calendar"),
    route("calendar/link", calendar.calendar_link, needs=Capability.HANDLE, name="calendar-link"),
    # Calendars know no signing in: the link itself is the secret.
    route("calendar/<str:secret>.ics", calendar.calendar_feed, needs=Open.LINK, name="calendar-feed"),
]
