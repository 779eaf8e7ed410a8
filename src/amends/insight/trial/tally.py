"""Adding up a trial: per currency to the cent, per bucket with what the customers said then."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from amends.insight.models import Bucket
from amends.insight.trial.past import Past

ANSWERS = ("yes", "partly", "no", "silent", "")  # "": nobody asked, or no answer is on file


def _nothing() -> list[Decimal]:
    return [Decimal("0.00"), Decimal("0.00")]


@dataclass
class Tally:
    """The sums of a trial. Costs count the cases that can be compared; the others stand beside them."""

    cases: int = 0
    without_finding: int = 0
    unsaid: int = 0
    below_floor: int = 0
    approved_then: int = 0
    approved_now: int = 0
    levels: Counter[int] = field(default_factory=Counter)
    buckets: Counter[str] = field(default_factory=Counter)
    costs: dict[str, list[Decimal]] = field(default_factory=lambda: defaultdict(_nothing))
    gains: dict[tuple[str, str], Decimal] = field(default_factory=lambda: defaultdict(Decimal))
    answers: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))

    def add(self, cases: Iterable[Past]) -> None:
        """Count these too."""
        for one in cases:
            self.cases += 1
            self.unsaid += not one.said
            self.below_floor += one.below_floor
            self.approved_then += one.approved_then
            self.approved_now += one.level > 0
            self.levels[one.level] += 1
            self.buckets[one.bucket] += 1
            self.answers[one.bucket][one.answer] += 1
            if one.bucket is not Bucket.OPEN:
                cost = self.costs[one.currency]
                cost[0] += one.then
                cost[1] += one.now
                self.gains[one.bucket, one.currency] += one.now - one.then

    def as_data(self) -> dict[str, Any]:
        """As JSON: sums as text."""
        plain = ("cases", "without_finding", "unsaid", "below_floor", "approved_then", "approved_now")
        return {name: getattr(self, name) for name in plain} | {
            "levels": {str(level): count for level, count in sorted(self.levels.items())},
            "costs": {cur: [str(sum_) for sum_ in sums] for cur, sums in sorted(self.costs.items())},
            "buckets": {
                bucket.value: {
                    "cases": self.buckets[bucket],
                    "difference": self._difference(bucket),
                    "answers": {answer: self.answers[bucket][answer] for answer in ANSWERS},
                }
                for bucket in Bucket
            },
        }

    def _difference(self, bucket: Bucket) -> dict[str, str]:
        found = {cur: sum_ for (of, cur), sum_ in sorted(self.gains.items()) if of == bucket}
        return {currency: str(sum_) for currency, sum_ in found.items() if sum_}
