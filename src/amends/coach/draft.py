"""The door of the coach: a draft in, everything that was found out."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from amends.coach.house import CODE as HOUSE_WORD
from amends.coach.house import HouseRules, avoided
from amends.coach.owed import ADVICE, Owed, owed
from amends.coach.readability import Readability, readability
from amends.coach.reading.language import CODES, Language, language_of, tag_of
from amends.coach.reading.sentences import sentences
from amends.coach.reasons import phrase, reason
from amends.coach.sentences.finding import Found, find_in
from amends.coach.whole.against import Lack, lacking, not_in_plan
from amends.coach.whole.carp import carp, missing
from amends.coach.whole.case import Case
from amends.coach.whole.in_return import CODE as PAID
from amends.coach.whole.in_return import in_return
from amends.coach.whole.letter import Line, Part, Place, read_letter
from amends.coach.whole.mentions import detected, placeholders

_ENOUGH_TO_REPEAT = 8  # characters from which words that stand in the case are taken for a repetition
_LINK = re.compile(r"\bhttps?://\S+")
_ENOUGH_TO_TELL = 60  # characters from which a text shows its language (Chinese: a quarter of that)


@dataclass(frozen=True)
class Finding:
    """Something to look at again. ``start`` and ``end`` count characters; both 0 for the whole text."""

    code: str
    start: int
    end: int
    text: str
    why: str
    instead: str
    level: str
    wording: str = ""  # ready words in the language of the draft, where there are some

    def as_json(self) -> dict[str, Any]:
        """The finding as ``amends coach`` and the API write it."""
        return dict(self.__dict__)


@dataclass(frozen=True)
class Coached:
    """What the coach has to say about a draft."""

    language: str
    findings: Sequence[Finding]  # with their places
    carp: Mapping[str, Sequence[Place]]
    lacks: Sequence[Finding]  # what the whole text lacks
    readability: Readability = field(default_factory=Readability)
    must: Sequence[str] = ()  # the codes of what such a text must have, whether it has it or not

    @property
    def missing(self) -> list[str]:
        """The codes of what the whole text lacks, each once."""
        return list(dict.fromkeys(lack.code for lack in self.lacks))

    def as_json(self) -> dict[str, Any]:
        """As ``amends coach`` and the API write it."""
        return {
            "language": tag_of(self.language),
            "findings": [finding.as_json() for finding in self.findings],
            "carp": {step: [list(place) for place in places] for step, places in self.carp.items()},
            "missing": self.missing,
            "lacks": [
                {
                    name: value
                    for name, value in lack.as_json().items()
                    if name in ("code", "why", "instead", "level")
                }
                for lack in self.lacks
            ],
            "readability": self.readability.as_json(),
        }


def coach(
    draft: str,
    *,
    language: str | None = None,
    reader: str | None = None,
    case: Case | None = None,
    house: HouseRules | None = None,
) -> Coached:
    """Read a draft.

    ``language`` (a code of ``CODES``) is what it is taken to be written in; a text long enough to show
    another is read in that one. ``reader`` is the language of the reasons, without it that of the draft.
    With a ``case`` the draft is held against it; ``owes`` is what such a text owes in this house, without
    it what the packs say.
    """
    wanted = (case.language if case else None) or language
    shown = _shown(draft)
    code = shown or language or wanted or detected(draft) or CODES[0]
    frame, reads = language_of(code), reader or code
    case_or_none = case or Case()
    house = house or HouseRules()
    owes = house.owed(owed(case_or_none.kind), case_or_none.kind)
    lines = read_letter(sentences(draft, frame), frame)
    places = carp(lines)
    made = _Maker(draft, frame, reads, owes)
    findings = [made.of_sentence(found) for found in _in_sentences(lines, frame)]
    findings += [made.of_lack(Lack("unfilled-placeholder", place=p)) for p in placeholders(draft, frame)]
    lacks = [Lack(one) for one in missing(places)] if draft.strip() else []
    lacks += list(lacking(draft, lines, case_or_none, frame, owes.codes)) if draft.strip() else []
    if shown and wanted and shown != wanted:
        lacks.append(Lack("wrong-language", made.names(wanted, shown)))
    if case is not None:
        findings += [made.of_lack(lack) for lack in not_in_plan(lines, case)]
    if PAID in owes.codes:
        findings += [made.of_lack(lack) for lack in in_return(lines, frame)]
    findings += [made.of_house(place, house, saying) for place, saying in avoided(lines, house, frame)]
    findings = _our_own(findings, draft, case_or_none.told)
    return Coached(
        language=code,
        findings=sorted(_wanted(findings, owes), key=lambda finding: (finding.start, finding.end)),
        carp=places,
        lacks=_wanted([made.of_lack(lack) for lack in lacks], owes),
        readability=readability(lines, frame, reads),
        must=owes.must,
    )


def _wanted(findings: Sequence[Finding], owes: Owed) -> list[Finding]:
    """Without what such a text is not looked at for, or this house does not want to hear of."""
    return [finding for finding in findings if finding.code not in owes.unasked]


def _our_own(findings: Sequence[Finding], draft: str, told: Sequence[str]) -> list[Finding]:
    """Without those in words of the customer that the draft repeats, and those in the address of a link: the
    characters of its key may look like a smiley.
    """
    places = [
        match.span()
        for words in told
        if len(words.strip()) >= _ENOUGH_TO_REPEAT
        for match in re.finditer(re.escape(words.strip()), draft)
    ]
    places += [match.span() for match in _LINK.finditer(draft)]
    return [
        one for one in findings if not any(start <= one.start and one.end <= end for start, end in places)
    ]


def sentence_findings(draft: str, language: Language, reader: str) -> list[Finding]:
    """What may hurt in the sentences of a draft, in their order; nothing about the whole."""
    made = _Maker(draft, language, reader, owed(""))
    lines = read_letter(sentences(draft, language), language)
    return [made.of_sentence(found) for found in _in_sentences(lines, language)]


def _in_sentences(lines: Sequence[Line], language: Language) -> Iterator[Found]:
    """Head and foot of a letter are read by the rules alone; a signature is not read."""
    for line in lines:
        if line.part is not Part.SIGNATURE:
            yield from find_in(
                line.sentence, line.written, line.traits, language, learnt=line.part is Part.BODY
            )


def _shown(draft: str) -> str | None:
    """The language that a text long enough shows beyond doubt."""
    code = detected(draft)
    enough = _ENOUGH_TO_TELL // 4 if code == "zh-hans" else _ENOUGH_TO_TELL
    return code if len(draft) >= enough else None


@dataclass(frozen=True)
class _Maker:
    """Puts reasons to what was found."""

    draft: str
    language: Language
    reader: str
    owes: Owed

    def of_sentence(self, found: Found) -> Finding:
        why, instead = reason(found.why, self.reader)
        if found.words:
            said = ", ".join(f"“{word}”" for word in found.words)
            why += (" " if self.reader != "zh-hans" else "") + phrase("words", self.reader, words=said)
        # What only the classifier sees is advice: nobody is held up by what no rule can put into words.
        place = found.start, found.end
        return self._finding(found.code, place, why, instead, found.wording, advice=bool(found.words))

    def of_lack(self, lack: Lack) -> Finding:
        why, instead = reason(lack.code, self.reader, **lack.values)
        return self._finding(lack.code, lack.place or (0, 0), why, instead)

    def of_house(self, place: Place, house: HouseRules, saying: str) -> Finding:
        """A word that the house avoids, with the house's own words for it."""
        why, otherwise = reason(HOUSE_WORD, self.reader)
        return self._finding(HOUSE_WORD, place, house.why.get(saying) or why, otherwise, house.avoid[saying])

    def names(self, wanted: str, shown: str) -> dict[str, str]:
        """What the reader calls the two languages."""
        return {"wanted": phrase(wanted, self.reader), "language": phrase(shown, self.reader)}

    def _finding(
        self, code: str, place: Place, why: str, instead: str, wording: str = "", *, advice: bool = False
    ) -> Finding:
        start, end = place
        level = ADVICE if advice else self.owes.level(code)
        return Finding(code, start, end, self.draft[start:end], why, instead, level, wording)
