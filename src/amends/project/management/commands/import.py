"""amends import: bring in complaints from a file."""

import csv
from argparse import ArgumentParser
from pathlib import Path
from typing import IO, Any, cast

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from amends.kit import clock
from amends.project.database import ready_database
from amends.project.imports.cfpb import knows
from amends.project.imports.runner import RefusedRow, Summary, run
from amends.project.imports.table import Table, WrongFile, open_table


class Command(BaseCommand):
    """Read the file, show how far it is, and say in one line what came of it."""

    help = gettext_lazy("Bring in complaints from a file; run again after a break, nothing is taken twice.")  # type: ignore[assignment]
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """--format, FILE, --dry-run, --report."""
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument(
            "--format",
            choices=["cfpb"],
            required=True,
            help=_("where the file comes from, which says how its columns are laid out"),
        )
        parser.add_argument("--dry-run", action="store_true", help=_("check every row, write nothing"))
        parser.add_argument(
            "--report", type=Path, help=_("CSV file for the refused rows, with line and reason")
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Exit code 0 when the file was gone through, 2 when it is the wrong file."""
        table = _open(options["file"])
        ready_database()
        console = Console(file=cast(IO[str], self.stdout), highlight=False, soft_wrap=True)
        if table.guessed:
            console.print(_("The file is not UTF-8; it was read as Windows-1252. Check the special letters."))
        summary = _run(table, console, dry_run=options["dry_run"])
        if options["report"]:
            _report(options["report"], summary.refused)
        for refused in summary.refused[:10]:
            console.print(_line(refused), markup=False)
        if len(summary.refused) > 10 and not options["report"]:
            console.print(_("… and more; --report FILE writes all of them."))
        console.print(_sentence(summary, dry_run=options["dry_run"]))


def _open(path: Path) -> Table:
    try:
        table = open_table(path)
    except WrongFile as wrong:
        raise CommandError(str(wrong), returncode=2) from wrong
    if not knows(table.header):
        text = _(
            "“%(name)s” does not have the columns of the CFPB: “Product” with “Consumer complaint "
            "narrative”, or “Product”, “Issue” and “Date received”. Nothing was imported."
        )
        raise CommandError(text % {"name": path.name}, returncode=2)
    return table


def _run(table: Table, console: Console, *, dry_run: bool) -> Summary:
    name = TextColumn("{task.description}")
    columns = (name, BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True) as progress:
        bar = progress.add_task(table.path.name, total=table.rows)
        return run(table, at=clock.now(), dry_run=dry_run, tell=lambda rows: progress.advance(bar, rows))


def _report(path: Path, refused: list[RefusedRow]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["line", "row", "reason"])
        writer.writerows((row.line, row.number, row.reason) for row in refused)


def _line(refused: RefusedRow) -> str:
    return _("Line %(line)d refused: %(reason)s") % {"line": refused.line, "reason": refused.reason}


def _sentence(summary: Summary, *, dry_run: bool) -> str:
    rows = ngettext("%(rows)s row", "%(rows)s rows", summary.rows) % {"rows": f"{summary.rows:,}"}
    if dry_run:
        rest = _("%(new)s would be imported, %(there)s already there, %(refused)s would be refused (dry run)")
    else:
        rest = _("%(new)s imported, %(there)s already there, %(refused)s refused")
    numbers = {"new": summary.imported, "there": summary.there, "refused": len(summary.refused)}
    return f"{rows}: " + rest % {name: f"{number:,}" for name, number in numbers.items()}
