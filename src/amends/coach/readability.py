"""How long a text is, and which of its sentences are hard to follow. Advice, never a must."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from amends.coach.reading.language import Language
from amends.coach.reasons import reason
from amends.coach.whole.letter import Line, body

_LONGEST_TEXT = 450  # words; in Chinese characters, twice as many


@dataclass(frozen=True)
class Readability:
    """Words (Chinese: characters) and sentences of the body, and what would make it easier."""

    words: int = 0
    sentences: int = 0
    longest: int = 0
    advice: Sequence[Mapping[str, Any]] = ()

    def as_json(self) -> dict[str, Any]:
        """As ``amends coach`` writes it."""
        return asdict(self)


def readability(lines: Sequence[Line], language: Language, reader: str) -> Readability:
    """Count the body of a text."""
    lengths = [(line, line.sentence.length) for line in body(lines)]
    words = sum(length for _, length in lengths)
    advice = [
        _advice("long-sentence", line.place, length, reader)
        for line, length in lengths
        if length > language.longest_sentence
    ]
    if words > _LONGEST_TEXT * (2 if language.by_character else 1):
        advice.append(_advice("long-text", (0, 0), words, reader))
    return Readability(words, len(lengths), max((length for _, length in lengths), default=0), advice)


def _advice(code: str, place: tuple[int, int], words: int, reader: str) -> dict[str, Any]:
    why, instead = reason(code, reader, words=str(words))
    return {"code": code, "start": place[0], "end": place[1], "why": why, "instead": instead}
