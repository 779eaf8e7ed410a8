"""Rules and classifier put together: what is found in a sentence."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from amends.coach.reading.language import Language
from amends.coach.reading.sentences import Sentence
from amends.coach.reading.traits import Traits
from amends.coach.sentences.classifier import classifier
from amends.coach.sentences.codes import CLEAN, SENTENCE_CODES
from amends.coach.sentences.features import features
from amends.coach.sentences.patterns import Written
from amends.coach.sentences.rules import Rule, rule_book

_UNLIKELY = 0.01  # a rule whose code the classifier holds less likely saw the words, not their sense
_SURELY_CLEAN = 0.97  # a classifier so sure that nothing is wrong overrules one ordinary rule
_BESIDE = 0.2  # a second code in one sentence is raised only if the classifier holds it this likely
_ANOTHER = (
    0.6  # of two rules that see the same words, the one that the classifier holds this much less likely goes
)


@dataclass(frozen=True)
class Found:
    """A code found in a sentence, its place in the draft, and what found it."""

    code: str
    start: int
    end: int
    why: str  # key of the reason
    rule: str = ""  # the rule's name; empty if the classifier found it
    wording: str = ""
    words: Sequence[str] = ()  # what moved the classifier


def find_in(
    sentence: Sentence, line: Written, traits: Traits, language: Language, *, learnt: bool = True
) -> list[Found]:
    """What may hurt in one sentence, in the order of the text. Without ``learnt`` by the rules alone."""
    book, model = rule_book(language.code), classifier(language.code) if learnt else None
    hits = list(book.matching(line, traits))
    vetoed = {code for rule, _ in hits if rule.code == CLEAN for code in rule.vetoes}
    hits = [(rule, place) for rule, place in hits if rule.code != CLEAN and rule.code not in vetoed]
    likely: Mapping[str, float] = {}
    if model is not None:
        seen = features(sentence, line, traits, language)
        likely = model.probabilities(seen)
    kept = _chosen(hits, likely)
    if kept:
        return [
            Found(
                rule.code, *place, why=rule.why, rule=rule.name,
                wording=rule.wording or book.wordings.get(rule.code, ""),
            )
            for rule, place in kept
        ]  # fmt: skip
    if model is None or not sentence.tokens:
        return []
    best = max((code for code in SENTENCE_CODES if code in likely), key=lambda code: likely[code])
    if best in vetoed or likely[best] < model.thresholds.get(best, 2.0):
        return []
    return [
        Found(
            best, sentence.start, sentence.end, why=best, wording=book.wordings.get(best, ""),
            words=model.moved_by(seen, best),
        )
    ]  # fmt: skip


def _chosen(
    hits: Sequence[tuple[Rule, tuple[int, int]]], likely: Mapping[str, float]
) -> list[tuple[Rule, tuple[int, int]]]:
    """One finding for a place: the strongest rule, by the classifier's word if they are equal."""
    if likely:
        sure = likely.get(CLEAN, 0.0) > _SURELY_CLEAN
        hits = [
            hit
            for hit in hits
            if hit[0].strength > 1 or not (sure or likely.get(hit[0].code, 0.0) < _UNLIKELY)
        ]
    ordered = sorted(hits, key=lambda hit: -hit[0].strength * (_ANOTHER + likely.get(hit[0].code, 0.0)))
    kept: list[tuple[Rule, tuple[int, int]]] = []
    for rule, (start, end) in ordered:
        if kept and likely and rule.strength <= 1 and likely.get(rule.code, 0.0) < _BESIDE:
            continue
        if all(rule.code != other.code and (end <= a or b <= start) for other, (a, b) in kept):
            kept.append((rule, (start, end)))
    return sorted(kept, key=lambda hit: hit[1])
