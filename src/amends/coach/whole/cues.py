"""What a sentence does in a letter: thanks, apologises, explains, promises (``letter.toml``)."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from amends.coach.reading.language import Language, language_of, table
from amends.coach.reading.traits import TRAITS, Traits
from amends.coach.sentences.patterns import Pattern, Written, any_match, pattern

CUES = (
    "thanks", "apology", "regret", "control", "acknowledge", "refocus", "solve", "contact", "reason",
    "prevention", "refusal",
)  # fmt: skip


class WrongCue(ValueError):
    """A cue that cannot be used; the text names it."""


@dataclass(frozen=True)
class Cue:
    """How one thing is said."""

    patterns: Sequence[Pattern]
    unless: Sequence[Pattern]
    has: frozenset[str]
    lacks: frozenset[str]

    def find(self, sentence: Written, traits: Traits) -> tuple[int, int] | None:
        """Where in the draft it is said, or None."""
        if not self.has <= traits.names or self.lacks & traits.names:
            return None
        place = next((found for one in self.patterns if (found := one.search(sentence))), None)
        return None if place is None or any_match(self.unless, sentence) else place


@dataclass(frozen=True)
class LetterBook:
    """How letters are written in a language."""

    cues: Mapping[str, Cue]
    remedies: Mapping[str, Cue]
    salutation: Cue
    close: Cue
    time: Cue
    placeholders: Sequence[re.Pattern[str]]


@cache
def letter_book(code: str) -> LetterBook:
    """The letter book of a language by its code. WrongCue or WrongPattern if its file cannot be used."""
    language, data = language_of(code), table(code, "letter.toml")
    if missing := set(CUES) - set(data["cues"]):
        raise WrongCue(f"{code}/letter.toml: lacks {', '.join(sorted(missing))}")
    return LetterBook(
        cues={name: cue_of(row, language) for name, row in data["cues"].items()},
        remedies={kind: cue_of(row, language) for kind, row in data["remedies"].items()},
        salutation=cue_of(data["letter"]["salutation"], language),
        close=cue_of(data["letter"]["close"], language),
        time=cue_of(["@time"], language),
        placeholders=[re.compile(one, re.IGNORECASE) for one in data["letter"].get("placeholders", [])],
    )


def cue_of(row: Any, language: Language) -> Cue:
    """A list of patterns, or a table with ``pattern``, ``unless``, ``has`` and ``lacks``."""
    if not isinstance(row, Mapping):
        row = {"pattern": row}
    if wrong := {*row.get("has", []), *row.get("lacks", [])} - set(TRAITS):
        raise WrongCue(f"{language.code}/letter.toml: there is no trait {', '.join(sorted(wrong))}")
    return Cue(
        patterns=[pattern(source, language) for source in row["pattern"]],
        unless=[pattern(source, language) for source in row.get("unless", [])],
        has=frozenset(row.get("has", [])),
        lacks=frozenset(row.get("lacks", [])),
    )
