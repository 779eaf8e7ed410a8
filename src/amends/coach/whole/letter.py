"""A letter as it is built: salutation, body, close, signature; and what each sentence of its body does."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum

from amends.coach.reading.dates import Day, dates
from amends.coach.reading.language import Language
from amends.coach.reading.sentences import Sentence
from amends.coach.reading.sums import Sum, sums
from amends.coach.reading.traits import Traits, traits_of
from amends.coach.sentences.patterns import Written, written
from amends.coach.whole.cues import letter_book

Place = tuple[int, int]
_LONGEST_SALUTATION = 8  # words
_LONGEST_CLOSE = 10
_LONGEST_SIGNATURE = 8  # lines


class Part(Enum):
    """Where in the letter a sentence stands."""

    SALUTATION = "salutation"
    BODY = "body"
    CLOSE = "close"
    SIGNATURE = "signature"


@dataclass(frozen=True)
class Line:
    """A sentence, where it stands, and what it does."""

    sentence: Sentence
    part: Part
    written: Written
    traits: Traits
    cues: Mapping[str, Place] = field(default_factory=dict)
    remedies: Mapping[str, Place] = field(default_factory=dict)
    days: Sequence[Day] = ()
    sums: Sequence[Sum] = ()
    timed: bool = False  # names a point in time, by date or by word

    @property
    def place(self) -> Place:
        """Its place in the draft."""
        return self.sentence.start, self.sentence.end

    @property
    def promises(self) -> bool:
        """Whether it says what is done for the customer."""
        return "solve" in self.cues or bool(self.remedies)


def read_letter(found: Sequence[Sentence], language: Language) -> list[Line]:
    """Every sentence of a draft with its part and its cues."""
    lines = [written(sentence.tokens) for sentence in found]
    parts = _parts(found, lines, language)
    return [
        _line(sentence, part, line, traits_of(sentence, language), language)
        for sentence, part, line in zip(found, parts, lines, strict=True)
    ]


def body(lines: Iterable[Line]) -> list[Line]:
    """The sentences between salutation and close."""
    return [line for line in lines if line.part is Part.BODY]


def _line(sentence: Sentence, part: Part, line: Written, traits: Traits, language: Language) -> Line:
    if part is not Part.BODY:
        return Line(sentence, part, line, traits)
    book, at = letter_book(language.code), sentence.start
    cues = {name: place for name, cue in book.cues.items() if (place := cue.find(line, traits))}
    remedies = {kind: place for kind, cue in book.remedies.items() if (place := cue.find(line, traits))}
    days = [Day(d.start + at, d.end + at, d.month, d.day, d.year) for d in dates(sentence.text, language)]
    money = [Sum(s.start + at, s.end + at, s.amount, s.currency) for s in sums(sentence.text, language)]
    timed = bool(days) or book.time.find(line, traits) is not None
    return Line(sentence, part, line, traits, cues, remedies, days, money, timed)


def _parts(found: Sequence[Sentence], lines: Sequence[Written], language: Language) -> list[Part]:
    book = letter_book(language.code)
    parts = [Part.BODY] * len(found)
    longest = 2 if language.by_character else 1
    if len(found) > 1 and found[0].length <= _LONGEST_SALUTATION * longest:
        first = found[0]
        if first.text.rstrip().endswith((",", ":", "，", "：")) or book.salutation.find(
            lines[0], traits_of(first, language)
        ):
            parts[0] = Part.SALUTATION
    for number in range(max(len(found) - _LONGEST_SIGNATURE, 1), len(found)):
        last = found[number]
        if last.length <= _LONGEST_CLOSE and book.close.find(lines[number], traits_of(last, language)):
            parts[number:] = [Part.SIGNATURE] * (len(found) - number)
            parts[number] = Part.CLOSE
            break
    return parts
