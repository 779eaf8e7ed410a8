"""A policy in words: what a row asks, and what it gives."""

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext, ngettext
from django.utils.translation import gettext_lazy as _

from amends.cases.choices import Category, Finding, Harm, RemedyKind, Severity
from amends.cases.settlement_text import money
from amends.cases.situations import ELSEWHERE, HOME_CURRENCY
from amends.cases.words_of_law import SECTOR_NAMES
from amends.cases.words_of_policy import LEVELS
from amends.rules.policy import Gives, Measure, Row, Span, When

SHOWN = 2  # currencies in a sentence; the row's own page has them all
Sums = Mapping[str, Decimal]


def conditions(row: Row, home: str = "") -> list[tuple[str | Promise, str]]:
    """What must be so, each with its name; empty where the row asks nothing."""
    when = row.when
    said: list[tuple[str | Promise, str]] = [
        (_("About"), _all(Category(one).label for one in Category.values if one in when.category)),
        (_("Finding"), _all(Finding(one).label for one in Finding.values if one in when.finding)),
        (_("Severity"), _all(Severity(one).label for one in Severity.values if one in when.severity)),
        (_("Harm"), _all(Harm(one).label for one in Harm.values if one in when.harm)),
        (_("Value"), _value(when, home)),
        (_("Customer for"), _span(when.years, _years)),
        (_("Purchases"), _span(when.purchases, str)),
        (_("Upheld before"), _span(when.repeats, _times)),
        (_("Country"), ", ".join(sorted(when.country))),
        (_("Trade"), _all(SECTOR_NAMES[one] for one in sorted(when.sector))),
    ]
    return [(name, words) for name, words in said if words]


def gift(gives: Gives, home: str = "") -> str:
    """One thing that a row gives: Refund, 100 % of the value, at most 500.00 EUR."""
    parts = [str(RemedyKind(gives.kind).label)]
    if gives.how_much is not None:
        parts.append(measure(gives.how_much, home))
    if gives.kind in ("apology", "visit") or gives.by:
        parts.append(gettext("by: %(who)s") % {"who": LEVELS[gives.by]})
    return ", ".join(parts)


def measure(much: Measure, home: str = "") -> str:
    """How much, in words."""
    if much.share is None:
        return sums(much.fixed, home)
    said = [gettext("%(share)s %% of the value") % {"share": f"{much.share.normalize():f}"}]
    if much.least:
        said.append(gettext("at least %(sums)s") % {"sums": sums(much.least, home)})
    if much.most:
        said.append(gettext("at most %(sums)s") % {"sums": sums(much.most, home)})
    return ", ".join(said)


def sums(by_currency: Sums, home: str = "") -> str:
    """The sums, that of the house's own country first. Of many only that one, and how many more there are."""
    home = HOME_CURRENCY.get(home, ELSEWHERE)
    language = get_language() or "en"
    ordered = sorted(by_currency, key=lambda currency: (currency != home, currency))
    shown = ordered if len(ordered) <= SHOWN else ordered[:1]
    said = " / ".join(money(by_currency[currency], currency, language) for currency in shown)
    more = len(ordered) - len(shown)
    return f"{said} (+{more})" if more else said


def _value(when: When, home: str) -> str:
    said = []
    if when.value_from:
        said.append(gettext("from %(sums)s") % {"sums": sums(when.value_from, home)})
    if when.value_below:
        said.append(gettext("below %(sums)s") % {"sums": sums(when.value_below, home)})
    return ", ".join(said)


def _span(span: Span | None, words: Callable[[int], str]) -> str:
    if span is None or span.least is span.most is None:
        return ""
    if span.least is None or span.most is None:
        if span.least is not None:
            return gettext("%(n)s or more") % {"n": words(span.least)}
        return gettext("at most %(n)s") % {"n": words(span.most or 0)}
    if span.least == span.most:
        return words(span.least)
    return gettext("%(least)s to %(most)s") % {"least": span.least, "most": words(span.most)}


def _years(count: int) -> str:
    return ngettext("%(n)d year", "%(n)d years", count) % {"n": count}


def _times(count: int) -> str:
    return ngettext("%(n)d time", "%(n)d times", count) % {"n": count}


def _all(words: Iterable[str | Promise]) -> str:
    return ", ".join(str(word) for word in words)
