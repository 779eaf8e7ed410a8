"""What the coach is told of a case: the language, the decision, the points, the approved plan."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from amends.coach.reading.language import UnknownLanguage, code_of

APOLOGY = "apology"
UPHELD, IN_PART, REJECTED, ELSEWHERE = "upheld", "in-part", "rejected", "elsewhere"
_SAID = {
    UPHELD: "upheld accepted justified",
    IN_PART: "in-part partly partial partially partly-upheld upheld-in-part partially-upheld exaggerated",
    REJECTED: "rejected not-upheld untrue",
    ELSEWHERE: "elsewhere referred",
}
_DECISIONS = {word: decision for decision, words in _SAID.items() for word in words.split()}


class WrongCase(ValueError):
    """The case cannot be read; the text names the field."""


@dataclass(frozen=True)
class PlannedRemedy:
    """A line of the approved plan."""

    kind: str
    amount: Decimal | None = None
    currency: str | None = None
    by: str | None = None  # YYYY-MM-DD
    words: str = ""  # what exactly, as the plan says it


@dataclass(frozen=True)
class Case:
    """The case as far as a draft is held against it. Empty where nothing is known."""

    language: str | None = None
    stage: str = ""
    decision: str | None = None
    issues: Sequence[str] = ()
    remedies: Sequence[PlannedRemedy] = ()
    letter_dated: str | None = None
    reference: str = ""
    third_party: str = ""
    customer_name: str = ""
    # The reasons, point by point; days promised beside the plan (word by, answer by); and what a text may
    # repeat from the customer: their title, their wish, what was understood.
    found: Sequence[str] = ()
    days: Sequence[str] = ()
    told: Sequence[str] = ()

    @property
    def kind(self) -> str:
        """The row of ``packs/coach.toml``: the stage, with the decision where one is told."""
        return f"{self.stage}.{self.decision}" if self.stage == "decision" and self.decision else self.stage


def read_case(given: Any) -> Case:
    """A case from JSON. WrongCase names the field that cannot be read; fields it does not know are left."""
    if not isinstance(given, Mapping):
        raise WrongCase("case: not an object")
    third = given.get("third_party")
    try:
        return Case(
            language=code_of(given["language"]) if given.get("language") else None,
            stage=_text(given, "stage"),
            decision=_decision(given),
            issues=tuple(str(issue) for issue in _list(given, "issues")),
            remedies=tuple(_remedy(row, number) for number, row in enumerate(_list(given, "remedies"))),
            letter_dated=_day(given.get("letter_dated"), "letter_dated"),
            reference=_text(given, "reference"),
            third_party=_text(third, "name") if isinstance(third, Mapping) else str(third or ""),
            customer_name=_text(given, "customer_name"),
            found=tuple(str(words) for words in _list(given, "found")),
            days=tuple(filter(None, (_day(day, "days") for day in _list(given, "days")))),
            told=tuple(str(words) for words in _list(given, "told")),
        )
    except UnknownLanguage as unknown:
        raise WrongCase(f"language: “{unknown}”") from None


def _remedy(row: Any, number: int) -> PlannedRemedy:
    if not isinstance(row, Mapping) or not isinstance(row.get("kind"), str):
        raise WrongCase(f"remedies[{number}]: needs a kind")
    amount = row.get("amount")
    try:
        money = None if amount is None or isinstance(amount, bool) else Decimal(str(amount))
    except InvalidOperation:
        raise WrongCase(f"remedies[{number}].amount: “{amount}”") from None
    return PlannedRemedy(
        row["kind"],
        money,
        row.get("currency"),
        _day(row.get("by"), f"remedies[{number}].by"),
        _text(row, "words"),
    )


def _text(given: Mapping[str, Any], name: str) -> str:
    value = given.get(name)
    if value is not None and not isinstance(value, str):
        raise WrongCase(f"{name}: not a text")
    return value or ""


def _list(given: Mapping[str, Any], name: str) -> Sequence[Any]:
    value = given.get(name)
    if value is not None and not isinstance(value, list | tuple):
        raise WrongCase(f"{name}: not a list")
    return value or ()


def _decision(given: Mapping[str, Any]) -> str | None:
    said = _text(given, "decision").lower().replace("_", "-").replace(" ", "-")
    return _DECISIONS.get(said, said) or None


def _day(value: Any, name: str) -> str | None:
    if value is None or value == "":
        return None
    try:
        return date.fromisoformat(str(value)[:10]).isoformat()
    except ValueError:
        raise WrongCase(f"{name}: “{value}” is no day (YYYY-MM-DD)") from None
