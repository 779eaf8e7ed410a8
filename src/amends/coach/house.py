"""What a house adds to the coach: words of its own to avoid, must-haves of its own."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from amends.coach.owed import Owed
from amends.coach.reading.language import Language
from amends.coach.reading.words import Kind, words
from amends.coach.sentences.patterns import Pattern, pattern
from amends.coach.whole.letter import Line, Part, Place

CODE = "house-word"


@dataclass(frozen=True)
class HouseRules:
    """``avoid``: words in the language of the draft → what the house says instead (may be empty).

    ``must``, ``advice`` and ``off`` are codes that this house makes must-haves or advice, or does not want.
    """

    avoid: Mapping[str, str] = field(default_factory=dict)
    must: frozenset[str] = frozenset()
    advice: frozenset[str] = frozenset()
    off: frozenset[str] = frozenset()

    def owed(self, packs: Owed) -> Owed:
        """What the packs say, as this house changed it. Of a code named twice the stricter holds."""
        must = [code for code in packs.must if code not in self.advice | self.off or code in self.must]
        advice = [code for code in packs.advice if code not in self.must | self.off]
        moved = [code for code in packs.must if code in self.advice - self.must - self.off]
        return Owed((*must, *sorted(self.must - {*must})), (*advice, *moved))


def avoided(lines: Sequence[Line], house: HouseRules, language: Language) -> Iterator[tuple[Place, str]]:
    """Where words stand that the house avoids, in any of their forms, and what it says instead."""
    wanted = [(_pattern(saying, language), instead) for saying, instead in house.avoid.items()]
    for line in lines:
        if line.part is not Part.SIGNATURE:
            for one, instead in wanted:
                place = one.search(line.written) if one is not None else None
                if place is not None:
                    yield place, instead


def _pattern(saying: str, language: Language) -> Pattern | None:
    """The words one after the other, each by its stem; None if there is no word in it."""
    kept = [token.surface for token in words(saying, language) if token.kind is Kind.WORD]
    return pattern(" ".join(f"~{word}" for word in kept), language) if kept else None
