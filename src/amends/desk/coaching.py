"""What the coach says beside a text that is being written, as ``desk/coach/panel.html`` shows it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from amends.cases.words_of_coach import CODES, STEPS
from amends.coach.draft import Coached, Finding
from amends.coach.owed import MUST
from amends.coach.sentences.codes import SENTENCE_CODES
from amends.coach.whole.letter import Place

STRIP = 1000  # units of the strip's width

# Must-haves that a person looks at as one thing; each says no more than its codes, or a tick would lie.
_TOGETHER: tuple[tuple[frozenset[str], Promise], ...] = (
    (frozenset(("sum-not-in-plan", "date-not-in-plan")), _("Sums and days as the plan has them")),
    (frozenset(("remedy-not-in-plan",)), _("Promises only what the plan holds")),
    (frozenset(("paid-review",)), _("Nothing given for the review")),
    (frozenset(("unfilled-placeholder",)), _("No blank left open")),
    (frozenset(("wrong-language",)), _("In the customer’s language")),
    (frozenset(("blame",)), _("Nothing laid on the customer")),
    (frozenset((*SENTENCE_CODES, "house-word")) - {"blame"}, _("No words that hurt or judge")),
)


@dataclass(frozen=True)
class Note:
    """One place to look at again. ``start`` and ``end`` count characters of the text between the frames."""

    number: int
    name: str | Promise
    start: int
    end: int
    finding: Finding

    @property
    def must(self) -> bool:
        """Whether it holds up sending."""
        return self.finding.level == MUST


@dataclass(frozen=True)
class Piece:
    """A stretch of the text, with the note that marks it."""

    text: str
    note: Note | None = None
    last: bool = True  # the note ends here


@dataclass(frozen=True)
class Step:
    """One of the four steps of CARP, and where in the letter it is taken. In units of ``STRIP``."""

    name: str | Promise
    bars: Sequence[tuple[int, int]]
    where: Sequence[str | Promise]


@dataclass(frozen=True)
class Item:
    """A must-have: there, or not and why it is wanted."""

    words: str | Promise
    lacks: Sequence[Finding]


@dataclass(frozen=True)
class Panel:
    """All of it. ``others`` are notes on places that cannot be shown in the text."""

    coached: Coached
    pieces: Sequence[Piece]
    notes: Sequence[Note]
    steps: Sequence[Step]
    items: Sequence[Item]
    advice: Sequence[tuple[str | Promise, str, str]]  # name, why, instead

    @property
    def missing(self) -> int:
        """How many must-haves are not there."""
        return sum(bool(item.lacks) for item in self.items)


def panel_of(coached: Coached, whole: str, text: str) -> Panel:
    """``text`` is what the person types, ``whole`` what the coach read: with greeting and close."""
    offset = max(whole.find(text), 0) if text else 0
    notes = _notes(coached.findings, offset, offset + len(text))
    asked = {code.removeprefix("carp-") for code in coached.must if code.startswith("carp-")}
    short = not asked and not any(lack.code.startswith("carp-") for lack in coached.lacks)
    return Panel(
        coached=coached,
        pieces=list(_pieces(text, notes)),
        notes=notes,
        steps=[] if short and not all(coached.carp.values()) else _steps(coached.carp, offset, len(text)),
        items=list(_items(coached)),
        advice=[(CODES[lack.code], lack.why, lack.instead) for lack in coached.lacks if lack.level != MUST]
        + [
            (CODES[hard["code"]], str(hard["why"]), str(hard["instead"]))
            for hard in coached.readability.advice
        ],
    )


def _notes(findings: Sequence[Finding], start: int, end: int) -> list[Note]:
    inside = [one for one in findings if start <= one.start < one.end <= end]
    return [
        Note(number, CODES[one.code], one.start - start, one.end - start, one)
        for number, one in enumerate(inside, 1)
    ]


def _pieces(text: str, notes: Sequence[Note]) -> Iterator[Piece]:
    """The text cut where its notes begin and end. Where two overlap, the shorter one has the place."""
    cuts = sorted({0, len(text), *(note.start for note in notes), *(note.end for note in notes)})
    for start, end in pairwise(cuts):
        over = [note for note in notes if note.start <= start and end <= note.end]
        note = min(over, key=lambda note: note.end - note.start, default=None)
        yield Piece(text[start:end], note, note is not None and note.end == end)


_THIRDS = (_("at the beginning"), _("in the middle"), _("at the end"))


def _steps(carp: Mapping[str, Sequence[Place]], offset: int, length: int) -> list[Step]:
    made = []
    for code, words in STEPS.items():
        places = [(a - offset, b - offset) for a, b in carp[code] if a >= offset]
        inside = [(a, min(b, length)) for a, b in places if a < length]
        bars = [(a * STRIP // length, max((b - a) * STRIP // length, 12)) for a, b in inside]
        thirds = sorted({min((a + b) * 3 // (2 * length), 2) for a, b in inside})
        made.append(Step(words, bars, [_THIRDS[third] for third in thirds]))
    return made


def _items(coached: Coached) -> Iterator[Item]:
    """What the whole must have, one by one; what it must not have, together."""
    together = frozenset().union(*(codes for codes, _words in _TOGETHER))
    found = [one for one in (*coached.lacks, *coached.findings) if one.level == MUST]
    for code in coached.must:
        if code not in together:
            yield Item(CODES[code], [one for one in found if one.code == code])
    for codes, words in _TOGETHER:
        if codes & {*coached.must}:
            yield Item(words, [one for one in found if one.code in codes])
