from typing import Any

from django.core.management import BaseCommand
from django.utils.translation import gettext_lazy

from amends.project.database import ready_database
from amends.project.worker import run_worker


class Command(BaseCommand):
    """As many as one likes, on as many machines; ``serve`` runs one along with the pages."""

    help = gettext_lazy("Do what follows: jobs and the clock, without the pages.")  # type: ignore[assignment]
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        """Run until told to end. CommandError if the database is behind."""
        ready_database()
        run_worker()
