"""A colleague reads a text before it goes to the customer. It is between the two, and no event of the case.

Who is asked gets the text as it stood then; the author may go on writing meanwhile.
"""

from datetime import datetime

from django.db.models import QuerySet

from amends.cases.models import Complaint
from amends.cases.tasks import seen_by
from amends.correspondence.models import ComposerDraft
from amends.people.models import StaffMember
from amends.rules.capabilities import Capability

READERS = frozenset({Capability.HANDLE, Capability.LEAD})


def may_read(person: StaffMember, complaint: Complaint) -> bool:
    """Whether this person may be asked: they write to customers themselves, and may see the case."""
    can = person.is_active and bool(READERS & person.capabilities)
    return can and Complaint.objects.visible_to(person).filter(pk=complaint.pk).exists()


def ask_to_read(draft: ComposerDraft, reader: StaffMember, word: str, *, at: datetime) -> None:
    """Lay the draft before ``reader`` as it stands. An earlier answer is about an earlier text, and goes."""
    draft.reader, draft.reading_word, draft.reading_asked_at = reader, word, at
    draft.reading_fields = draft.fields
    draft.read_at, draft.reading_good, draft.reading_note = None, None, ""
    draft.save(
        update_fields=(
            "reader",
            "reading_word",
            "reading_asked_at",
            "reading_fields",
            "read_at",
            "reading_good",
            "reading_note",
        )
    )


def texts_to_read(staff: StaffMember) -> QuerySet[ComposerDraft]:
    """What this person was asked to read and has not answered, the longest waiting first."""
    rows = ComposerDraft.objects.filter(reader=staff, reading_asked_at__isnull=False, read_at__isnull=True)
    rows = seen_by(rows, staff).select_related("author__role", "complaint__customer")
    rows = rows.select_related("complaint__representative")
    return rows.order_by("reading_asked_at", "pk")


def answer_reading(draft: ComposerDraft, asked_at: datetime, *, good: bool, note: str, at: datetime) -> bool:
    """Put the reader's answer down; False when the author has sent the text or asked anew meanwhile."""
    still = ComposerDraft.objects.filter(
        pk=draft.pk, reader=draft.reader_id, reading_asked_at=asked_at, read_at__isnull=True
    )
    return bool(still.update(read_at=at, reading_good=good, reading_note=note))
