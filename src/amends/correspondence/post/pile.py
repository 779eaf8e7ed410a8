"""Printing: who takes which letters out of the queue, and the one file that goes to the printer."""

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO

from django.db import transaction
from django.db.models import prefetch_related_objects
from pypdf import PdfReader, PdfWriter

from amends.cases.models import Message
from amends.correspondence.models import PrintedLetter, PrintRun
from amends.correspondence.post.cover import cover_pdf
from amends.correspondence.post.paper import missing, sheets_of
from amends.correspondence.post.queue import letters_of, to_print
from amends.people.models import StaffMember

MOST = 1000  # letters in one file


class NothingChosen(Exception):
    """A pile without letters."""


class TakenMeanwhile(Exception):
    """Letters that are not to be printed any more: in somebody's pile, or gone; ``messages`` are these."""

    def __init__(self, messages: list[Message]) -> None:
        super().__init__(f"{len(messages)} letters")
        self.messages = messages


class NotSetYet(Exception):
    """Letters whose pages are not there yet; ``messages`` are these."""

    def __init__(self, messages: list[Message]) -> None:
        super().__init__(f"{len(messages)} letters")
        self.messages = messages


def ready(letters: Sequence[Message]) -> list[Message]:
    """Those of them that are set. Raises NotSetYet when none of them is."""
    prefetch_related_objects(letters, "documents")
    unset = {letter.pk for letter in missing(letters)}
    if letters and len(unset) == len(letters):
        raise NotSetYet(list(letters))
    return [letter for letter in letters if letter.pk not in unset]


@transaction.atomic
def take_out(letters: Sequence[Message], *, staff: StaffMember, at: datetime, two_sided: bool) -> PrintRun:
    """Put these letters into one pile of this person, in their order. Nobody else prints them after that.

    Raises NothingChosen, TakenMeanwhile, NotSetYet; then nothing was written.
    """
    if not letters:
        raise NothingChosen
    ids = [letter.pk for letter in letters]
    list(Message.objects.select_for_update().filter(pk__in=ids).values_list("pk"))
    free = set(to_print(staff).filter(pk__in=ids).values_list("pk", flat=True))
    if taken := [letter for letter in letters if letter.pk not in free]:
        raise TakenMeanwhile(taken)
    prefetch_related_objects(letters, "documents")
    if unset := missing(letters):
        raise NotSetYet(unset)
    run = PrintRun.objects.create(printed_at=at, by=staff, two_sided=two_sided)
    PrintedLetter.objects.bulk_create(
        PrintedLetter(run=run, message=letter, place=place) for place, letter in enumerate(letters, start=1)
    )
    return run


def pile_pdf(run: PrintRun, staff: StaffMember) -> bytes:
    """The cover sheet and the letters as they were set, each with its enclosures, but none that ``staff``
    may not see.

    The same however often it is asked for. On two sides, each letter and each enclosure begins on a new
    sheet.
    """
    pile = [sheets_of(message) for message in letters_of(run, staff).prefetch_related("documents")]
    cover = PdfReader(BytesIO(cover_pdf(pile, printed_at=run.printed_at, by=run.by.name)))
    whole = PdfWriter()
    for part in (cover, *(part for sheets in pile for part in sheets.parts)):
        whole.append(part, import_outline=False)
        if run.two_sided and len(whole.pages) % 2:
            whole.add_blank_page()
    whole.compress_identical_objects(remove_duplicates=True, remove_unreferenced=True)
    made = BytesIO()
    whole.write(made)
    return made.getvalue()
