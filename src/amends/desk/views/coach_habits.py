"""Which habits fade: a learning view for a team. Nobody stands in it, and none can be found out from it."""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from amends.cases.habits import habits
from amends.cases.words_of_coach import CODES, habit
from amends.kit.clock import now
from amends.people.languages import LANGUAGES

WIDE, HIGH = 1000, 100  # units of a trend


@require_safe
def coach_habits(request: HttpRequest) -> HttpResponse:
    """GET the counts of the last weeks, ``?language=`` of one language."""
    language = request.GET.get("language", "")
    language = language if language in dict(LANGUAGES) else ""
    found = habits(timezone.localdate(now()), language=language, codes=list(CODES))
    highest = max((max(habit.counts) for habit in found.habits), default=0)
    context = {
        "weeks": found.weeks,
        "texts": found.texts,
        "per_text": found.per_text,
        "trend": line(found.per_text),
        "rows": [(habit(one.code), one, line(one.counts, highest)) for one in found.habits],
        "languages": LANGUAGES,
        "chosen": language,
        "first": found.per_text[0],
        "last": found.per_text[-1],
    }
    return render(request, "desk/coach/habits.html", context)


def line(values: Sequence[float], highest: float = 0) -> str:
    """The points of an SVG line in a field of WIDE by HIGH, its top being the highest value."""
    top = max(highest, *values, 0.001)
    step = WIDE / max(len(values) - 1, 1)
    return " ".join(f"{n * step:.0f},{HIGH - value / top * HIGH:.1f}" for n, value in enumerate(values))
