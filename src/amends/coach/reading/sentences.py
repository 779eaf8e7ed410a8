"""Where sentences begin and end, and which words are the customer's own."""

import re
from dataclasses import dataclass

from amends.coach.reading.language import Language
from amends.coach.reading.words import EMOJI, Kind, Token, words

_BREAK = re.compile(
    rf"[.!?…]+[\"”’')»]*(?:\s*[{EMOJI}\ufe0f]+)*(?=\s|$)|[。！？；]+[”’」』）]*|\n[ \t\r\f\v]*(?:\n\s*)*"
)
_QUOTED = re.compile(
    r"“([^“”]+)”|”([^“”]+)”|„([^„”“]+)[”“]|«([^«»]+)»|「([^「」]+)」|『([^『』]+)』|\"([^\"\n]+)\""
)
_LONG_QUOTE = 4  # words from which a quotation is somebody's saying, and not a word held up
_OPENING = "\"“”„«‘'([{*•-–—"


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: its place in the text, its tokens without what it quotes, and what it quotes."""

    text: str
    start: int
    end: int
    tokens: tuple[Token, ...]
    quotes: tuple[tuple[int, int], ...] = ()

    @property
    def length(self) -> int:
        """How many words it has."""
        return sum(1 for token in self.tokens if token.kind is not Kind.MARK)


def sentences(text: str, language: Language) -> list[Sentence]:
    """The sentences of a text in their order. Each line of a letter’s head and foot is one."""
    found: list[Sentence] = []
    start = 0
    for end in [*_ends(text, language), len(text)]:
        piece = text[start:end]
        first = start + len(piece) - len(piece.lstrip())
        last = start + len(piece.rstrip())
        start = end
        if first < last:
            found.append(_sentence(text, first, last, language))
    return found


def _sentence(text: str, start: int, end: int, language: Language) -> Sentence:
    tokens = words(text, language, start=start, end=end)
    quotes = []
    for match in _QUOTED.finditer(text, start, end):
        inside = [t for t in tokens if match.start() < t.start and t.end < match.end()]
        if sum(t.kind is Kind.WORD for t in inside) >= _LONG_QUOTE and len(inside) < len(tokens) - 2:
            quotes.append((match.start(), match.end()))
    kept = [t for t in tokens if not any(a <= t.start and t.end <= b for a, b in quotes)]
    return Sentence(text[start:end], start, end, tuple(kept), tuple(quotes))


def _ends(text: str, language: Language) -> list[int]:
    ends = []
    for match in _BREAK.finditer(text):
        mark = match.group()
        rest = text[match.end() :].lstrip()
        if mark.startswith("\n"):
            if "\n" in mark[1:] or _new_line(rest, language):
                ends.append(match.end())
        elif mark[0] in "。！？；!?" or _full_stop(text[: match.start()], rest, language):
            ends.append(match.end())
    return ends


def _new_line(rest: str, language: Language) -> bool:
    """A line that begins small goes on with the sentence of the line before it."""
    return language.by_character or not rest or not rest[0].islower()


def _full_stop(before: str, rest: str, language: Language) -> bool:
    word = before[max(before.rfind(" "), before.rfind("\n"), before.rfind("(")) + 1 :].lower()
    if word in language.abbreviations or (len(word) == 1 and rest.startswith("(")):  # “2026 r. (…)”
        return False
    first = rest.lstrip(_OPENING)[:1]
    if word.isdigit() and len(word) < 3:  # “den 3. mars”
        return not first or first.isupper()
    if len(word) == 1 and word.isalpha() and language.code in {"en", "sv"}:  # initials
        return not first
    return not first or not first.islower()
