"""What happens next and by when, out of the clocks that run: only what was promised to the customer."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise as Lazy
from django.utils.translation import gettext_lazy as _

from amends.cases.models import Clock
from amends.portal.dates import day, day_and_hour
from amends.rules.deadlines import ClockKind

# Clocks that are promises to the customer, in words before they run out and after. The others (looking at a
# plan, asking again) are the house's own.
_PROMISED: Mapping[str, tuple[Lazy, Lazy]] = {
    ClockKind.ACKNOWLEDGEMENT: (
        _("You get our first answer by %(when)s."),
        _("You should have had our first answer by %(when)s. We are late, and we are sorry."),
    ),
    ClockKind.UPDATE: (
        _("You hear from us by %(when)s at the latest, even if there is nothing new."),
        _("You should have heard from us by %(when)s. We are late, and we are sorry."),
    ),
    ClockKind.ANSWER: (
        _("You get our decision by %(when)s."),
        _("You should have had our decision by %(when)s. We are late, and we are sorry."),
    ),
    ClockKind.OFFER: (
        _("Our offer stands until %(when)s."),
        _("Our offer stood until %(when)s and has run out. Write to us if you would like a new one."),
    ),
    ClockKind.DUTY: (
        _("Everything we agreed is done by %(when)s."),
        _("Everything we agreed should have been done by %(when)s. We are late, and we are sorry."),
    ),
}


@dataclass(frozen=True)
class Promise:
    """One sentence with its date, and whether that date has passed."""

    words: str
    late: bool


def promises_of(clocks: Iterable[Clock], at: datetime) -> list[Promise]:
    """What the customer can count on, the nearest first, in the language that holds now.

    While the first answer is due, the date for further word says nothing more and is left out.
    """
    running = {clock.kind: clock for clock in clocks if clock.kind in _PROMISED}
    if ClockKind.ACKNOWLEDGEMENT in running:
        running.pop(ClockKind.UPDATE, None)
    return [_in_words(clock, at) for clock in sorted(running.values(), key=lambda c: c.due_at)]


def _in_words(clock: Clock, at: datetime) -> Promise:
    if clock.paused_at is not None:
        said = {"when": day(clock.paused_at), "what": clock.why_paused}
        return Promise(_("We have been waiting for you since %(when)s: %(what)s") % said, late=False)
    late = clock.due_at <= at
    when = day_and_hour(clock.due_at) if clock.kind == ClockKind.OFFER else day(clock.due_at)
    return Promise(_PROMISED[clock.kind][late] % {"when": when}, late)
