"""Whether every rule of the coach does what its own examples say: ``python -m tools.coach_rules [language]``.

Every ``match`` sentence must be matched by its rule, every ``near`` sentence must not be. ``--measure en``
tells how often each rule is right on the train part of the corpus. ``--try en “sentence”`` tells how a
sentence is read, which rules match it, and what the classifier makes of it.
"""

import sys
from collections import Counter

from amends.coach.reading.language import CODES, language_of
from amends.coach.reading.sentences import sentences
from amends.coach.reading.traits import traits_of
from amends.coach.sentences.classifier import classifier
from amends.coach.sentences.codes import CLEAN
from amends.coach.sentences.features import features
from amends.coach.sentences.patterns import written
from amends.coach.sentences.rules import Rule, WrongRule, rule_book
from tools.coach_corpus import examples


def faults(code: str) -> list[str]:
    """What is wrong with the rules of a language, one line each."""
    try:
        book = rule_book(code)
    except WrongRule as wrong:
        return [str(wrong)]
    twice = [name for name, count in Counter(rule.name for rule in book.rules).items() if count > 1]
    found = [f"{name}: there are two of this name" for name in twice]
    for rule in book.rules:
        found += [
            f"{rule.name}: does not match “{text}”" for text in rule.match if not _found(rule, text, code)
        ]
        found += [f"{rule.name}: matches “{text}”" for text in rule.near if _found(rule, text, code)]
    return found


def _found(rule: Rule, text: str, code: str) -> bool:
    language = language_of(code)
    return any(
        rule.find(written(sentence.tokens), traits_of(sentence, language)) is not None
        for sentence in sentences(text, language)
    )


def explain(code: str, text: str) -> None:
    """Print how a sentence is read, which rules match, and what the classifier holds likely."""
    language, learnt = language_of(code), classifier(code)
    for sentence in sentences(text, language):
        line, traits = written(sentence.tokens), traits_of(sentence, language)
        print(sentence.text)
        print("  words  ", line.text.replace("\t", " "))
        print("  traits ", ", ".join(sorted(traits.names)))
        for rule, (start, end) in rule_book(code).matching(line, traits):
            print(f"  rule    {rule.name}: “{text[start:end]}”")
        if learnt:
            likely = learnt.probabilities(features(sentence, line, traits, language))
            best = sorted(likely.items(), key=lambda pair: -pair[1])[:3]
            print("  likely ", ", ".join(f"{name} {value:.2f}" for name, value in best))


def measure(code: str) -> None:
    """Print for each rule how often it is right and wrong on the train part, and where it is wrong."""
    language = language_of(code)
    right: Counter[str] = Counter()
    wrong: dict[str, list[str]] = {}
    for one in examples(code, "train"):
        for sentence in sentences(one.text, language):
            line, traits = written(sentence.tokens), traits_of(sentence, language)
            for rule, _ in rule_book(code).matching(line, traits):
                barred = rule.code == CLEAN and one.code in rule.vetoes
                if rule.code == one.code or (rule.code == CLEAN and not barred):
                    right[rule.name] += 1
                else:
                    wrong.setdefault(rule.name, []).append(f"{one.code}: {one.text}")
    for rule in rule_book(code).rules:
        print(f"{rule.name:<50} right {right[rule.name]:>3}  wrong {len(wrong.get(rule.name, [])):>3}")
        for text in wrong.get(rule.name, []):
            print(f"    {text}")


def main() -> int:
    """Exit status 1 if a rule does not do what its examples say."""
    arguments = sys.argv[1:]
    if arguments[:1] == ["--try"]:
        explain(arguments[1], arguments[2])
        return 0
    if arguments[:1] == ["--measure"]:
        measure(arguments[1])
        return 0
    wrong = [fault for code in arguments or CODES for fault in faults(code)]
    for fault in wrong:
        print(fault, file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
