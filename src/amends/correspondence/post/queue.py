"""Which letters wait to be printed, which lie printed, and which were posted.

Nobody is shown anything of a case in which they are complained about. Each question is one indexed scan.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db.models import CharField, Count, Exists, F, Func, Min, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Coalesce

from amends.cases.choices import Channel
from amends.cases.models import Message
from amends.cases.tasks import seen_by
from amends.correspondence.models import MassLetter, MassLetterTo, PrintedLetter, PrintRun
from amends.kit.pages import Page, page_from_the_latest
from amends.people.models import StaffMember

LONG_AGO = datetime(1990, 1, 1, tzinfo=UTC)
# Said in the query itself: with parameters in their place, the index of these few letters is not used.
TO_PRINT = Func(template="'to_print'", output_field=CharField())
DISPATCHED = Func(template="'dispatched'", output_field=CharField())
NUMBERED = Message.objects.exclude(dispatch_number=Func(template="''", output_field=CharField()))


@dataclass(frozen=True)
class Waiting:
    """How many letters wait to be printed, and since when the oldest does."""

    count: int
    at: datetime


def unposted(staff: StaffMember) -> QuerySet[Message]:
    """Letters that were written and are not in the post yet, printed or not; the oldest first."""
    rows = seen_by(Message.objects.filter(status=TO_PRINT), staff)
    return rows.select_related("complaint__customer", "complaint__representative").order_by("at", "pk")


def to_print(staff: StaffMember) -> QuerySet[Message]:
    """Those of them that lie in nobody's pile yet. One that came back and goes out again counts anew."""
    since = Coalesce(OuterRef("sent_at"), Value(LONG_AGO))
    return unposted(staff).filter(
        ~Exists(PrintedLetter.objects.filter(message=OuterRef("pk"), run__printed_at__gt=since))
    )


def seen_letters(staff: StaffMember, keys: Sequence[str]) -> QuerySet[Message]:
    """The letters of these keys, whatever became of them; the oldest first."""
    rows = seen_by(Message.objects.filter(key__in=keys, channel=Channel.LETTER), staff)
    return rows.select_related("complaint__customer", "complaint__representative").order_by("at", "pk")


def single(rows: QuerySet[Message]) -> QuerySet[Message]:
    """Without those that were written to everybody concerned by one cause: these are a batch of their own."""
    return rows.filter(~Exists(MassLetterTo.objects.filter(message=OuterRef("pk"))))


def of_mass_letter(rows: QuerySet[Message], letter: MassLetter) -> QuerySet[Message]:
    """Those that were written as this letter to everybody concerned."""
    return rows.filter(Exists(MassLetterTo.objects.filter(message=OuterRef("pk"), letter=letter)))


def batches(staff: StaffMember) -> QuerySet[MassLetter]:
    """Letters to everybody concerned of which some wait to be printed: with ``waiting`` and ``since``."""
    theirs = MassLetterTo.objects.filter(message__in=to_print(staff).order_by())
    rows = MassLetter.objects.filter(pk__in=theirs.values("letter")).order_by("pk")
    waiting = Q(to__message__in=to_print(staff).order_by())
    return rows.annotate(waiting=Count("to", filter=waiting), since=Min("to__message__at", filter=waiting))


def waiting(staff: StaffMember) -> Waiting | None:
    """What waits to be printed, for Today; None where nothing does."""
    found = to_print(staff).order_by().aggregate(count=Count("pk"), at=Min("at"))
    return Waiting(**found) if found["count"] else None


def unmarked_runs(staff: StaffMember) -> QuerySet[PrintRun]:
    """Piles that were printed and of which some letters are not marked as posted: ``left`` says how many."""
    not_since = Q(printed__message__sent_at__isnull=True) | Q(printed__message__sent_at__lt=F("printed_at"))
    rows = PrintRun.objects.filter(not_since, printed__message__in=unposted(staff).order_by())
    rows = rows.select_related("by").annotate(left=Count("printed"))
    return rows.order_by("printed_at", "pk")


def letters_of(run: PrintRun, staff: StaffMember) -> QuerySet[Message]:
    """The letters of a pile in their order, as far as this person may see them."""
    rows = seen_by(Message.objects.filter(printed__run=run), staff)
    rows = rows.select_related("complaint__customer", "complaint__representative")
    return rows.order_by("printed__place")


def unmarked_of(run: PrintRun, staff: StaffMember) -> QuerySet[Message]:
    """Those of them that are not marked as posted, unless they were posted and came back since."""
    printed_before = Coalesce("sent_at", Value(LONG_AGO))
    return (
        letters_of(run, staff).alias(before=printed_before).filter(status=TO_PRINT, before__lt=run.printed_at)
    )


def posted(staff: StaffMember, find: str = "", *, after: str = "") -> Page[Message]:
    """Letters in the post, the last posted first; ``find`` those of a dispatch number, or of a reference.

    Who searches finds those that came back too. Raises ValueError for a false cursor.
    """
    rows = Message.objects.filter(status=DISPATCHED)
    if find:
        rows = NUMBERED.filter(dispatch_number=find)
        if not rows.exists():
            rows = Message.objects.filter(complaint__reference=find, channel=Channel.LETTER)
    rows = seen_by(rows.filter(sent_at__isnull=False), staff)
    rows = rows.select_related("complaint__customer", "complaint__representative")
    return page_from_the_latest(rows, "sent_at", after=after)
