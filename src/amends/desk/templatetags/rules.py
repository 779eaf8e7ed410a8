"""How a rule is said: what must be done within what time, from when, and what it costs not to."""

from datetime import datetime

from django import template
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext

from amends.cases.models import HouseRule
from amends.cases.rule_book import Line
from amends.cases.words_of_law import CLOCK_NAMES, CONSEQUENCES, MEETS, SECTOR_NAMES, TRIGGERS, length
from amends.desk.days import day_in_words, weekday
from amends.kit.clock import now
from amends.rules.deadlines import PROMISES, ClockKind
from amends.rules.statutes import Body, Consequence, Meets, Rule, Trigger, Unit

register = template.Library()


@register.filter
def clock_name(clock: str) -> str | Promise:
    """What must be done."""
    return CLOCK_NAMES.get(clock, clock)


@register.filter
def within(line: Line) -> str:
    """How long, from when, and what meets it."""
    if line.rule is None:
        days = PROMISES[ClockKind(line.clock)].days
        return length(days, Unit.CALENDAR_DAYS)
    return _within(line.rule)


def _within(rule: Rule) -> str:
    said = {
        "length": length(rule.length, rule.unit),
        "trigger": TRIGGERS[rule.trigger],
        "meets": MEETS[rule.meets],
    }
    return gettext("%(length)s from %(trigger)s, %(meets)s") % said


@register.filter
def may_turn_within(body: Body) -> str:
    """How long the customer has to turn to a body outside, and from when; nothing where nobody says so."""
    if body.within is None:
        return ""
    count, unit, trigger = body.within
    return gettext("%(length)s from %(trigger)s") % {
        "length": length(count, unit),
        "trigger": TRIGGERS[trigger],
    }


@register.filter
def within_of_row(row: HouseRule) -> str:
    """The same of a rule of the house's own."""
    said = {
        "length": length(row.length, Unit(row.unit)),
        "trigger": TRIGGERS[Trigger(row.trigger)],
        "meets": MEETS[Meets(row.meets)],
    }
    return gettext("%(length)s from %(trigger)s, %(meets)s") % said


@register.filter
def costs(rule: Rule) -> str:
    """What silence costs; nothing for nothing."""
    return "" if rule.consequence is Consequence.NONE else str(CONSEQUENCES[rule.consequence])


@register.filter
def longer(rule: Rule) -> str:
    """By how much it may be extended, and what must be said for it."""
    if rule.extension is None:
        return ""
    said = {
        "length": length(rule.extension.length, rule.extension.unit),
        "words": ", ".join(rule.extension.must_say),
    }
    if rule.extension.counted_from == "due":
        return gettext("Can be extended by %(length)s, if the customer is told: %(words)s.") % said
    return gettext("Can be extended to %(length)s in all, if the customer is told: %(words)s.") % said


@register.filter
def falls_on(moment: datetime) -> str:
    """The day a clock ends on, with its weekday: that is what one checks."""
    local = timezone.localtime(moment).date()
    today = timezone.localtime(now()).date()
    words = {"weekday": weekday(local), "day": day_in_words(local, today, _language())}
    return gettext("%(weekday)s %(day)s") % words


def _language() -> str:
    return get_language() or "en"


@register.filter
def trades(sectors: list[str]) -> str:
    """The trades for which a rule holds."""
    return ", ".join(str(SECTOR_NAMES[one]) for one in sectors) or gettext("every trade")
