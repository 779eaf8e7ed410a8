"""What the classifier sees of a sentence: words, stems, pairs, pieces of words, classes, traits."""

import zlib
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from itertools import pairwise

from amends.coach.reading.language import Language, language_of
from amends.coach.reading.sentences import Sentence
from amends.coach.reading.traits import Traits
from amends.coach.reading.words import Kind
from amends.coach.sentences.patterns import Pattern, Written, pattern

VERSION = 1  # of this file: a model trained on other features is of no use
_WORD_WEIGHT, _PIECE_WEIGHT, _FRAME_WEIGHT = 1.0, 0.8, 0.9
_SHORTEST, _LONGEST = 2, 5  # letters of a piece of a word


@lru_cache(maxsize=200_000)
def key_of(name: str) -> int:
    """The number under which a model keeps a feature."""
    return zlib.crc32(name.encode())


def features(sentence: Sentence, written: Written, traits: Traits, language: Language) -> dict[str, float]:
    """The features of a sentence with their weights; each of three groups has length one times its weight.

    Names that begin with ``w:`` or ``p:`` are words and pairs of words as a person reads them.
    """
    found: dict[str, float] = {}
    units = _units(sentence, language)
    for names, weight in (
        (set(_word_names(units)), _WORD_WEIGHT),
        (set(_piece_names(sentence, units, language)), _PIECE_WEIGHT),
        (set(_frame_names(sentence, written, traits, language)), _FRAME_WEIGHT),
    ):
        value = weight / max(len(names), 1) ** 0.5
        found.update(dict.fromkeys(names, value))
    return found


def _units(sentence: Sentence, language: Language) -> list[tuple[str, str]]:
    """(surface, stem) of each word; Chinese is cut into words here."""
    if language.by_character:
        import rjieba

        kept = "".join(token.surface for token in sentence.tokens)
        cut = ["<num>" if word[0].isdigit() else word for word in rjieba.cut(kept)]
        return [(word, word) for word in cut if word.strip()]
    units = []
    for token in sentence.tokens:
        if token.kind is Kind.NUMBER:
            units.append(("<num>", "<num>"))
        elif token.kind is Kind.WORD or token.surface in "!?":
            units.append((token.surface, token.stem))
    return units


def _word_names(units: list[tuple[str, str]]) -> Iterator[str]:
    stems = ["^", *(stem for _, stem in units), "$"]
    for surface, stem in units:
        yield f"w:{surface}"
        yield f"s:{stem}"
    for first, second in pairwise(stems):
        yield f"p:{first} {second}"
    for first, third in zip(stems, stems[2:], strict=False):
        yield f"k:{first} {third}"
    for three in zip(stems, stems[1:], stems[2:], strict=False):
        yield "h:" + " ".join(three)
    for surface, _ in units[:2]:
        yield f"b:{surface}"


def _piece_names(sentence: Sentence, units: list[tuple[str, str]], language: Language) -> Iterator[str]:
    if language.by_character:
        text = "".join("0" if t.kind is Kind.NUMBER else t.surface for t in sentence.tokens)
        for size in (1, 2, 3):
            for at in range(len(text) - size + 1):
                yield f"c:{text[at : at + size]}"
        return
    for surface, _ in units:
        yield from _pieces(surface)


@lru_cache(maxsize=50_000)
def _pieces(surface: str) -> tuple[str, ...]:
    """The pieces of a word, its edges marked."""
    edged = f"<{surface}>"
    return tuple(
        f"c:{edged[at : at + size]}"
        for size in range(_SHORTEST, _LONGEST + 1)
        for at in range(len(edged) - size + 1)
    )


@cache
def _classes(code: str) -> Mapping[str, Pattern]:
    language = language_of(code)
    return {name: pattern(f"@{name}", language) for name in language.classes}


def _frame_names(sentence: Sentence, written: Written, traits: Traits, language: Language) -> Iterator[str]:
    for trait in traits.names:
        yield f"t:{trait}"
    held = {name for name, one in _classes(language.code).items() if one.there(written)}
    for name in held:
        yield f"@{name}"
    length = sentence.length // (2 if language.by_character else 1)
    yield f"n:{next((limit for limit in (4, 7, 11, 16, 24) if length <= limit), 99)}"
    if "first" not in held:
        yield "no:first"
    if "second" not in held:
        yield "no:second"
