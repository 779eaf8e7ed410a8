from typing import Any

from django.core.checks import Error, run_checks
from django.core.management import BaseCommand
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amends.project.surroundings import findings


class Command(BaseCommand):
    """In plain words, for who runs the house. Django’s own checks run along."""

    help = gettext_lazy("Look at settings and surroundings, and say what to do.")  # type: ignore[assignment]
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        """Exit status 0 if the house can run like this, 1 if something must be done first."""
        grave = 0
        for finding in findings():
            mark = "✓" if not finding.advice else "✗" if finding.grave else "!"
            self.stdout.write(f"{mark} {finding.what}" + (f": {finding.advice}" if finding.advice else ""))
            grave += bool(finding.advice and finding.grave)
        for message in run_checks():
            wrong = isinstance(message, Error)
            self.stdout.write(f"{'✗' if wrong else '!'} {message}")
            grave += wrong
        if grave:
            raise SystemExit(1)
        self.stdout.write(_("Everything is ready to run."))
