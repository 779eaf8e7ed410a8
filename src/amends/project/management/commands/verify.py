from argparse import ArgumentParser
from collections.abc import Iterator
from typing import Any

from django.core.management import BaseCommand
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rich.console import Console
from rich.progress import Progress

from amends.cases.models import Complaint
from amends.cases.verify import verify
from amends.project.database import ready_database
from amends.project.proof import Walk, taken_out

SENTENCES = {
    "event": gettext_lazy("%(reference)s: event %(number)d was altered, or the one before it taken out"),
    "missing": gettext_lazy("%(reference)s: event %(number)d is missing, or was added past the program"),
    "story": gettext_lazy("%(reference)s: the story is not the one that event %(number)d recorded"),
    "message": gettext_lazy("%(reference)s: the message of event %(number)d was altered or taken out"),
    "agreement": gettext_lazy("%(reference)s: the agreement of event %(number)d was altered or taken out"),
    "understood": gettext_lazy("%(reference)s: what was said back is not what event %(number)d recorded"),
    "finding": gettext_lazy("%(reference)s: the finding of event %(number)d was altered or taken out"),
    "statement": gettext_lazy("%(reference)s: the statement of event %(number)d was altered or taken out"),
    "offer": gettext_lazy("%(reference)s: the offer of event %(number)d was altered or taken out"),
    "proof": gettext_lazy("%(reference)s: the proof of event %(number)d was altered or taken out"),
    "document": gettext_lazy("%(reference)s: the file of event %(number)d was altered or taken out"),
}


class Command(BaseCommand):
    """The proof that a house can show: nothing in any file was altered after it was written."""

    help = gettext_lazy("Prove that no complaint’s file was altered.")  # type: ignore[assignment]
    requires_system_checks = ()  # “amends check” looks at all that

    def add_arguments(self, parser: ArgumentParser) -> None:
        """All complaints, or one."""
        parser.add_argument("reference", nargs="?", help=_("only this complaint, by its reference"))
        parser.epilog = _(
            "The database itself refuses to change an event. To see an altered one found, take that refusal "
            "away first, in a copy: docs/operations.md shows how."
        )

    def handle(self, *args: Any, reference: str | None = None, **options: Any) -> None:
        """Exit status 0 if every chain holds, 1 if not, 2 if there is no such complaint."""
        ready_database()
        every = Complaint.objects.filter(reference=reference) if reference else Complaint.objects.all()
        if reference and not every.exists():
            self.stderr.write(_("There is no complaint %(reference)s.") % {"reference": reference})
            raise SystemExit(2)
        walk, faults = Walk(), 0
        with Progress(console=Console(stderr=True), transient=True) as progress:
            task = progress.add_task(_("Verifying"), total=every.count())
            complaints = walk.through(every, lambda: progress.advance(task))
            for faults, sentence in enumerate(_sentences(complaints, whole_house=not reference), start=1):  # noqa: B007
                self.stdout.write(sentence)
        said = {"complaints": walk.complaints, "events": walk.events, "faults": faults}
        if faults:
            self.stdout.write(_("%(complaints)d complaints, %(events)d events; faults: %(faults)d") % said)
            raise SystemExit(1)
        self.stdout.write(_("%(complaints)d complaints, %(events)d events: the chain holds") % said)
        self.stdout.write(_("Fingerprint to note down: %(digest)s") % {"digest": walk.fingerprint})


def _sentences(complaints: Iterator[Complaint], *, whole_house: bool) -> Iterator[str]:
    for fault in verify(complaints):
        yield SENTENCES[fault.what] % {"reference": fault.reference, "number": fault.number}
    if whole_house:
        for reference in taken_out():
            yield _("%(reference)s: the complaint was taken out") % {"reference": reference}
