"""The letter texts: one source gives the letter and the mail.

A text lies in ``packs/languages/<language>/letters/<name>.txt``: the first line is the subject, the rest the
paragraphs, ``$name`` a blank. There is no greeting and no close in it, since those are the layout's. One
rule, as in all texts to customers: a paragraph with a blank that nothing fills is left out.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from string import Template

from amends.cases.settlement_text import money, remedy_words
from amends.correspondence.dates import day
from amends.correspondence.letters.fields import Money, Remedy, Value

POINT = ("– ", "- ", "• ")


@dataclass(frozen=True)
class Paragraph:
    """Lines that run on, and the points below them; either may be empty."""

    lines: tuple[str, ...]
    points: tuple[str, ...] = ()


@dataclass(frozen=True)
class Wording:
    """The words between salutation and close. ``text`` has its paragraphs apart by an empty line."""

    subject: str
    text: str

    @property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """The same as a letter sets it."""
        return paragraphs_of(self.text)


def wording(
    language: str,
    text: str,
    values: Mapping[str, Value],
    *,
    reference: str,
    you: Mapping[str, str],
    american: bool = False,
) -> Wording:
    """A text of the pack or the house with its blanks filled.

    ``you`` are the language's words for the person addressed. ``american`` writes dates of English letters
    month first.
    """
    filled = {field: written(value, language, american=american) for field, value in values.items()}
    filled |= {"reference": reference, **you}
    if "title" in filled:
        filled["title"] = filled["title"].rstrip(" .。")  # it stands in the middle of a sentence
    subject, _, body = text.partition("\n")
    paragraphs = [Template(paragraph) for paragraph in body.strip().split("\n\n")]
    kept = (p for p in paragraphs if all(filled.get(blank) for blank in p.get_identifiers()))
    said = "\n\n".join(p.substitute(filled).strip() for p in kept)
    one_line = " ".join(Template(subject).substitute(filled).split())
    return Wording(one_line[:1].upper() + one_line[1:], said)


def paragraphs_of(text: str) -> tuple[Paragraph, ...]:
    """A text as a letter sets it: lines that begin with a dash are points."""
    return tuple(_paragraph(block) for block in re.split(r"\n[^\S\n]*\n", text) if block.strip())


def _paragraph(block: str) -> Paragraph:
    rows = [row.strip() for row in block.strip().split("\n") if row.strip()]
    points = [i for i, row in enumerate(rows) if row.startswith(POINT)]
    if not points:
        return Paragraph(tuple(rows))
    head, rest = rows[: points[0]], rows[points[0] :]
    said: list[str] = []
    for row in rest:  # a line without a dash goes on with the point before it
        said[len(said) :] = [row[2:]] if row.startswith(POINT) else [f"{said.pop()} {row}"]
    return Paragraph(tuple(head), tuple(said))


def written(value: Value, language: str, *, american: bool = False) -> str:
    """A value as people of the language write it; several as lines with dashes."""
    if isinstance(value, date):
        return day(value, language, american=american)
    if isinstance(value, Money):
        return money(value.amount, value.currency, language)
    if isinstance(value, tuple):
        rows = (_remedy(row, language) if isinstance(row, Remedy) else row for row in value)
        return "\n".join(f"– {' '.join(row.split())}" for row in rows)
    return value


def _remedy(remedy: Remedy, language: str) -> str:
    amount, currency = (remedy.money.amount, remedy.money.currency) if remedy.money else (None, "")
    return remedy_words(remedy.what, amount, currency, remedy.within_days, language)
