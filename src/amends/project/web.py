"""The pages: granian's worker processes over the one WSGI application."""

import gc
import multiprocessing
import os
import socket
from argparse import ArgumentParser
from pathlib import Path

from django.conf import settings
from django.core.management import CommandError
from django.db import connections
from django.utils.translation import gettext as _

from amends.project.supervisor import FORKS

STOP_WITHIN = 10  # seconds for requests under way when the house closes


def preload() -> None:
    """Load what every process needs before any is forked, so that they share it. Closes the database."""
    from django.template.loader import get_template
    from django.urls import get_resolver

    import amends.project.schedule
    import amends.project.wsgi  # noqa: F401  the middleware and all views with it

    assert get_resolver().url_patterns
    get_template("base.html")
    connections.close_all()
    gc.collect()
    gc.freeze()  # what stands now is never looked at again, so it stays shared


def claim(host: str, port: int) -> None:
    """Raise CommandError if the address is taken or not ours."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise CommandError(
                _("Port %(port)d of %(host)s cannot be used (%(error)s). Choose another: --port 8001")
                % {"port": port, "host": host, "error": error.strerror}
            ) from error


def serve_pages(host: str, port: int) -> None:
    """Answer requests until told to end."""
    import django
    from granian.constants import Interfaces, RuntimeModes
    from granian.log import LogLevels
    from granian.server import Server

    django.setup()  # where children are not forks, nobody has done it yet
    if FORKS:
        multiprocessing.set_start_method("fork", force=True)
    Server(
        "amends.project.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=settings.AMENDS_WEB_WORKERS,
        blocking_threads=settings.AMENDS_WEB_THREADS,
        blocking_threads_idle_timeout=600,  # a thread's database connection lives as long as it does
        runtime_mode=RuntimeModes.st,
        websockets=False,
        log_level=LogLevels.warning,
        respawn_failed_workers=True,
        workers_kill_timeout=STOP_WITHIN,
        working_dir=Path.cwd(),
    ).serve()


def add_address(parser: ArgumentParser) -> None:
    """The options ``--host`` and ``--port``."""
    parser.add_argument("--host", default="127.0.0.1", help=_("address to listen at; 0.0.0.0 is every one"))
    parser.add_argument("--port", type=int, default=8000, help=_("port to listen at"))


def use_address(port: int) -> None:
    """Where no base URL was chosen, links lead to where the pages really are."""
    if not os.environ.get("AMENDS_BASE_URL"):
        os.environ["AMENDS_BASE_URL"] = settings.AMENDS_BASE_URL = f"http://localhost:{port}"
        settings.CSRF_TRUSTED_ORIGINS = [settings.AMENDS_BASE_URL]
