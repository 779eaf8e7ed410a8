"""What the complaint page says: moments in words, sums, and steps as links."""

from datetime import date, datetime, time
from decimal import Decimal
from functools import lru_cache
from typing import Any

from babel.dates import format_time
from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, gettext_noop

from amends.cases.duty_links import duty_url
from amends.cases.models import Clock, Duty
from amends.cases.settlement_text import money as sum_in_words
from amends.cases.timeline import Timeline
from amends.cases.words import STEPS
from amends.cases.words_of_law import CONSEQUENCES, SECTOR_NAMES
from amends.desk.card import step_url
from amends.desk.case_file import CaseFile
from amends.desk.days import day_in_words, locale_of
from amends.desk.step_table import DESK_STEPS
from amends.kit.clock import now

register = template.Library()

NEAR = {-1: gettext_noop("yesterday"), 0: gettext_noop("today"), 1: gettext_noop("tomorrow")}


@register.filter
def when(moment: datetime | None) -> SafeString | str:
    """A moment as one says it, in the reader’s language and the house’s zone; pointed at, exactly."""
    if moment is None:
        return ""
    local = timezone.localtime(moment)
    exact = local.strftime("%Y-%m-%d %H:%M:%S %Z")
    return format_html('<time datetime="{}" title="{}">{}</time>', local.isoformat(), exact, _words(local))


def _words(local: datetime) -> str:
    language = get_language() or "en"
    today = timezone.localtime(now()).date()
    return f"{_day(local.date(), today, language)} {_time(local.time(), language)}"


@register.filter
def duty_link(duty: Duty) -> str:
    """The link of whoever outside was entrusted with it."""
    return duty_url(duty)


@register.filter
def on_day(day: date | None) -> str:
    """A day as one says it, in the reader’s language."""
    if day is None:
        return ""
    return _day(day, timezone.localtime(now()).date(), get_language() or "en")


# A page says the same few days and times over and over; babel reads its patterns anew each time.
@lru_cache(maxsize=4096)
def _day(on: date, today: date, language: str) -> str:
    away = (on - today).days
    if away in NEAR:
        return gettext(NEAR[away])
    return day_in_words(on, today, language)


@lru_cache(maxsize=4096)
def _time(moment: time, language: str) -> str:
    return format_time(moment, "short", locale=locale_of(language))


@register.filter
def clock_rule(clock: Clock) -> str:
    """Why a clock is due then: the house's own promise, or what an offer or agreement says."""
    return rule_words(clock.rule)


@register.filter
def rule_words(rule: str) -> str:
    """The same of a rule by its name."""
    source, _, number = rule.partition(":")
    if source == "offer":
        return gettext("The offer of round %(number)s says so.") % {"number": number}
    if source == "agreement":
        return gettext("The agreement says so.")
    return gettext("Our own promise.") if source == "house" else rule


@register.filter
def clock_law(clock: Clock, file: CaseFile) -> str:
    """The law behind a running clock: until when, and what silence costs."""
    rule = file.clock_choices[clock.pk].rule
    if rule is None or clock.law_due_at is None:
        return clock.law
    until = on_day(timezone.localtime(clock.law_due_at).date())
    law, cost = rule.source.split(" (", 1)[0], CONSEQUENCES[rule.consequence]
    told = gettext("%(law)s: until %(day)s. %(cost)s") % {"law": law, "day": until, "cost": cost}
    return told if rule.verified else f"{told} {gettext('Not verified: look it up before you rely on it.')}"


@register.filter
def trade(sector: str) -> str:
    """The trade whose rules hold."""
    return str(SECTOR_NAMES.get(sector, sector))


@register.filter
def latest_letter(timeline: Timeline) -> int | None:
    """The last message to the customer in this stretch: it lies open, the ones before it are folded."""
    letters = [
        entry.message.pk for entry in timeline.entries if entry.message and entry.message.direction == "out"
    ]
    return letters[-1] if letters else None


@register.simple_tag
def money(amount: Decimal | None, currency: str) -> str:
    """A sum as the reader's language writes it; nothing for none."""
    return "" if amount is None else sum_in_words(amount, currency, get_language() or "en")


@register.inclusion_tag("desk/complaint/step_link.html")
def step_link(file: CaseFile, name: str, row: Any = None, words: str = "") -> dict[str, Any]:
    """A step of this complaint (or of one row of it) as a link; nothing while it cannot be taken."""
    possible = file.may(name, row)
    return {
        "url": step_url(file, name, row) if possible else "",
        "words": words or STEPS[name],
        "wide": DESK_STEPS[name].wide,
    }
