"""The draft against its case: what the decision asks for, and what the plan does not hold."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from amends.coach.reading.dates import dates
from amends.coach.reading.language import Language
from amends.coach.whole.case import APOLOGY, Case
from amends.coach.whole.letter import Line, body
from amends.coach.whole.mentions import answers, names

# What a promise is covered by: whoever plans a gesture of goodwill may write “we pay you back”, but whoever
# plans a refund may not write of a voucher. Kinds that are not here are not checked.
_COVERED_BY: Mapping[str, set[str]] = {
    "refund": {"refund", "compensation", "discount", "goodwill", "return"},
    "compensation": {"compensation", "refund", "goodwill"},
    "discount": {"discount", "compensation", "refund", "goodwill"},
    "goodwill": {"goodwill", "gift", "reward"},
    "gift": {"gift", "goodwill", "reward"},
    "replacement": {"replacement", "repair"},
    "repair": {"repair", "visit"},
}


@dataclass(frozen=True)
class Lack:
    """Something that the whole text lacks or has too much of; ``place`` where it can be shown."""

    code: str
    values: Mapping[str, str] = field(default_factory=dict)
    place: tuple[int, int] | None = None


Test = Callable[[str, Sequence[Line], Case, Language], bool]


def _says(cue: str) -> Test:
    return lambda _text, lines, _case, _language: any(cue in line.cues for line in lines)


def _says_reason(text: str, lines: Sequence[Line], case: Case, _language: Language) -> bool:
    """“Because” in thanks, in what is new or in what we will ring about explains nothing."""
    if any(words.strip() and words.strip() in text for words in case.found):
        return True
    return any(
        "reason" in line.cues
        and not {"thanks", "prevention"} & {*line.cues}
        and not ("contact" in line.cues and line.timed)
        for line in lines
    )


def _says_regret(_text: str, lines: Sequence[Line], _case: Case, _language: Language) -> bool:
    return any("regret" in line.cues or "apology" in line.cues for line in lines)


def _says_next_step(_text: str, lines: Sequence[Line], _case: Case, _language: Language) -> bool:
    return any("contact" in line.cues and line.timed for line in lines)


def _says_remedy(text: str, lines: Sequence[Line], case: Case, _language: Language) -> bool:
    """A plan of nothing but an apology asks for nothing; else a kind, sum, day or word of it is enough."""
    planned = [remedy for remedy in case.remedies if remedy.kind != APOLOGY]
    if not planned or any(remedy.words and remedy.words.lower() in text.lower() for remedy in planned):
        return True
    return any(
        any(remedy.kind in _COVERED_BY.get(kind, {kind}) for kind in line.remedies)
        or any(one.amount == remedy.amount for one in line.sums if line.promises)
        or (line.promises and remedy.by is not None and any(day.may_be(remedy.by) for day in line.days))
        for line in lines
        for remedy in planned
    )


def _has_reference(text: str, _lines: Sequence[Line], case: Case, language: Language) -> bool:
    """The case's number, or the date of the customer's letter."""
    if not case.reference and not case.letter_dated:
        return True
    if case.reference and case.reference.lower() in text.lower():
        return True
    return case.letter_dated is not None and any(
        day.may_be(case.letter_dated) for day in dates(text, language)
    )


def _has_signpost(text: str, _lines: Sequence[Line], case: Case, language: Language) -> bool:
    return not case.third_party or names(text, case.third_party, language)


TESTS: Mapping[str, Test] = {
    "no-thanks": _says("thanks"),
    "no-apology": _says("apology"),
    "no-regret": _says_regret,
    "no-reason": _says_reason,
    "no-remedy": _says_remedy,
    "no-next-step": _says_next_step,
    "no-prevention": _says("prevention"),
    "no-signpost": _has_signpost,
    "no-reference": _has_reference,
}


def lacking(
    text: str, lines: Sequence[Line], case: Case, language: Language, asked: Sequence[str]
) -> Iterator[Lack]:
    """Of the codes asked for, those that the text does not answer to."""
    said = body(lines)
    values = {
        "remedy": planned_words(case, "kind"),
        "third_party": case.third_party,
        "letter_dated": case.letter_dated or "",
        "reference": case.reference,
    }
    for code in asked:
        if code in TESTS and not TESTS[code](text, said, case, language):
            yield Lack(code, values)
    for issue in case.issues:
        if "issue-unanswered" in asked and not answers(text, issue, case.issues, language):
            yield Lack("issue-unanswered", {"issue": issue})


def not_in_plan(lines: Sequence[Line], case: Case) -> Iterator[Lack]:
    """Sums, days and remedies that are promised and that the approved plan does not hold."""
    words = [remedy.words.lower() for remedy in case.remedies if remedy.words]
    for line in body(lines):
        said = line.sentence.text.lower()
        if any(one in said or said.strip(" .。") in one for one in words):
            continue  # in the plan's own words
        if line.promises and "refusal" not in line.cues:
            yield from _sums(line, case)
            yield from _days(line, case)
            yield from _remedies(line, case)


def _sums(line: Line, case: Case) -> Iterator[Lack]:
    """A sentence that names a sum of the plan may name others beside it (“56 of the 120 that you paid”)."""
    planned = [remedy.amount for remedy in case.remedies if remedy.amount is not None]
    allowed = {*planned, sum(planned)}
    if not line.sums or any(one.amount in allowed for one in line.sums):
        return
    if not planned and not any(
        kind in line.remedies for kind in ("refund", "compensation", "discount", "goodwill")
    ):
        return
    for one in line.sums:
        yield Lack("sum-not-in-plan", {"planned": planned_words(case, "amount")}, (one.start, one.end))


def _days(line: Line, case: Case) -> Iterator[Lack]:
    """A day on which something is to be done. When we ring or write is in no plan, nor is what has been."""
    planned = [remedy.by for remedy in case.remedies if remedy.by]
    if not planned or any(day.may_be(by) for day in line.days for by in planned):
        return
    for day in line.days:
        year = day.year or int(planned[0][:4])
        past = case.letter_dated is not None and f"{year:04}-{day.month:02}-{day.day:02}" <= case.letter_dated
        known = any(day.may_be(other) for other in case.days)
        if not past and not known and not _about_contact(line, day.start):
            yield Lack("date-not-in-plan", {"planned": planned_words(case, "by")}, (day.start, day.end))


def _about_contact(line: Line, at: int) -> bool:
    """Whether the words around a place in a sentence are about ringing or writing."""
    if "contact" not in line.cues:
        return False
    start, end = line.cues["contact"]
    text, first = line.sentence.text, line.sentence.start
    between = text[min(at, end) - first : max(at, start) - first]
    return start <= at <= end or not any(mark in between for mark in ",;:，；：、")


def _remedies(line: Line, case: Case) -> Iterator[Lack]:
    """A sentence that tells what the customer went through promises nothing, whatever things it names."""
    kinds = {remedy.kind for remedy in case.remedies}
    if "solve" not in line.cues and {"acknowledge", "reason", "thanks"} & {*line.cues}:
        return
    for kind, place in line.remedies.items():
        if kind in _COVERED_BY and not _COVERED_BY[kind] & kinds:
            yield Lack("remedy-not-in-plan", {"planned": planned_words(case, "kind")}, place)


def planned_words(case: Case, what: str) -> str:
    """What the plan holds of one thing, as a list for a person: sums, days or kinds."""
    rows = [row for row in case.remedies if getattr(row, what) is not None]
    if what == "amount":
        words = [f"{row.amount} {row.currency or ''}".strip() for row in rows]
    else:
        words = [str(getattr(row, what)) for row in rows]
    return ", ".join(dict.fromkeys(words)) or "–"
