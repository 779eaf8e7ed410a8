from argparse import ArgumentParser, ArgumentTypeError
from datetime import datetime
from typing import Any

from django.core.management import BaseCommand
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amends.kit import clock
from amends.kit.jobs import work_off
from amends.project.database import ready_database
from amends.project.schedule import tick


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
            due = sum(iter(lambda: tick(at), 0))  # in rounds: the clock takes only so many at once
            jobs = sum(iter(work_off, 0))
        self.stdout.write(_("%(due)d due, %(jobs)d jobs done") % {"due": due, "jobs": jobs})


def moment(text: str) -> datetime:
    """An aware time; without an offset it is meant in the house’s time zone."""
    try:
        parsed = parse_datetime(text)
    except ValueError:
        parsed = None
    if parsed is None:
        raise ArgumentTypeError(_("“%(text)s” is no time like 2026-03-02T09:00.") % {"text": text})
    return parsed if timezone.is_aware(parsed) else timezone.make_aware(parsed)
