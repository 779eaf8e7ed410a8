from argparse import ArgumentParser
from collections.abc import Callable
from functools import partial
from typing import Any

from django.core.management import BaseCommand
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amends.correspondence.mailroom import standing
from amends.project.database import ready_database
from amends.project.mail_process import mail_sources, run_mail
from amends.project.static_files import gather_static_files
from amends.project.supervisor import supervise
from amends.project.web import add_address, claim, preload, serve_pages, use_address
from amends.project.welcome import load_demonstration, wait_until_open, welcome
from amends.project.worker import run_worker


class Command(BaseCommand):
    """The whole house on one machine. What dies is started again."""

    help = gettext_lazy("Run the house: pages, worker and clock in one go.")  # type: ignore[assignment]
    requires_system_checks = ()  # “amends check” looks at all that

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where to listen, and whether to begin with the demonstration house."""
        add_address(parser)
        parser.add_argument(
            "--demo", action="store_true", help=_("load the demonstration house if the database is empty")
        )

    def handle(self, *args: Any, host: str, port: int, demo: bool, **options: Any) -> None:
        """Run until told to end. CommandError if the address is taken, AMENDS_MAIL_IN wrong or the
        database behind."""
        claim(host, port)
        brings_mail = bool(mail_sources())
        use_address(port)
        ready_database()
        gather_static_files()
        if demo:
            load_demonstration(self.stderr.write)
        greeting = welcome(demo=demo)
        runs: dict[str, Callable[[], None]] = {
            "pages": partial(serve_pages, host, port),
            "worker": run_worker,
        }
        if brings_mail:
            runs["mail"] = run_mail
        else:
            standing.only(())  # nothing is expected any more from sources that the house gave up
        preload()

        def opened() -> None:
            wait_until_open(host, port)
            self.stdout.write(greeting)
            self.stdout.flush()

        supervise(runs, started=opened)
