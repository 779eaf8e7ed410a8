"""The rules of a language: read from its pack, and found in a sentence."""

import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from amends.coach.reading.language import Language, language_of, pack
from amends.coach.reading.traits import TRAITS, Traits
from amends.coach.sentences.codes import CLEAN, SENTENCE_CODES
from amends.coach.sentences.patterns import Pattern, Written, WrongPattern, any_match, pattern

_KEYS = {"name", "pattern", "unless", "has", "lacks", "vetoes", "why", "wording", "strength", "match", "near"}
_FEWEST = 2  # examples of each kind


class WrongRule(ValueError):
    """A rule that cannot be used; the text names it and says why."""


@dataclass(frozen=True)
class Rule:
    """One habit of writing, and how it is recognised."""

    name: str
    code: str
    patterns: Sequence[Pattern]
    unless: Sequence[Pattern]  # none of these is anywhere in the sentence
    has: frozenset[str]  # traits that the sentence must have
    lacks: frozenset[str]  # traits that it must not have
    vetoes: frozenset[str]  # for clean rules: the codes that are not raised where it matches
    why: str  # the key of its reason in reasons.toml: the code, or code.something
    wording: str  # ready words in the language of the draft; may be empty
    strength: float  # how much it says against the classifier: 1 as a rule, more where it is never wrong
    match: Sequence[str]
    near: Sequence[str]

    def find(
        self, sentence: Written, traits: Traits, patterns: Iterable[int] | None = None
    ) -> tuple[int, int] | None:
        """Where in the draft it matches, or None. ``patterns``: only these are possible, by their numbers."""
        if not self.has <= traits.names or self.lacks & traits.names:
            return None
        for number in range(len(self.patterns)) if patterns is None else sorted(patterns):
            place = self.patterns[number].search(sentence)
            if place is not None:
                return None if any_match(self.unless, sentence) else place
        return None


@dataclass(frozen=True)
class RuleBook:
    """All rules of a language. ``by_key`` finds the patterns that a word makes possible: rule and pattern."""

    rules: Sequence[Rule]
    by_key: Mapping[str, Sequence[tuple[int, int]]]
    always: Sequence[tuple[int, int]]
    wordings: Mapping[str, str]  # code → words to begin with, in the language

    def matching(self, sentence: Written, traits: Traits) -> Iterator[tuple[Rule, tuple[int, int]]]:
        """The rules that match, each with its place."""
        possible: dict[int, set[int]] = {}
        for rule, one in self.always:
            possible.setdefault(rule, set()).add(one)
        for key in sentence.keys:
            for rule, one in self.by_key.get(key, ()):
                possible.setdefault(rule, set()).add(one)
        for number in sorted(possible):
            place = self.rules[number].find(sentence, traits, possible[number])
            if place is not None:
                yield self.rules[number], place


@cache
def rule_book(code: str) -> RuleBook:
    """The rules of a language by its code. WrongRule names the first that cannot be used."""
    language = language_of(code)
    rules: list[Rule] = []
    wordings: dict[str, str] = {}
    for file in sorted((pack(code) / "rules").iterdir(), key=lambda entry: entry.name):
        if file.name.endswith(".toml"):
            finds = file.name.removesuffix(".toml")
            data = tomllib.loads(file.read_text("utf-8"))
            wordings[finds] = data.get("wording", "")
            rules += [read_rule(row, finds, language) for row in data.get("rule", [])]
    by_key: dict[str, list[tuple[int, int]]] = {}
    always = []
    for number, rule in enumerate(rules):
        for which, one in enumerate(rule.patterns):
            if one.needs is None:
                always.append((number, which))
            for key in one.needs or ():
                by_key.setdefault(key, []).append((number, which))
    return RuleBook(rules, by_key, always, wordings)


def read_rule(row: Mapping[str, Any], finds: str, language: Language) -> Rule:
    """A rule from its table in ``rules/<finds>.toml``. WrongRule if it cannot be used."""
    name = f"{language.code}/{finds}/{row.get('name', '?')}"
    if finds not in (*SENTENCE_CODES, CLEAN):
        raise WrongRule(f"{name}: there is no code “{finds}”")
    if unknown := set(row) - _KEYS:
        raise WrongRule(f"{name}: does not know {', '.join(sorted(unknown))}")
    if len(row.get("match", [])) < _FEWEST or len(row.get("near", [])) < _FEWEST:
        raise WrongRule(f"{name}: needs two sentences that match and two near ones that do not")
    for key in ("has", "lacks"):
        if wrong := set(row.get(key, [])) - set(TRAITS):
            raise WrongRule(f"{name}: there is no trait {', '.join(sorted(wrong))}")
    if wrong := set(row.get("vetoes", [])) - set(SENTENCE_CODES):
        raise WrongRule(f"{name}: there is no code {', '.join(sorted(wrong))} to veto")
    try:
        patterns = [pattern(source, language) for source in row["pattern"]]
        unless = [pattern(source, language) for source in row.get("unless", [])]
    except (WrongPattern, KeyError) as wrong_pattern:
        raise WrongRule(f"{name}: {wrong_pattern}") from None
    return Rule(
        name=name,
        code=finds,
        patterns=patterns,
        unless=unless,
        has=frozenset(row.get("has", [])),
        lacks=frozenset(row.get("lacks", [])),
        vetoes=frozenset(row.get("vetoes", SENTENCE_CODES if finds == CLEAN else [])),
        why=row.get("why", finds),
        wording=row.get("wording", ""),
        strength=float(row.get("strength", 1.0)),
        match=row["match"],
        near=row["near"],
    )
