"""What a sentence has beside its words: a date, a sum, a question, an exclamation, a face that smiles."""

from dataclasses import dataclass

from amends.coach.reading.dates import dates
from amends.coach.reading.language import Language
from amends.coach.reading.sentences import Sentence
from amends.coach.reading.sums import sums
from amends.coach.reading.words import Kind

TRAITS = ("date", "sum", "number", "question", "exclamation", "emoji", "capitals", "quote")


@dataclass(frozen=True, slots=True)
class Traits:
    """The names of the traits a sentence has."""

    names: frozenset[str]

    def __contains__(self, name: str) -> bool:
        return name in self.names


def traits_of(sentence: Sentence, language: Language) -> Traits:
    """Look at one sentence."""
    text = sentence.text.rstrip(" \"”’')»")
    kinds = {token.kind for token in sentence.tokens}
    capitals = sum(1 for token in sentence.tokens if token.capitals and len(token.surface) > 3)
    found = {
        "date": Kind.NUMBER in kinds and bool(dates(sentence.text, language)),
        "sum": Kind.NUMBER in kinds and bool(sums(sentence.text, language)),
        "number": Kind.NUMBER in kinds,
        "question": text.endswith(("?", "？")),
        "exclamation": "!" in text or "！" in text,
        "emoji": Kind.EMOJI in kinds,
        "capitals": capitals > 1,
        "quote": bool(sentence.quotes),
    }
    return Traits(frozenset(name for name, there in found.items() if there))
