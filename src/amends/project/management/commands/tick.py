from argparse import ArgumentParser, ArgumentTypeError
from collections import Counter
from datetime import datetime
from typing import Any

from django.core.management import BaseCommand
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amends.cases.words import EVENTS
from amends.kit import clock
from amends.kit.jobs import work_off
from amends.project.database import ready_database
from amends.project.schedule import tick_by_kind

WORDS = {
    "breached": gettext_lazy("ran out"),
    "warned": gettext_lazy("run out soon"),
    "climbed": gettext_lazy("gone one level higher"),
    "nudged": EVENTS["duty.nudged"],
    "lapsed": gettext_lazy("offers lapsed"),
    "offers reminded": gettext_lazy("reminded of an offer"),
    "asked": gettext_lazy("asked whether it is good, or taken for silent"),
    "reminded": gettext_lazy("reminded of a talk"),
}


class Command(BaseCommand):
    """For houses that let the system’s own clock call, for trying out, and for catching up."""

    help = gettext_lazy("Do once what the clock makes due, and the jobs that are ready.")  # type: ignore[assignment]
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which time it is taken to be."""
        parser.add_argument(
            "--at", type=moment, help=_("as if it were this time, for example 2026-03-02T09:00")
        )

    def handle(self, *args: Any, at: datetime | None, **options: Any) -> None:
        """CommandError if the database is behind."""
        ready_database()
        at = at or clock.now()
        with clock.set_to(at):
            done = Counter[str]()
            while round_ := +tick_by_kind(at):  # the clock takes only so many at once
                done += round_
            jobs = sum(iter(work_off, 0))
        self.stdout.write(_("%(due)d due, %(jobs)d jobs done") % {"due": done.total(), "jobs": jobs})
        for kind, words in WORDS.items():
            if done[kind]:
                self.stdout.write(f"  {words}: {done[kind]}")


def moment(text: str) -> datetime:
    """An aware time; without an offset it is meant in the house’s time zone."""
    try:
        parsed = parse_datetime(text)
    except ValueError:
        parsed = None
    if parsed is None:
        raise ArgumentTypeError(_("“%(text)s” is no time like 2026-03-02T09:00.") % {"text": text})
    return parsed if timezone.is_aware(parsed) else timezone.make_aware(parsed)
