"""The patterns of the rules: a small language over words, stems and classes of words (docs/coach-rules.md).

A sentence is written as one string in which every word is `` surface|stem`` and every mark a tab and the
mark; a pattern becomes a regular expression over that string. So a pattern matches words, never pieces of
them.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from amends.coach.reading.language import Language
from amends.coach.reading.words import Kind, Token, stem_of, words

_REST = r"[^ \t]*+"  # of a word; never given back, or a “not” behind it would see half of it
_WORD = r" [^ \t]++"  # any word
_MARKS = r"(?:\t[^ \t]*)*"  # marks between two elements never stand in the way
_SOFT = r"(?:\t[\"'()*/]+)*"  # marks that do not end a clause
_END = r"(?![^ \t])"
_ITEM = re.compile(
    r"\s*(?:(?P<gap>\.{2,3})(?P<most>\d*)(?P<but>!)?|(?P<not>!(?=[\w(@~*<]))|(?P<open>\()|(?P<close>\))|(?P<or>\|)"
    r"|(?P<maybe>\?)|(?P<start>\^)|(?P<finish>\$)|(?P<mark><[^>\s]+>)|@(?P<cls>[\w-]+)|(?P<stem>~)?(?P<word>[^\s()|?!@~<>^$]+))"
)
_BUILT_IN = {
    "<num>": rf" \d{_REST}", "<emoji>": r" [\u2600-\u27bf\u2b50\U0001f000-\U0001faff][^ \t]*", "<,>": r"\t,",
    "<!>": r"\t!", "<?>": r"\t\?", "<:>": r"\t:", "<->": r"\t-", "<;>": r"\t;",
}  # fmt: skip
_HEAD = 3  # letters of a word that a pattern like “deliver*” asks for first
_NOT_IN_A_WORD = str.maketrans({" ": "_", "|": "_", "\t": "_"})


class WrongPattern(ValueError):
    """A pattern that cannot be read; the text says why."""


@dataclass(frozen=True)
class Written:
    """A sentence as patterns read it."""

    text: str
    starts: Sequence[int]  # where each token begins in ``text``
    tokens: Sequence[Token]
    keys: frozenset[str]  # its words, its stems with a ~, their first letters with a *

    def span(self, match: re.Match[str]) -> tuple[int, int]:
        """Where in the draft the match begins and ends."""
        first = bisect_right(self.starts, match.start())
        first = max(first - 1, 0) if first and self.starts[first - 1] <= match.start() else first
        last = max(bisect_right(self.starts, match.end() - 1) - 1, first)
        while first < last and self.tokens[first].kind is Kind.MARK:
            first += 1
        while first < last and self.tokens[last].kind is Kind.MARK and self.tokens[last].surface not in "!?":
            last -= 1
        return self.tokens[first].start, self.tokens[last].end


def written(tokens: Sequence[Token]) -> Written:
    """Write the tokens of a sentence as patterns read them."""
    starts, parts, at = [], [], 0
    keys: set[str] = set()
    for token in tokens:
        if token.kind is Kind.MARK:
            part = f"\t{token.surface}"
        else:
            surface = token.surface.translate(_NOT_IN_A_WORD)
            part = f" {surface}|{token.stem.translate(_NOT_IN_A_WORD)}"
            keys.update((surface, f"~{token.stem}", f"{surface[:_HEAD]}*"))
        starts.append(at)
        parts.append(part)
        at += len(part)
    return Written("".join(parts), starts, tokens, frozenset(keys))


@dataclass(frozen=True)
class Pattern:
    """A pattern ready to search: its source, and words of which a matching sentence holds at least one.

    ``also``: further sets of words, of each of which it holds one. Looking is ten times cheaper than
    searching.
    """

    source: str
    expression: str
    needs: frozenset[str] | None  # None: it may match without any certain word
    also: tuple[frozenset[str], ...] = ()

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        """The regular expression, compiled when it is first needed."""
        return re.compile(self.expression)

    def search(self, sentence: Written) -> tuple[int, int] | None:
        """Where in the draft it matches first."""
        if not self._possible(sentence.keys):
            return None
        match = self.compiled.search(sentence.text)
        return sentence.span(match) if match and match.end() > match.start() else None

    def there(self, sentence: Written) -> bool:
        """Whether it matches anywhere."""
        return self._possible(sentence.keys) and self.compiled.search(sentence.text) is not None

    def _possible(self, keys: frozenset[str]) -> bool:
        if self.needs is not None and self.needs.isdisjoint(keys):
            return False
        for ones in self.also:  # noqa: SIM110  (a generator costs as much as the searching that it saves)
            if ones.isdisjoint(keys):
                return False
        return True


def pattern(source: str, language: Language) -> Pattern:
    """Read a pattern. WrongPattern if it cannot be read."""
    reader = _Reader(source, language)
    expression, needs = reader.alternatives()
    if reader.item is not None:
        raise WrongPattern(f"“{source}”: a “)” too many")
    also = tuple(words for words in reader.asked if words is not needs) if reader.ways == 1 else ()
    return Pattern(source, expression, needs, also)


def any_match(patterns: Iterable[Pattern], sentence: Written) -> bool:
    """Whether one of them matches."""
    return any(one.there(sentence) for one in patterns)


_Part = tuple[str, frozenset[str] | None]


class _Reader:
    """Reads one pattern from left to right."""

    def __init__(self, source: str, language: Language, seen: tuple[str, ...] = ()) -> None:
        self.source, self.language, self.seen = source, language, seen
        self.at = 0
        self.item: re.Match[str] | None = None
        self.asked: list[frozenset[str]] = []  # by the last sequence that was read to its end
        self.ways = 0  # alternatives of the last choice
        self.next()

    def next(self) -> None:
        rest = self.source[self.at :]
        if not rest.strip():
            self.item = None
            return
        match = _ITEM.match(self.source, self.at)
        if match is None:
            raise WrongPattern(f"“{self.source}”: “{rest.strip()}” cannot be read")
        self.at, self.item = match.end(), match

    def alternatives(self) -> _Part:
        parts = [self.sequence()]
        while self.item is not None and self.item["or"]:
            self.next()
            parts.append(self.sequence())
        if any(not expression for expression, _ in parts):
            raise WrongPattern(f"“{self.source}”: something is missing beside “|” or between “(” and “)”")
        self.ways = len(parts)
        return _either(parts)

    def sequence(self) -> _Part:
        made, needs, glue = "", None, False
        asked = []
        while self.item is not None and not self.item["close"] and not self.item["or"]:
            expression, needed, word = self.element()
            made += (_MARKS if glue and word else "") + expression
            glue = glue or word
            if needed is not None:
                asked.append(needed)
                if needs is None or len(needed) < len(needs):
                    needs = needed
        self.asked = asked
        return made, needs

    def element(self) -> tuple[str, frozenset[str] | None, bool]:
        """The next element; whether it stands for words (and marks may stand before it)."""
        item = self.item
        assert item is not None
        if item["start"]:
            self.next()
            return "^" + _MARKS, None, False
        if item["finish"]:
            self.next()
            return _MARKS + "$", None, False
        if item["gap"]:
            return self.gap(item), None, False
        if item["not"]:
            self.next()
            expression, _ = self.atom()
            return f"(?!{_MARKS}{expression})", None, False
        expression, needs = self.atom()
        if self.item is not None and self.item["maybe"]:
            self.next()
            return f"(?:{_MARKS}{expression})?", None, False
        return expression, needs, True

    def gap(self, item: re.Match[str]) -> str:
        far = len(item["gap"]) == 3
        most = int(item["most"]) if item["most"] else (99 if far else self.language.gap)
        self.next()
        barred = ""
        if item["but"]:
            expression, _ = self.atom()
            barred = f"(?!{expression})"
        return f"(?:{_MARKS if far else _SOFT}{barred}{_WORD}){{0,{most}}}?"

    def atom(self) -> _Part:
        item = self.item
        if item is None:
            raise WrongPattern(f"“{self.source}”: ends too soon")
        if item["open"]:
            self.next()
            inside = self.alternatives()
            if self.item is None or not self.item["close"]:
                raise WrongPattern(f"“{self.source}”: a “)” is missing")
            self.next()
            return inside
        self.next()
        if item["mark"]:
            if item["mark"] not in _BUILT_IN:
                raise WrongPattern(f"“{self.source}”: there is no {item['mark']}")
            return _BUILT_IN[item["mark"]], None
        if item["cls"]:
            return self.members(item["cls"])
        if not item["word"]:
            raise WrongPattern(f"“{self.source}”: “{item.group().strip()}” stands where a word is expected")
        return _literal(item["word"], bool(item["stem"]), self.language)

    def members(self, name: str) -> _Part:
        if name in self.seen:
            raise WrongPattern(f"@{name} holds itself")
        if name not in self.language.classes:
            raise WrongPattern(f"“{self.source}”: there is no class @{name}")
        parts = []
        for member in self.language.classes[name]:
            reader = _Reader(member, self.language, (*self.seen, name))
            parts.append(reader.alternatives())
        return _either(parts)


def _either(parts: Sequence[_Part]) -> _Part:
    expression = "|".join(dict.fromkeys(made for made, _ in parts))
    needs: frozenset[str] | None = frozenset()
    for _, needed in parts:
        needs = None if needs is None or needed is None else needs | needed
    return (f"(?:{expression})" if len(parts) > 1 else expression), needs


def _literal(word: str, by_stem: bool, language: Language) -> _Part:
    if "*" in word:
        wanted = word.lower().replace("’", "'")
        inside = re.escape(wanted).replace(r"\*", r"[^ \t|]*")
        head = wanted.partition("*")[0][:_HEAD]
        return rf" {inside}\|{_REST}", frozenset({f"{head}*"}) if len(head) == _HEAD else None
    tokens = words(word, language)
    if not tokens:
        raise WrongPattern(f"“{word}” holds no word")
    if by_stem and not language.by_character:
        stem = stem_of(tokens[0].surface, language)
        return rf" [^ \t|]*\|{re.escape(stem)}{_END}", frozenset({f"~{stem}"})
    made = [rf" {re.escape(t.surface)}\|{_REST}" for t in tokens if t.kind is not Kind.MARK]
    return _MARKS.join(made), frozenset({tokens[-1].surface})
