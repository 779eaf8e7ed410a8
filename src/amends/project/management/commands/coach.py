"""amends coach: what the language coach says of a draft, without a database."""

import json
import sys
from argparse import ArgumentParser
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amends.coach.draft import Coached, coach
from amends.coach.reading.language import UnknownLanguage, code_of
from amends.coach.whole.case import Case, WrongCase, read_case

WRONG = 2  # exit status: what was given cannot be read


class Command(BaseCommand):
    """Reads a draft from standard input, or many from a file of JSON lines."""

    help = gettext_lazy("Read a draft as the language coach does.")  # type: ignore[assignment]
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The two languages, the case, and how the answer is written."""
        parser.add_argument(
            "--language", help=_("what the draft is written in; without it the coach sees for itself")
        )
        parser.add_argument("--reader", help=_("the language of the reasons; without it that of the draft"))
        parser.add_argument("--case", type=Path, metavar="FILE", help=_("the case that it answers, as JSON"))
        parser.add_argument("--json", action="store_true", help=_("one JSON object"))
        parser.add_argument(
            "--batch",
            type=Path,
            metavar="FILE",
            help=_("many drafts: JSON lines with id, text, language, case"),
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Exit status 0 whatever is found; 2 with a sentence if something given cannot be read."""
        sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
        try:
            reader = code_of(options["reader"]) if options["reader"] else None
            if options["batch"] is not None:
                self._batch(options["batch"], options["language"], reader)
                return
            case = read_case(json.loads(options["case"].read_text("utf-8"))) if options["case"] else None
            draft = sys.stdin.buffer.read().decode("utf-8-sig")
            read = _read(draft, options["language"], reader, case)
        except (OSError, ValueError) as wrong:
            self._refuse(_said(wrong))
        if options["json"]:
            self.stdout.write(json.dumps(read.as_json(), ensure_ascii=False))
        else:
            self.stdout.write(as_words(read))

    def _batch(self, file: Path, language: str | None, reader: str | None) -> None:
        """One line out for each line in, in their order. A line that cannot be read ends it."""
        with file.open(encoding="utf-8-sig") as lines:
            for number, line in enumerate(lines, start=1):
                if line.strip():
                    try:
                        answer = _of_line(json.loads(line), language, reader)
                    except ValueError as wrong:
                        self._refuse(f"{file}:{number}: {_said(wrong)}")
                    sys.stdout.write(json.dumps(answer, ensure_ascii=False) + "\n")

    def _refuse(self, sentence: str) -> Any:
        sys.stdout.flush()
        self.stderr.write(sentence)
        raise SystemExit(WRONG)


def _of_line(row: Any, language: str | None, reader: str | None) -> dict[str, Any]:
    if not isinstance(row, Mapping) or not isinstance(row.get("text"), str):
        raise ValueError(_("A line needs a “text”."))
    case = read_case(row["case"]) if row.get("case") is not None else None
    read = _read(row["text"], row.get("language") or language, reader, case)
    return {"id": row.get("id"), **read.as_json()}


def _read(draft: str, language: str | None, reader: str | None, case: Case | None) -> Coached:
    return coach(draft, language=code_of(str(language)) if language else None, reader=reader, case=case)


def _said(wrong: Exception) -> str:
    """What went wrong, for a person."""
    if isinstance(wrong, OSError):
        return f"{wrong.filename}: {wrong.strerror}"
    if isinstance(wrong, UnknownLanguage):
        return _("The coach does not read “%(language)s”.") % {"language": wrong}
    if isinstance(wrong, WrongCase):
        return _("The case cannot be read: %(reason)s") % {"reason": wrong}
    if isinstance(wrong, json.JSONDecodeError):
        return _("This is not JSON: %(reason)s") % {"reason": wrong}
    if isinstance(wrong, UnicodeDecodeError):
        return _("This is not a text in UTF-8.")
    return str(wrong)


def as_words(read: Coached) -> str:
    """What was found, for a person at a terminal."""
    lines = [
        f"“{finding.text.strip()}”\n  {finding.code}: {finding.why}\n  → {finding.instead}"
        for finding in read.findings
    ]
    lines += [f"{lack.code}: {lack.why}\n  → {lack.instead}" for lack in read.lacks]
    return "\n\n".join(lines)
