"""The packs of the five languages hold the same keys, and everything in them can be read."""

import string
import tomllib
from importlib.resources import files
from typing import Any

import pytest

from amends.coach.owed import ADVICE, MUST, owed
from amends.coach.reading.language import CODES, language_of, table
from amends.coach.reasons import reason
from amends.coach.sentences.codes import SENTENCE_CODES
from amends.coach.sentences.patterns import pattern
from amends.coach.sentences.rules import rule_book
from amends.coach.whole.cues import CUES, letter_book

WHOLE = {
    "carp-control", "carp-acknowledge", "carp-refocus", "carp-problem-solve", "carp-order", "no-thanks",
    "no-apology", "no-regret", "no-reason", "no-remedy", "no-next-step", "no-prevention", "no-signpost",
    "no-reference", "wrong-language", "sum-not-in-plan", "date-not-in-plan", "remedy-not-in-plan",
    "issue-unanswered", "unfilled-placeholder", "paid-review",
}  # fmt: skip


def fields(row: Any) -> dict[str, set[str]]:
    return {
        key: {name for _, name, _, _ in string.Formatter().parse(row[key]) if name}
        for key in ("why", "instead")
    }


def flat(data: dict[str, Any]) -> dict[str, dict[str, set[str]]]:
    found = {}
    for code, row in data.items():
        if code != "phrases":
            found[code] = fields(row)
            found |= {f"{code}.{name}": fields(sub) for name, sub in row.items() if isinstance(sub, dict)}
    return found


@pytest.mark.parametrize("code", CODES)
def test_every_language_gives_every_reason_with_the_same_fields(code: str) -> None:
    english, own = flat(table("en", "reasons.toml")), flat(table(code, "reasons.toml"))
    assert own == english
    assert set(SENTENCE_CODES) | WHOLE <= {key.partition(".")[0] for key in own}
    assert set(table(code, "reasons.toml")["phrases"]) == set(table("en", "reasons.toml")["phrases"])


@pytest.mark.parametrize("code", CODES)
def test_every_class_and_cue_can_be_read(code: str) -> None:
    language = language_of(code)
    for name in language.classes:
        assert pattern(f"@{name}", language).compiled
    assert {"first", "second", "negation", "modal", "apology", "thanks", "quantity"} <= set(language.classes)
    assert len(language.months) == 12
    assert set(letter_book(code).cues) == set(CUES)


@pytest.mark.parametrize("code", CODES)
def test_every_rules_reason_is_there(code: str) -> None:
    for rule in rule_book(code).rules:
        if rule.code in SENTENCE_CODES:
            assert reason(rule.why, code).why


def test_every_code_is_either_a_must_or_advice() -> None:
    data = tomllib.loads((files("amends.packs") / "coach.toml").read_text("utf-8"))
    known = set(SENTENCE_CODES) | WHOLE | {"long-sentence", "long-text", "house-word"}
    for row in data.values():
        assert set(row["must"]) | set(row["advice"]) <= known
        assert not set(row["must"]) & set(row["advice"])
    assert set(SENTENCE_CODES) <= set(owed("").codes)


def test_what_is_owed_depends_on_the_decision() -> None:
    assert owed("decision.upheld").level("no-apology") == MUST
    assert owed("decision.rejected").level("no-signpost") == MUST
    assert "no-apology" not in owed("decision.rejected").codes
    assert owed("decision.upheld").level("no-prevention") == ADVICE
    assert owed("decision.something-else").codes == owed("decision").codes
