"""What the pages of the policy say: rows, proposals, sums of a trial."""

from decimal import Decimal
from typing import Any

from django import template
from django.utils.functional import Promise
from django.utils.translation import gettext

from amends.cases.choices import RemedyKind
from amends.cases.words_of_policy import LEVELS, floor_words
from amends.desk import policy_words
from amends.desk.trial_page import ANSWER_WORDS
from amends.rules.floors import Floor, floor_named
from amends.rules.policy import Gives, Row

register = template.Library()


@register.filter
def conditions(row: Row, home: str) -> list[tuple[str | Promise, str]]:
    """What must be so for a row; sums in the currency of the country ``home`` first."""
    return policy_words.conditions(row, home)


@register.filter
def gift(gives: Gives, home: str) -> str:
    """What a row gives, likewise."""
    return policy_words.gift(gives, home)


@register.filter
def level_words(level: int) -> str | Promise:
    """Who stands at this level."""
    return LEVELS[int(level)]


@register.filter
def kind_words(kind: str) -> str:
    """A kind of remedy."""
    return str(RemedyKind(kind).label)


@register.filter
def floor(one: Floor) -> str:
    """What a floor asks."""
    return floor_words(one)


@register.filter(name="floor_named")
def floor_by_id(floor_id: str) -> str:
    """The same of a floor by its id, as a plan keeps it."""
    one = floor_named(floor_id)
    return floor_words(one) if one else floor_id


@register.filter
def why_open(line: Any) -> str:
    """Why a sum is left to a person."""
    missing = line["unknown"] if isinstance(line, dict) else line.unknown
    if missing == "value":
        return gettext("a share of the value, which is not on file")
    return gettext("the policy has no sum in this currency")


@register.filter
def answered(answer: str) -> str | Promise:
    """What the customer said when asked whether it was good."""
    return ANSWER_WORDS[answer]


@register.filter
def of_row(row_id: str, rows: dict[str, str]) -> str:
    """The name of a row, as the version has it."""
    return rows.get(row_id, row_id)


@register.filter
def decimal(sum_: str | None) -> Decimal | None:
    """A sum that JSON keeps as text."""
    return None if sum_ is None else Decimal(sum_)
