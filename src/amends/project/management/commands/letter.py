"""amends letter: a formal letter from a case file, without a database."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amends.correspondence.letters.layouts import Layout, Paper, Window
from amends.correspondence.phrasebook import letter_needs
from amends.kit.clock import now
from amends.people.languages import LANGUAGES

WRONG = 2  # exit status: what was given is no letter
CODES = [code for code, _name in LANGUAGES]


class Command(BaseCommand):
    """Read the case file, set the letter, write it."""

    help = gettext_lazy("Set a formal letter from a case file.")  # type: ignore[assignment]
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which text, in which language and layout, from which case, to which file."""
        parser.add_argument("--text", required=True, choices=list(letter_needs()), help=_("which letter"))
        parser.add_argument("--case", required=True, type=Path, metavar="FILE", help=_("the case, as JSON"))
        parser.add_argument("--language", choices=CODES, help=_("without it the case file’s, or the house’s"))
        parser.add_argument(
            "--layout", choices=[*Layout], type=Layout, help=_("without it the formal letter of the language")
        )
        parser.add_argument("--paper", choices=[*Paper], type=Paper, default=Paper.A4, help=_("the sheet"))
        parser.add_argument(
            "--window", choices=[*Window], type=Window, help=_("where the window of the envelope is")
        )
        parser.add_argument(
            "--format", choices=["pdf", "png", "text"], default="pdf",
            help=_("a PDF for post and archive, a picture for each page, or the words as a mail"),
        )  # fmt: skip
        parser.add_argument("--out", type=Path, metavar="FILE", help=_("where to write it"))

    def handle(self, *args: Any, **options: Any) -> None:
        """Exit status 0 when the letter is written, 2 with a sentence a fault when it cannot be."""
        if options["out"] is None and options["format"] != "text":
            self._refuse([_("Say with --out where the letter is to be written.")])
        try:
            self._write(options)
        except OSError as error:
            self._refuse([f"{error.filename}: {error.strerror}"])

    def _write(self, options: dict[str, Any]) -> None:
        # Here, and not above: who runs another command need not wait for the typesetter.
        from amends.correspondence.letters.case_file import WrongCaseFile, read_case_file

        try:
            case = read_case_file(
                options["case"],
                house=settings.AMENDS_HOUSE_NAME,
                today=timezone.localtime(now()).date(),
                needs=letter_needs()[options["text"]],
            )
        except WrongCaseFile as wrong:
            self._refuse(wrong.problems)
        language = options["language"] or case.language or settings.LANGUAGE_CODE
        if language not in CODES:
            said = {"language": language, "languages": ", ".join(CODES)}
            self._refuse([_("There are no letters in “%(language)s”; there are in %(languages)s.") % said])
        for path, data in self._made(case, language, options):
            if path is None:
                self.stdout.write(data.decode(), ending="")
            else:
                path.write_bytes(data)

    def _made(self, case: Any, language: str, options: dict[str, Any]) -> list[tuple[Path | None, bytes]]:
        """The files to be written; None for standard output."""
        import typst

        from amends.correspondence.letters.letter import letter_data, mail_of
        from amends.correspondence.letters.setting import NoGlyph, set_pdf, set_png

        out: Path | None = options["out"]
        if options["format"] == "text":
            draft = mail_of(case, language, options["text"])
            return [(out, f"{draft.subject}\n\n{draft.body}\n".encode())]
        wanted = {name: options[name] for name in ("layout", "paper", "window")}
        letter = letter_data(case, language, options["text"], **wanted)
        try:
            if options["format"] == "pdf":
                return [(out, set_pdf([letter]))]
            pages = set_png([letter])
        except NoGlyph as missing:
            self._refuse([_("The fonts have no picture for %(characters)s.") % {"characters": missing}])
        except typst.TypstError as error:
            self._refuse([_("The letter could not be set: %(reason)s") % {"reason": error.message}])
        assert out is not None
        return [(_page_file(out, i, len(pages)), page) for i, page in enumerate(pages, start=1)]

    def _refuse(self, problems: list[str]) -> Any:
        for problem in problems:
            self.stderr.write(problem)
        raise SystemExit(WRONG)


def _page_file(out: Path, number: int, pages: int) -> Path:
    """letter.png for a letter of one page, letter-1.png, letter-2.png … for a longer one."""
    return out if pages == 1 else out.with_name(f"{out.stem}-{number}{out.suffix}")
