"""The door of the coach: a draft in, what was found out."""

from dataclasses import dataclass

from amends.coach.reading.language import Language
from amends.coach.reading.sentences import sentences
from amends.coach.reasons import phrase, reason
from amends.coach.sentences.finding import Found, find_in


@dataclass(frozen=True)
class Finding:
    """Something to look at again, for a reader of one language. ``start`` and ``end`` count characters."""

    code: str
    start: int
    end: int
    text: str
    why: str
    instead: str
    wording: str = ""  # ready words in the language of the draft, where there are some


def sentence_findings(draft: str, language: Language, reader: str) -> list[Finding]:
    """What may hurt in the sentences of a draft, in their order."""
    return [
        _finding(draft, found, reader)
        for sentence in sentences(draft, language)
        for found in find_in(sentence, language)
    ]


def _finding(draft: str, found: Found, reader: str) -> Finding:
    why, instead = reason(found.why, reader)
    if found.words:
        why += " " + phrase("words", reader, words=", ".join(f"“{word}”" for word in found.words))
    return Finding(
        found.code, found.start, found.end, draft[found.start : found.end], why, instead, found.wording
    )
