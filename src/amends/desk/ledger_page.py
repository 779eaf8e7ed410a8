"""What the page “Money” shows: sums by currency and by group, each with the address of the list behind it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from babel.dates import format_skeleton
from django.urls import reverse
from django.utils.translation import get_language, gettext

from amends.cases.choices import Category, RemedyKind
from amends.cases.models import Issue
from amends.desk.days import locale_of
from amends.desk.forms.fields import countries
from amends.desk.forms.ledger import NONE, OWN, period
from amends.insight.ledger import Ledger, State, Sums, Which
from amends.people.models import Department

CAUSE_LETTERS = 80


@dataclass(frozen=True)
class Part:
    """The sums of one state in a line, and where its rows are; None where there are none."""

    sums: Sums
    url: str
    more_url: str


@dataclass(frozen=True)
class Row:
    """One group in one currency."""

    words: str
    currency: str
    done: Part | None
    owed: Part | None


def by_currency(ledger: Ledger, which: Which) -> list[Row]:
    """A line for each currency."""
    return _rows(ledger, which, "")


def by_group(ledger: Ledger, which: Which, by: str) -> list[Row]:
    """A line for each group and currency: by currency, in each what cost most coming first. Months stand in
    their order, and only with what was done in them.
    """
    found = _rows(ledger, which, by)
    return found if by == "month" else sorted(found, key=lambda row: (row.currency, -_cost(row), row.words))


def _cost(row: Row) -> Decimal:
    return sum((part.sums.cost for part in (row.done, row.owed) if part), Decimal(0))


def _rows(ledger: Ledger, which: Which, by: str) -> list[Row]:
    found: dict[tuple[Any, str], dict[State, Sums]] = {}
    for state in [State.DONE] if by == "month" else State:
        for sums in ledger.sums(state, which, by=by):
            found.setdefault((sums.key, sums.currency), {})[state] = sums
    words = _words(by, {key for key, _ in found})
    return [
        Row(
            words.get(key, str(key or "")),
            currency,
            *(_part(which, state, by, sums[state]) if state in sums else None for state in State),
        )
        for (key, currency), sums in found.items()
    ]


def _part(which: Which, state: State, by: str, sums: Sums) -> Part:
    asked = asked_for(which) | {"state": state.value, "currency": sums.currency}
    if by == "month" and isinstance(sums.key, date):
        since, until = period("month", sums.key) or (sums.key, sums.key)
        first, last = which.since or since, which.until or until
        asked |= {"since": max(since, first).isoformat(), "until": min(until, last).isoformat()}
    elif by == "country":
        asked["country"] = sums.key or NONE
    elif by:
        asked[by] = str(sums.key)
    return Part(sums, _address(asked), _address(asked | {"little_more": "1"}) if sums.more_cost else "")


def asked_for(which: Which) -> dict[str, str]:
    """The parameters by which an address asks for these rows."""
    said = {
        "period": OWN,
        "since": which.since and which.since.isoformat(),
        "until": which.until and which.until.isoformat(),
        "kind": which.kind,
        "department": None if which.department is None else str(which.department),
        "category": which.category,
        "cause": None if which.cause is None else str(which.cause),
        "country": which.country if which.country is None else which.country or NONE,
        "currency": which.currency,
        "little_more": None if which.little_more is None else str(int(which.little_more)),
    }
    return {name: value for name, value in said.items() if value}


def _address(asked: Mapping[str, str]) -> str:
    return f"{reverse('desk:money-rows')}?{urlencode(asked)}"


def _words(by: str, keys: Iterable[Any]) -> dict[Any, str]:
    """What each group is called."""
    none = gettext("not on file")
    match by:
        case "kind":
            return {key: str(RemedyKind(key).label) for key in keys}
        case "category":
            return {key: str(Category(key).label) for key in keys}
        case "department":
            return dict(Department.objects.values_list("pk", "name")) | {0: none}
        case "country":
            return dict(countries()) | {"": none}
        case "month":
            locale = locale_of(get_language() or "en")
            return {key: format_skeleton("yMMMM", key, locale=locale) for key in keys}
        case "cause":
            causes = Issue.objects.filter(pk__in=keys).values_list("pk", "cause")
            return {pk: _short(cause) for pk, cause in causes} | {0: none}
    return {}


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= CAUSE_LETTERS else line[: CAUSE_LETTERS - 1].rstrip() + "…"
