"""A stored text taken apart into greeting, words, close and signature: a letter sets each in its place."""

import re
from dataclasses import dataclass

from amends.cases.models import Message
from amends.correspondence.addressee import addressee, house_name
from amends.correspondence.letters.address import closing, salutation
from amends.correspondence.letters.reading import clean, line
from amends.correspondence.phrasebook import phrases

OPENS = re.compile(r"[^\n]{1,80}[,!:，！：]")  # one short line that ends as a salutation does
LONGEST_CLOSE = 6  # lines: a formula, a name, a position, the house
LONGEST_FORMULA = 40  # characters


@dataclass(frozen=True)
class Parts:
    """What was found. ``close`` None and an empty ``greeting``: as the language has it."""

    greeting: str
    text: str
    signatory: str = ""
    position: str = ""
    close: tuple[str, ...] | None = None
    signed: tuple[str, ...] = ()


def taken_apart(message: Message) -> Parts:
    """The parts of a message's body; of one without a close its author signs."""
    greeting, text = _greeting(message, clean(message.body))
    position = clean(message.author.title) if message.author else ""
    name, house = _author(message), house_name()
    for signatory, held in ((name, position), (name, ""), ("", "")):
        close = clean(closing(message.language, (signatory, held, house)))
        before = text.removesuffix(close).rstrip(" \u3000")  # Chinese indents the first line
        if text.endswith(close) and (not before or before.endswith("\n\n")):
            return Parts(greeting, before.strip(), signatory, held)
    return _signed_otherwise(greeting, text, message.language, (name, house)) or Parts(
        greeting, text, name, position
    )


def _author(message: Message) -> str:
    """Who signs: a person; what the program writes is signed by the house."""
    return line(message.author_name) if message.author_id else ""


def _greeting(message: Message, body: str) -> tuple[str, str]:
    first, _, rest = body.partition("\n\n")
    person = addressee(message.complaint)
    own = salutation(person, message.language)
    if rest.strip() and (first == own or _opens(first, own, person.name)):
        return first, rest.strip()
    return "", body


def _opens(first: str, own: str, name: str) -> bool:
    """Whether a line opens a letter. One with a colon may announce a list, unless it speaks to somebody."""
    if not OPENS.fullmatch(first):
        return False
    return first[-1] not in ":：" or first[:2] == own[:2] or any(part in first for part in name.split())


def _signed_otherwise(greeting: str, text: str, language: str, names: tuple[str, str]) -> Parts | None:
    """An ending in other words than ours, or of a house that had another name then; None for no ending."""
    blocks = [block.strip() for block in text.split("\n\n")]
    last = tuple(row.strip() for row in blocks[-1].split("\n"))
    formula = clean("\n".join(phrases(language)["letter"]["close"])).split("\n\n")
    if len(last) > LONGEST_CLOSE:
        return None
    if blocks[-1 - len(formula) : -1] == formula:
        return Parts(greeting, "\n\n".join(blocks[: -1 - len(formula)]), signed=last)
    at = next((i for i, row in enumerate(last) if row and row in names), None)
    if at is None:
        return None
    before, close = blocks[:-1], last[:at]
    if not close and len(before) > 1 and _is_formula(before[-1]):
        close = (before.pop(),)
    return Parts(greeting, "\n\n".join(before), close=close, signed=last[at:])


def _is_formula(block: str) -> bool:
    return "\n" not in block and len(block) <= LONGEST_FORMULA and not block.endswith((".", "?", "!", "。"))
