"""What a house adds to the coach: words of its own to avoid, must-haves of its own."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from amends.coach.owed import ADVICE, MUST, Owed
from amends.coach.reading.language import Language
from amends.coach.reading.words import Kind, words
from amends.coach.sentences.patterns import Pattern, pattern
from amends.coach.whole.letter import Line, Part, Place

CODE = "house-word"
OFF = "off"


@dataclass(frozen=True)
class HouseRules:
    """``avoid``: words in the language of the draft → what the house says instead (may be empty).

    ``why`` says of some of them why the house avoids them. ``must``, ``advice`` and ``off`` are codes that
    this house makes must-haves or advice, or does not want, whatever the text; ``kinds`` says for one kind of
    text which of its codes are ``MUST``, ``ADVICE`` or ``OFF``.
    """

    avoid: Mapping[str, str] = field(default_factory=dict)
    why: Mapping[str, str] = field(default_factory=dict)
    kinds: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    must: frozenset[str] = frozenset()
    advice: frozenset[str] = frozenset()
    off: frozenset[str] = frozenset()

    def owed(self, packs: Owed, kind: str = "") -> Owed:
        """What the packs say, as this house changed it. Of a code named twice the stricter holds."""
        return self._of_kind(self._always(packs), kind)

    def _of_kind(self, owes: Owed, kind: str) -> Owed:
        said = self.kinds.get(kind)
        if not said:
            return owes
        own = {code: level for code, level in said.items() if code not in self.off}
        levels = {code: owes.level(code) for code in owes.codes} | own
        of = {one: tuple(c for c, level in levels.items() if level == one) for one in (MUST, ADVICE, OFF)}
        return Owed(of[MUST], of[ADVICE], owes.unasked - {*of[MUST], *of[ADVICE]} | {*of[OFF]})

    def _always(self, packs: Owed) -> Owed:
        must = [code for code in packs.must if code not in self.advice | self.off or code in self.must]
        advice = [code for code in packs.advice if code not in self.must | self.off]
        moved = [code for code in packs.must if code in self.advice - self.must - self.off]
        more = sorted(self.must - {*must} - packs.unasked)
        return Owed((*must, *more), (*advice, *moved), packs.unasked | self.off - self.must)


def avoided(lines: Sequence[Line], house: HouseRules, language: Language) -> Iterator[tuple[Place, str]]:
    """Where words stand that the house avoids, in any of their forms, and which of its sayings they are."""
    wanted = [(_pattern(saying, language), saying) for saying in house.avoid]
    for line in lines:
        if line.part is not Part.SIGNATURE:
            for one, saying in wanted:
                place = one.search(line.written) if one is not None else None
                if place is not None:
                    yield place, saying


def sayable(saying: str, language: Language) -> bool:
    """Whether there is a word in it that can be looked for."""
    return _pattern(saying, language) is not None


def _pattern(saying: str, language: Language) -> Pattern | None:
    """The words one after the other, each by its stem; None if there is no word in it."""
    kept = [token.surface for token in words(saying, language) if token.kind is Kind.WORD]
    return pattern(" ".join(f"~{word}" for word in kept), language) if kept else None
