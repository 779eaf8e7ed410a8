"""The demonstration's customers and what happened to them: data in ``stories/<language>.toml``."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any

from amends.people.languages import LANGUAGES

CODES = tuple(code for code, _name in LANGUAGES)


@dataclass(frozen=True, kw_only=True)
class Story:
    """What happened to one customer, what they want, and what the house finds out.

    ``ask`` and ``told`` are a question inside the house and its answer; ``what`` and ``amount`` (in the
    language's currency) the remedy; ``counter`` what the customer asks for instead.
    """

    title: str
    story: str
    wish: str
    said: str
    category: str
    ask: str
    told: str
    finding: str
    reasons: str
    severity: int = 2
    product: str = ""
    specification: str = ""
    batch: str = ""
    production_date: str = ""
    used_when: str = ""
    what_happens: str = ""
    brand_before: str = ""
    remedy: str = ""
    what: str = ""
    amount: str = "0"
    also: str = ""  # what is done beside it, where the law gives that in any case
    also_amount: str = "0"
    also_remedy: str = ""
    prevention: str = ""
    counter: str = ""
    then: str = ""  # what is agreed on the counter-offer, where it is not only a little more
    then_amount: str = "0"
    then_remedy: str = ""
    third_party: str = ""
    about: str = ""  # the first name of the member of staff who is complained about

    @property
    def sum(self) -> Decimal:
        """What the remedy costs."""
        return Decimal(self.amount)

    @property
    def details(self) -> dict[str, str]:
        """The product's details (mission E6)."""
        names = (
            "product",
            "specification",
            "batch",
            "production_date",
            "used_when",
            "what_happens",
            "brand_before",
        )
        return {name: getattr(self, name) for name in names}


@dataclass(frozen=True)
class Tongue:
    """One language: its people, its stories, and the words that customers and house use again and again."""

    code: str
    currency: str
    people: tuple[Mapping[str, Any], ...]
    stories: tuple[Story, ...]
    words: Mapping[str, Any]

    def fitting(self, kind: str) -> tuple[Story, ...]:
        """The stories that end in this way: ``upheld``, ``untrue``, ``elsewhere``, or ``any`` of ours."""
        if kind == "elsewhere":
            return tuple(s for s in self.stories if s.third_party)
        ours = (s for s in self.stories if not s.third_party)
        return tuple(s for s in ours if kind == "any" or (s.finding == "untrue") == (kind == "untrue"))


@cache
def tongue(code: str) -> Tongue:
    """The stories of one language."""
    text = (files(__package__) / "stories" / f"{code}.toml").read_text("utf-8")
    table = tomllib.loads(text)
    people = tuple(table.pop("people"))
    stories = tuple(Story(**row) for row in table.pop("story"))
    return Tongue(code, table.pop("currency"), people, stories, table)
