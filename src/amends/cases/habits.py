"""Which habits the coach met with in what went out, week by week. Counts of the house, never of a person."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Sum

from amends.cases.models import CoachCount

WEEKS = 12


@dataclass(frozen=True)
class Habit:
    """One code: how often it was found in each week."""

    code: str
    counts: Sequence[int]

    @property
    def total(self) -> int:
        """In all the weeks."""
        return sum(self.counts)


@dataclass(frozen=True)
class Habits:
    """``weeks`` are their Mondays, the oldest first; ``texts`` how many texts went out in each."""

    weeks: Sequence[date]
    texts: Sequence[int]
    habits: Sequence[Habit]

    @property
    def per_text(self) -> Sequence[float]:
        """How much was found in a text, week by week; 0 where none went out."""
        found = [sum(habit.counts[n] for habit in self.habits) for n in range(len(self.weeks))]
        return [count / texts if texts else 0.0 for count, texts in zip(found, self.texts, strict=True)]


def habits(today: date, *, language: str = "", codes: Sequence[str] = ()) -> Habits:
    """The last ``WEEKS`` weeks, this one among them; of one language if it is named. One query.

    ``codes`` are those that the caller knows words for; others are left out.
    """
    monday = today - timedelta(days=today.weekday())
    weeks = [monday - timedelta(weeks=n) for n in reversed(range(WEEKS))]
    rows = CoachCount.objects.filter(day__gte=weeks[0], day__lte=today).order_by()
    if language:
        rows = rows.filter(language=language)
    counts: Mapping[str, list[int]] = defaultdict(lambda: [0] * WEEKS)
    for day, code, count in rows.values_list("day", "code").annotate(count=Sum("count")):
        counts[code][(day - weeks[0]).days // 7] += count
    found = [Habit(code, counts[code]) for code in codes if code in counts]
    return Habits(weeks, counts[""], sorted(found, key=lambda habit: -habit.total))
