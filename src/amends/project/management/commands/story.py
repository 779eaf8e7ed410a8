"""amends story: one complaint, from the e-mail to a satisfied customer."""

import os
import subprocess
import sys
import tempfile
from argparse import ArgumentParser
from pathlib import Path
from typing import IO, Any, cast

from django.core.management.base import BaseCommand
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rich.console import Console

from amends.people.languages import LANGUAGES
from amends.project.database import ready_database

CODES = [code for code, _name in LANGUAGES]
# What is made up must not be sealed with the house's real certificate either.
NOT_OURS = (
    "AMENDS_DATABASE_URL", "AMENDS_MAIL_URL", "AMENDS_SECRET_KEY_FILE",
    "AMENDS_SEAL_CERTIFICATE", "AMENDS_SEAL_PASSWORD", "AMENDS_SEAL_PASSWORD_FILE",
    "AMENDS_SEAL_TIMESTAMP_URL",
)  # fmt: skip


class Command(BaseCommand):
    """The shortest proof that the program works. Tells it in a house of its own, which is gone after."""

    help = gettext_lazy("Tell one complaint, from the first e-mail to a satisfied customer.")  # type: ignore[assignment]
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """--out, --language, --here."""
        parser.add_argument(
            "--out", type=Path, default=Path("story"), help=_("folder for mails and agreement")
        )
        parser.add_argument(
            "--language", choices=CODES, default="en", help=_("language of the customer and of the story")
        )
        parser.add_argument(
            "--here", action="store_true", help=_("in this house’s own database, among its cases")
        )

    def handle(self, *args: Any, out: Path, language: str, here: bool, **options: Any) -> None:
        """Exit status 0 when it ended closed and satisfied and its chain holds, else 1."""
        out = out.resolve()
        good = self._tell(out, language) if here else _elsewhere(out, language)
        if not good:
            raise SystemExit(1)

    def _tell(self, out: Path, language: str) -> bool:
        from amends.project.story import tell_story  # pulls in the demonstration; not needed to say --help

        ready_database()
        with translation.override(language):
            return tell_story(
                out, language=language, console=Console(file=cast(IO[str], self.stdout), highlight=False)
            )


def _elsewhere(out: Path, language: str) -> bool:
    """The same command in a house of its own: empty, in a temporary folder, without real mail."""
    with tempfile.TemporaryDirectory(prefix="amends-story-") as folder:
        surroundings = {name: value for name, value in os.environ.items() if name not in NOT_OURS}
        surroundings["AMENDS_DATA_DIR"] = folder
        command = [sys.executable, "-m", "amends.project", "story", "--here"]
        command += ["--out", str(out), "--language", language]
        return subprocess.run(command, env=surroundings, check=False).returncode == 0  # noqa: S603
