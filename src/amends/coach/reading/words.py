"""Words: where each stands, how it is written in a rule, and its stem."""

import re
import unicodedata
from dataclasses import dataclass
from enum import Enum
from functools import cache, lru_cache
from typing import Protocol

import snowballstemmer

from amends.coach.reading.language import Language

HAN = "\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0002ffff"
EMOJI = "\u2600-\u27bf\u2b50\u2b55\U0001f000-\U0001faff"
_TOKEN = re.compile(
    rf"(?P<han>[{HAN}])"
    r"|(?P<number>\d+(?:[.,:\u00a0\u202f]\d+)*)"
    rf"|(?P<emoji>[{EMOJI}][\ufe0f\u200d{EMOJI}]*)"
    rf"|(?P<word>(?:(?![{HAN}])[^\W\d_])+(?:[-'’](?:(?![{HAN}])[^\W\d_])+)*)"
    r"|(?P<mark>[^\s\w]|_)"
)
_SAME_MARK = str.maketrans("，；：、。！？–—‘’“”„«»「」『』（）…", ',;:,.!?--\'\'"""""""""().')
CLAUSE = frozenset(",;:-.!?")

_WHOLE = {"won't": ("wo", "will"), "can't": ("ca", "can"), "shan't": ("sha", "shall")}
_ENDINGS = {"n't": "not", "'ll": "will", "'re": "are", "'ve": "have", "'m": "am", "'d": "would", "'s": "'s"}


class Kind(Enum):
    """What a token is."""

    WORD = "word"
    NUMBER = "number"
    EMOJI = "emoji"
    MARK = "mark"


@dataclass(frozen=True, slots=True)
class Token:
    """One word or mark; ``start`` and ``end`` count characters of the whole text."""

    surface: str  # as a rule writes it: small letters, whole words for contractions
    stem: str
    start: int
    end: int
    kind: Kind
    capitals: bool = False  # WRITTEN LIKE THIS


class _Stemmer(Protocol):
    def stemWord(self, word: str) -> str: ...  # noqa: N802  # the library’s name


@cache
def _stemmer(name: str) -> _Stemmer:
    made: _Stemmer = snowballstemmer.stemmer(name)
    return made


@lru_cache(maxsize=100_000)
def _stem(name: str, word: str) -> str:
    return _stemmer(name).stemWord(word)


def stem_of(word: str, language: Language) -> str:
    """The stem of a word in small letters."""
    if word in language.stems:
        return language.stems[word]
    return _stem(language.stemmer, word) if language.stemmer else word


def words(text: str, language: Language, *, start: int = 0, end: int | None = None) -> list[Token]:
    """The tokens of ``text[start:end]``. In Chinese every character is one."""
    found: list[Token] = []
    for match in _TOKEN.finditer(text, start, len(text) if end is None else end):
        raw = match.group()
        if match.lastgroup == "word":
            found += _word(raw, match.start(), language)
        elif match.lastgroup == "mark":
            mark = raw.translate(_SAME_MARK)
            found.append(Token(mark, mark, match.start(), match.end(), Kind.MARK))
        else:
            kind = {"number": Kind.NUMBER, "emoji": Kind.EMOJI}.get(match.lastgroup or "", Kind.WORD)
            found.append(Token(raw, raw, match.start(), match.end(), kind))
    return found


def _word(raw: str, start: int, language: Language) -> list[Token]:
    capitals = len(raw) > 1 and raw.isupper()
    surface = unicodedata.normalize("NFC", raw).lower().replace("’", "'")
    if language.code == "en":
        for base, rest in _parts(surface):
            split = start + base[1]
            pieces = [(base[0], start, split), (rest, split, start + len(raw))]
            return [Token(word, stem_of(word, language), a, b, Kind.WORD, capitals) for word, a, b in pieces]
    return [Token(surface, stem_of(surface, language), start, start + len(raw), Kind.WORD, capitals)]


@lru_cache(maxsize=20_000)
def _parts(surface: str) -> tuple[tuple[tuple[str, int], str], ...]:
    """“Won’t” → will + not: the first word with its length as written, and the second. Empty for one word."""
    if surface == "cannot":
        return ((("can", 3), "not"),)
    if surface in _WHOLE:
        written, word = _WHOLE[surface]
        return (((word, len(written)), "not"),)
    for ending, word in _ENDINGS.items():
        if surface.endswith(ending) and len(surface) > len(ending):
            return (((surface[: -len(ending)], len(surface) - len(ending)), word),)
    return ()
