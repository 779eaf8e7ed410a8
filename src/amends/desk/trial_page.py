"""A trial as its page shows it: costs, approvals, who would get more or less, how satisfied they were."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from amends.cases.settlement_text import money
from amends.desk.charts import Chart, bars
from amends.insight.models import Bucket, PolicyTrial
from amends.insight.trial.tally import ANSWERS

COMPARED = (Bucket.MORE, Bucket.SAME, Bucket.LESS)


@dataclass(frozen=True)
class Cost:
    """What the cases that can be compared cost then, and would cost now."""

    currency: str
    then: Decimal
    now: Decimal

    @property
    def difference(self) -> Decimal:
        """More (or less) than then."""
        return self.now - self.then


@dataclass(frozen=True)
class BucketRow:
    """One group of cases: how many, what they would have got more or less, what they said then."""

    bucket: Bucket
    cases: int
    difference: Sequence[tuple[str, Decimal]]
    answers: Mapping[str, int]

    @property
    def said(self) -> Sequence[tuple[str | Promise, int]]:
        """What was answered, in words."""
        return [(ANSWER_WORDS[answer], self.answers.get(answer, 0)) for answer in ANSWERS]

    @property
    def asked(self) -> int:
        """How many said whether it was good, or were silent when asked."""
        return sum(count for answer, count in self.answers.items() if answer)

    @property
    def satisfied(self) -> int | None:
        """Percent of those asked who said yes; nothing where nobody was asked."""
        return round(100 * self.answers.get("yes", 0) / self.asked) if self.asked else None


ANSWER_WORDS: Mapping[str, str | Promise] = {
    "yes": _("Yes"),
    "partly": _("Partly"),
    "no": _("No"),
    "silent": _("Silent"),
    "": _("Not asked"),
}


@dataclass(frozen=True)
class Found:
    """The result of a trial that is done."""

    result: Mapping[str, Any]
    costs: Sequence[Cost]
    buckets: Sequence[BucketRow]
    levels: Sequence[tuple[int, int]]

    @property
    def cost_chart(self) -> Chart:
        """Then and now for each currency, each pair by its own measure: two currencies share none."""
        language = get_language() or "en"
        rows = []
        for cost in self.costs:
            most = float(max(cost.then, cost.now)) or 1.0
            for look, label, sum_ in (
                ("then", gettext("then"), cost.then),
                ("now", gettext("now"), cost.now),
            ):
                said = money(sum_, cost.currency, language)
                rows.append((f"{cost.currency} {label}", said, [(look, float(sum_) / most, said)]))
        return bars(rows, whole=1)

    @property
    def answer_chart(self) -> Chart:
        """Of each group the shares of what they said then, of those who were asked."""
        rows = []
        for row in self.buckets:
            if row.bucket in COMPARED and row.asked:
                told = [(answer, row.answers[answer]) for answer in ANSWERS if answer]
                parts = [(one, count / row.asked, f"{ANSWER_WORDS[one]}: {count}") for one, count in told]
                said = gettext("%(percent)s %% satisfied") % {"percent": row.satisfied}
                rows.append((str(row.bucket.label), said, parts))
        return bars(rows, whole=1)


def found_by(trial: PolicyTrial | None) -> Found | None:
    """What the trial found; nothing while it runs."""
    if trial is None or trial.done_at is None:
        return None
    result = trial.result
    return Found(
        result=result,
        costs=[Cost(cur, Decimal(then), Decimal(now)) for cur, (then, now) in result["costs"].items()],
        buckets=[_bucket(bucket, result["buckets"][bucket.value]) for bucket in Bucket],
        levels=[(int(level), count) for level, count in result["levels"].items()],
    )


def _bucket(bucket: Bucket, told: Mapping[str, Any]) -> BucketRow:
    difference = [(currency, Decimal(sum_)) for currency, sum_ in told["difference"].items()]
    return BucketRow(bucket, told["cases"], difference, told["answers"])
