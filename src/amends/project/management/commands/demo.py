"""amends demo: fill the house with the demonstration."""

from argparse import ArgumentParser
from typing import IO, Any, cast

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rich.console import Console
from rich.progress import Progress

from amends.cases.models import Complaint
from amends.kit.clock import now
from amends.people.sign_in_link import make_sign_in_link
from amends.project.database import ready_database
from amends.project.demo import COMPLAINTS, SHOWN_AS, build


class Command(BaseCommand):
    """Never among other cases, unless it is told to."""

    help = gettext_lazy("Fill the house with a demonstration: complaints in every stage.")  # type: ignore[assignment]
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """--add."""
        parser.add_argument("--add", action="store_true", help=_("also where there are complaints already"))

    def handle(self, *args: Any, add: bool, **options: Any) -> None:
        """Exit status 1 when there are complaints and --add is not given."""
        ready_database()
        if not add and Complaint.objects.exists():
            raise CommandError(
                _("This database holds complaints. Use an empty one (AMENDS_DATA_DIR), or say --add.")
            )
        before = Complaint.objects.count()
        with Progress(console=Console(file=cast(IO[str], self.stdout)), transient=True) as progress:
            bar = progress.add_task(_("Telling"), total=COMPLAINTS)
            house = build(now(), tell=lambda told: progress.advance(bar, told))
        lead = house.staff[SHOWN_AS]
        self.stdout.write(_("%(number)d complaints told.") % {"number": Complaint.objects.count() - before})
        way_in = {"name": lead.name, "link": make_sign_in_link(lead, at=now())}
        self.stdout.write(_("Sign in as %(name)s, once: %(link)s") % way_in)
