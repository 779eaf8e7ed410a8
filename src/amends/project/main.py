"""The program ``amends``: ``amends <command>``, each command a file in ``management/commands``."""

import os
import pkgutil
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Any

UNKNOWN = 2  # exit status: what was asked for does not exist
_COMMANDS = "amends.project.management.commands"
# Options that Django gives every command, and that nobody who runs a house needs to read about.
_NOT_SHOWN = {"--settings", "--pythonpath", "--version", "--no-color", "--force-color", "--skip-checks"}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and answer with its exit status."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "amends.project.settings")
    name, *rest = list(sys.argv[1:] if arguments is None else arguments) or ["--help"]
    import django  # here, and not above: Django reads its settings when it is first touched

    django.setup()
    if name in ("--help", "-h", "help"):
        sys.stdout.write(overview())
        return 0
    if name == "--version":
        sys.stdout.write(_version())
        return 0
    module = name.replace("-", "_")
    try:
        if module in (known := commands()):
            return _run(known[module], name, rest)
        return _run_djangos(name, rest)
    except KeyboardInterrupt:
        return 130


def commands() -> dict[str, str]:
    """Our commands: their name (with ``_`` for ``-``), and the module that holds each."""
    folder = os.path.join(os.path.dirname(__file__), "management", "commands")
    modules = [m.name for m in pkgutil.iter_modules([folder]) if not m.name.startswith("_")]
    return {module.rstrip("_"): f"{_COMMANDS}.{module}" for module in sorted(modules)}


def overview() -> str:
    """What ``amends`` alone says: every command with its sentence."""
    from django.utils.translation import gettext as _

    lines = [f"  {name.replace('_', '-'):<12} {_load(module).help}" for name, module in commands().items()]
    return "\n".join(
        (
            _("Amends: from the first word of a complaint to a satisfied customer."),
            "",
            _("Usage: amends <command> [options]"),
            "",
            *lines,
            "",
            _("“amends <command> --help” tells more about one of them."),
            "",
        )
    )


def _load(module: str) -> Any:
    command = import_module(module).Command()
    command.help = str(command.help)  # argparse wants the text itself, in the language that holds now
    command.suppressed_base_arguments = set(command.suppressed_base_arguments) | _NOT_SHOWN
    return command


def _run(module: str, name: str, rest: list[str]) -> int:
    _load(module).run_from_argv(["amends", name, *rest])
    return 0


def _run_djangos(name: str, rest: list[str]) -> int:
    """Django's own commands (``shell``, ``makemigrations`` …) are there for those who know them."""
    from django.core.management import ManagementUtility, get_commands
    from django.utils.translation import gettext as _

    if name in get_commands():
        ManagementUtility(["amends", name, *rest]).execute()
        return 0
    sys.stderr.write(_("There is no command “%(name)s”.") % {"name": name} + "\n\n" + overview())
    return UNKNOWN


def _version() -> str:
    from importlib.metadata import version

    return f"amends {version('amends')}\n"
