"""What is wrong with a policy's JSON, found piece by piece: each fault has its row and its column."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from amends.rules.policy import situation as known
from amends.rules.policy.table import Span

_SUM = re.compile(r"\d{1,10}(\.\d{1,2})?")
_MAPPING: Mapping[str, Any] = {}


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong. ``row`` counts from 1 (0: the table itself); ``code`` has its sentence in
    ``cases.words_of_policy``.
    """

    row: int
    column: str
    code: str
    given: str = ""


class Faulty(ValueError):
    """A table that cannot be read; ``faults`` are all that were found."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("; ".join(f"row {f.row}, {f.column}: {f.code} {f.given}".strip() for f in faults))
        self.faults = tuple(faults)


@dataclass
class Reading:
    """The place where the reader is, and what it found wrong so far."""

    row: int = 0
    faults: list[Fault] = field(default_factory=list)

    def wrong(self, column: str, code: str, given: object = "") -> None:
        self.faults.append(Fault(self.row, column, code, str(given)[:60] if given is not None else ""))

    def mapping(self, told: object, column: str, names: Sequence[str]) -> Mapping[str, Any]:
        """The object, without names that mean nothing."""
        if told is None:
            return _MAPPING
        if not isinstance(told, dict):
            self.wrong(column, "not_an_object")
            return _MAPPING
        for name in sorted(set(map(str, told)) - set(names)):
            self.wrong(f"{column}/{name}".lstrip("/"), "unknown_column")
        return told

    def some_of(self, told: object, column: str, among: Sequence[Any]) -> frozenset[Any]:
        """A list of words, each of them known."""
        if told is None:
            return frozenset()
        if not isinstance(told, list):
            self.wrong(column, "not_a_list")
            return frozenset()
        for one in told:
            if isinstance(one, bool) or one not in among:
                self.wrong(column, "unknown_word", one)
        return frozenset(one for one in told if not isinstance(one, (bool, dict, list)) and one in among)

    def whole(self, told: object, column: str, most: int) -> int:
        """A whole number from nought on."""
        if isinstance(told, bool) or not isinstance(told, int) or not 0 <= told <= most:
            self.wrong(column, "not_a_number", told)
            return 0
        return told

    def text(self, told: object, column: str, longest: int) -> str:
        """Words, not too many."""
        if not isinstance(told, str) or len(told) > longest or "\0" in told:
            self.wrong(column, "not_text")
            return ""
        return told

    def yes(self, told: object, column: str) -> bool:
        """True or false and nothing that only looks so."""
        if not isinstance(told, bool):
            self.wrong(column, "not_yes_or_no", told)
        return told is True

    def sums(self, told: object, column: str) -> dict[str, Decimal]:
        """Sums by currency, written as text with two decimals at most."""
        found = {}
        for currency, sum_ in self.mapping(told, column, known.CURRENCIES).items():
            if currency not in known.CURRENCIES:
                continue  # said already
            if not isinstance(sum_, str) or not _SUM.fullmatch(sum_):
                self.wrong(f"{column}/{currency}", "not_a_sum", sum_)
                continue
            found[currency] = known.to_the_cent(Decimal(sum_))
        return found

    def span(self, told: object, column: str) -> Span | None:
        """A range of whole numbers."""
        said = self.mapping(told, column, ("from", "to"))
        if not said:
            return None
        ends = {
            name: self.whole(said[name], f"{column}/{name}", 100_000)
            for name in said
            if name in ("from", "to")
        }
        span = Span(ends.get("from"), ends.get("to"))
        if span.least is not None and span.most is not None and span.least > span.most:
            self.wrong(column, "empty_range")
        return span
