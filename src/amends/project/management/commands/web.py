from argparse import ArgumentParser
from typing import Any

from django.core.management import BaseCommand
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amends.project.database import ready_database
from amends.project.static_files import gather_static_files
from amends.project.web import add_address, claim, preload, serve_pages


class Command(BaseCommand):
    """For houses that run pages and worker on different machines; ``serve`` runs both."""

    help = gettext_lazy("Answer requests, without the worker.")  # type: ignore[assignment]
    requires_system_checks = ()  # “amends check” looks at all that

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where to listen."""
        add_address(parser)

    def handle(self, *args: Any, host: str, port: int, **options: Any) -> None:
        """Run until told to end. CommandError if the address is taken or the database is behind."""
        claim(host, port)
        ready_database()
        gather_static_files()
        preload()
        self.stdout.write(_("Pages at http://%(host)s:%(port)d") % {"host": host, "port": port})
        serve_pages(host, port)
