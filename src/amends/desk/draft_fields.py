"""What the page of a composer carries beside its form, and what of the form is kept as a draft."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict

from amends.desk.forms.step import StepForm

# Never part of what is asked for, so a saving between two presses does not make it another request.
BOOKKEEPING = frozenset(
    "csrfmiddlewaretoken once seen base number show reader reading_word instead back".split()
)
HIGHEST = 2_000_000_000  # what a column of whole numbers holds


@dataclass(frozen=True)
class Carried:
    """``seen``: how many events the page has seen (None: it did not say). ``page``: the key of its form.

    ``number`` counts the page's savings, ``base`` is the draft that it began with, ``show`` the medium that
    its preview shows.
    """

    seen: int | None
    page: str
    number: int
    base: str
    show: str

    @classmethod
    def by(cls, data: QueryDict) -> Carried:
        """As the page sent it; what makes no sense counts as not said."""
        return cls(
            seen=_number(data.get("seen")),
            page=data.get("once", "")[:120].replace("\0", ""),
            number=_number(data.get("number")) or 0,
            base=data.get("base", ""),
            show=data.get("show", ""),
        )


def _number(said: str | None) -> int | None:
    return min(int(said), HIGHEST) if said and said.isascii() and said.isdecimal() else None


def kept_fields(form: type[StepForm], data: QueryDict) -> dict[str, str | list[str]]:
    """The typed words by field, exactly as typed but for NUL, which no database takes."""
    kept: dict[str, str | list[str]] = {}
    for name in data.keys() & (form.base_fields.keys() - BOOKKEEPING):
        values = [str(value).replace("\0", "") for value in data.getlist(name)]
        kept[name] = values if len(values) != 1 else values[0]
    return kept


def as_posted(kept: Mapping[str, Any]) -> QueryDict:
    """What was kept, as a form takes it in."""
    data = QueryDict(mutable=True)
    for name, value in kept.items():
        data.setlist(name, value if isinstance(value, list) else [value])
    return data


def initial_of(form: type[StepForm], kept: Mapping[str, Any]) -> dict[str, Any]:
    """The first values of a form that opens with ``kept``. An unticked box sent nothing: it was not kept."""
    boxes = [name for name, field in form.base_fields.items() if isinstance(field, forms.BooleanField)]
    return dict.fromkeys(boxes, False) | dict(kept)
