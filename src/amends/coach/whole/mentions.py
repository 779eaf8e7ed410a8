"""Whether a text speaks of something: a point, an outside body; and what was not filled in."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from amends.coach.reading.language import CODES, Language, language_of
from amends.coach.reading.words import HAN, Kind, stem_of, words
from amends.coach.whole.cues import letter_book

_ROOT = 5  # letters of a stem that two words of one family share
_SHORTEST = 3  # letters of a word that says something
_HAN = re.compile(rf"[{HAN}]")
_LETTER = re.compile(r"[^\W\d_]")
_ADDRESS = re.compile(
    r"https?://[\w./?=&%#~:+-]+|[\w.+-]+@[\w.-]+", re.ASCII
)  # ends at what no address holds
_PLACEHOLDER = re.compile(
    r"\[[^\]\n\d][^\]\n]{0,60}\]|\{\{?[^}\n]{1,60}\}\}?|<[^\W\d][^>\n]{0,40}>|\$\{?[a-z_]{2,}\}?|%[a-z_]{2,}%"
    r"|_{3,}|(?<!\.)\.{5,}|…{2,}|#{3,}|(?<![^\W_])[Xx]{3,}(?![^\W\d_a-zA-Z])|\b[Xx]{2}(?=[./-][Xx])"
    r"|\b(?:T(?:ODO|B[CD])|lorem ipsum)\b"
)


def answers(text: str, issue: str, issues: Sequence[str], language: Language) -> bool:
    """Whether a text says anything about a point: a word that no other point has is in the text."""
    others = [_content(other, language) for other in issues if other != issue]
    mine = _content(issue, language)
    own = mine - set().union(*others) if others else mine
    return not (own or mine) or bool((own or mine) & _content(text, language))


def names(text: str, body: str, language: Language) -> bool:
    """Whether a text names an outside body: its whole name, its short name, or the words of its name."""
    low = text.lower()
    short = re.findall(r"\(([^)]+)\)", body)
    plain = re.sub(r"\s*\([^)]*\)", "", body).strip()
    if plain.lower() in low or any(
        re.search(rf"(?<!\w){re.escape(one.lower())}(?!\w)", low) for one in short
    ):
        return True
    wanted = _content(plain, language)
    return bool(wanted) and len(wanted & _content(text, language)) / len(wanted) >= 0.7


def _content(text: str, language: Language) -> set[str]:
    """The roots of the words that say something; in Chinese the pairs of characters that do."""
    if language.by_character:
        kept = [t for t in words(text, language) if t.kind in (Kind.WORD, Kind.NUMBER)]
        return {
            one.surface + two.surface
            for one, two in pairwise(kept)
            if one.end == two.start
            and not {one.surface, two.surface, one.surface + two.surface} & _light(language)
        }
    return {
        stem_of(token.surface, language)[:_ROOT]
        for token in words(text, language)
        if token.kind is Kind.WORD
        and len(token.surface) >= _SHORTEST
        and token.surface not in language.stopwords
    }


def _light(language: Language) -> set[str]:
    """Characters that say nothing by themselves."""
    return {word for word in language.stopwords if len(word) == 1} | {
        "次",
        "个",
        "没",
        "有",
        "到",
        "时",
        "后",
        "前",
        "多",
    }


def placeholders(text: str, language: Language) -> Iterator[tuple[int, int]]:
    """What a template left to be filled in."""
    last, text = -1, _without_addresses(text)
    patterns = (_PLACEHOLDER, *letter_book(language.code).placeholders)
    for start, end in sorted(match.span() for one in patterns for match in one.finditer(text)):
        if start >= last:
            yield start, end
            last = end


def _without_addresses(text: str) -> str:
    """Blanks where web and mail addresses stand: a customer's link holds any letters by chance."""
    return _ADDRESS.sub(lambda found: " " * len(found.group()), text)


def detected(text: str) -> str | None:
    """The language a text is written in, by its script and its small words; None if that cannot be told."""
    text = _without_addresses(text)
    letters = len(_LETTER.findall(text))
    if letters and len(_HAN.findall(text)) / letters > 0.3:
        return "zh-hans"
    plain = Counter(re.findall(r"[^\W\d_]+", text.lower()))
    counts = {code: sum(plain[word] for word in plain.keys() & language_of(code).stopwords) for code in CODES}
    best, second = sorted(counts, key=lambda code: -counts[code])[:2]
    return best if counts[best] > 2 and counts[best] >= 1.5 * counts[second] else None
