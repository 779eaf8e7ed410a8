from typing import Any

from django.core.management import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amends.project.database import ready_database
from amends.project.mail_process import mail_sources, run_mail


class Command(BaseCommand):
    """For houses that run their processes apart, on one machine of theirs; ``serve`` does it along with the
    pages."""

    help = gettext_lazy("Bring mail in from where AMENDS_MAIL_IN says, without the pages.")  # type: ignore[assignment]
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        """Run until told to end. CommandError without sources, or if the database is behind."""
        sources = mail_sources()
        if not sources:
            raise CommandError(_("AMENDS_MAIL_IN names nothing to bring mail from. See docs/mail-in.md."))
        ready_database()
        for source in sources:
            self.stdout.write(source.name)
        self.stdout.flush()
        run_mail()
