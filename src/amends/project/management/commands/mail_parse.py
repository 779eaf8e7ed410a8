import json
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amends.correspondence.incoming.mbox import messages
from amends.correspondence.incoming.parse import parse


class Command(BaseCommand):
    """Reads messages as mail that comes in is read. No database is touched, nothing is stored."""

    help = gettext_lazy("Read e-mail and tell what it says, one JSON line a message.")  # type: ignore[assignment]
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Files, or standard input."""
        parser.add_argument(
            "files", nargs="*", help=_("messages, or files of several (mbox); without any: standard input")
        )

    def handle(self, *args: Any, files: list[str], **options: Any) -> None:
        """Exit status 0 for any bytes at all; 2 if a file cannot be opened (the others are read)."""
        own = {settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip("<> ").lower()} - {"", "localhost"}
        missing = False
        for raw in self._contents(files):
            if raw is None:
                missing = True
                continue
            for message in messages(raw):
                line = json.dumps(parse(message, own=own).as_json(), ensure_ascii=False)
                sys.stdout.buffer.write(line.encode("utf-8") + b"\n")
        sys.stdout.buffer.flush()
        if missing:
            raise SystemExit(2)

    def _contents(self, files: list[str]) -> Iterator[bytes | None]:
        if not files:
            yield sys.stdin.buffer.read()
        for name in files:
            try:
                yield Path(name).read_bytes()
            except OSError as fault:
                self.stderr.write(f"{name}: {fault.strerror}")
                yield None
