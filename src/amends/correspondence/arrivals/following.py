"""What follows from a message that was read: decided first, carried out under the arrival's lock."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial

from django.utils.translation import gettext

from amends.cases import actions
from amends.cases.choices import MessageStatus
from amends.cases.models import Complaint, Message
from amends.correspondence.arrivals import putting
from amends.correspondence.arrivals.belonging import Part, Place, place_of
from amends.correspondence.arrivals.files import files_of
from amends.correspondence.arrivals.keeping import LARGEST, raw_of
from amends.correspondence.arrivals.reading import Read
from amends.correspondence.arrivals.reports import bounce_of, is_receipt, opened_of
from amends.correspondence.arrivals.writers import Writer, staff_with, writer_of
from amends.correspondence.incoming.parse import parse
from amends.correspondence.models import Arrival
from amends.rules.capabilities import SYSTEM

S = Arrival.State
# New complaints from one address. A machine that answers each receipt with a mail that looks like a person's
# is stopped here: without a receipt it has nothing more to answer.
MOST_AN_HOUR = 20
Became = Complaint | Message


@dataclass(frozen=True, kw_only=True)
class Way:
    """What becomes of a message. ``do`` carries it out and gives what it became."""

    state: str
    why: str = ""  # a code, where a person must look
    complaint: Complaint | None = None  # where it belongs, or may belong
    do: Callable[[Arrival, datetime], Became] | None = None
    problems: list[str] = field(default_factory=list)


class NotYet(Exception):
    """It is too early to say: the message is looked at again later."""


def way_of(arrival: Arrival, read: Read) -> Way:
    """What becomes of a message. Nothing is changed but that its files are put away. Raises NotYet."""
    said = read.said
    if arrival.size > LARGEST:
        return Way(state=S.UNCLEAR, why="large")
    for fault in ("empty", "unreadable"):
        if fault in said.problems:
            return Way(state=S.UNCLEAR, why=fault)
    if said.auto == "bounce":
        return _came_back(arrival, read)
    if said.auto == "out-of-office":
        return _opened(read) if is_receipt(read) else _away(read)
    return Way(state=S.AUTOMATIC) if said.auto else _by_a_person(arrival, read)


def carry_out(way: Way, arrival: Arrival, read: Read, same: list[Arrival], at: datetime) -> None:
    """Go the way, unless the message came before: say on the arrival's row (unsaved) what became of it.

    ``same`` are arrivals of the same Message-ID.
    """
    if (earlier := _earlier(arrival, read, same)) is not None:
        arrival.state, arrival.complaint, arrival.became = S.REPEATED, earlier.complaint, earlier.became
        return
    arrival.state, arrival.why_unclear, arrival.complaint = way.state, way.why, way.complaint
    arrival.problems = [*arrival.problems, *way.problems]
    if way.do is not None:
        put_down(arrival, way.do(arrival, at))


def put_down(arrival: Arrival, became: Became) -> None:
    """Note on the row (unsaved) what the message became."""
    if isinstance(became, Message):
        arrival.became, arrival.complaint_id = became, became.complaint_id
    else:
        arrival.complaint = became


def _earlier(arrival: Arrival, read: Read, same: list[Arrival]) -> Arrival | None:
    """The same mail that came in another way: same Message-ID, sender and new words, other servers' lines."""
    for other in same:
        if other.pk == arrival.pk or other.state == S.WAITING or other.sender != arrival.sender:
            continue
        if other.size <= LARGEST and parse(raw_of(other)).text.split() == read.said.text.split():
            return other
    return None


def _came_back(arrival: Arrival, read: Read) -> Way:
    report = bounce_of(read)
    message = report.message
    if message is None:
        return Way(state=S.AUTOMATIC)
    if message.status == MessageStatus.SENDING and arrival.attempts < 3:
        raise NotYet  # our own note that it was sent is not written yet, and would come after
    # Of one that waits to be sent again, an earlier sending came back: that is known.
    once = report.final and message.status not in (MessageStatus.BOUNCED, MessageStatus.QUEUED)
    do = partial(_report_bounce, message, report.reason) if once else (lambda _arrival, _at: message)
    return Way(state=S.AUTOMATIC, complaint=message.complaint, do=do)


def _report_bounce(message: Message, reason: str, _arrival: Arrival, at: datetime) -> Message:
    actions.report_bounce(message, by=SYSTEM, at=at, error=reason)
    return message


def _opened(read: Read) -> Way:
    message = opened_of(read)
    if message is None or message.read_at is not None:
        return Way(state=S.AUTOMATIC, complaint=message.complaint if message else None)
    return Way(state=S.AUTOMATIC, complaint=message.complaint, do=partial(_report_read, message))


def _report_read(message: Message, _arrival: Arrival, at: datetime) -> Message:
    actions.report_read(message, by=SYSTEM, at=at)
    return message


def _away(read: Read) -> Way:
    """Who is away says until when: a note on the case, and nothing else follows."""
    writer = writer_of(read)
    writer = writer if isinstance(writer, Writer) else _whoever(read)
    place = place_of(read, writer, staff_with(writer.email))
    if place is None or place.part is Part.NONE or not read.said.text:
        return Way(state=S.AUTOMATIC)
    intro = gettext("Automatic answer from %(sender)s:") % {"sender": writer.name or writer.email}
    short = Read(read.raw, replace(read.said, text=read.said.text[: putting.NOTED]))
    return Way(
        state=S.AUTOMATIC,
        complaint=place.complaint,
        do=lambda _arrival, at: putting.put_note(place.complaint, short, (), by=SYSTEM, at=at, intro=intro),
    )


def _whoever(read: Read) -> Writer:
    return Writer(read.said.sender.name, read.said.sender.email.lower())


def _by_a_person(arrival: Arrival, read: Read) -> Way:
    writer = writer_of(read)
    if isinstance(writer, str):
        suggested = place_of(read, None, None)
        return Way(state=S.UNCLEAR, why=writer, complaint=suggested.complaint if suggested else None)
    staff = staff_with(writer.email)
    place = place_of(read, writer, staff)
    if place is not None and place.part is Part.NONE:
        return Way(state=S.UNCLEAR, why="stranger", complaint=place.complaint)
    if place is None and staff is not None:
        return Way(state=S.UNCLEAR, why="colleague")
    return _reply(place, read, writer) if place else _new(arrival, read, writer)


def _reply(place: Place, read: Read, writer: Writer) -> Way:
    files = files_of(read)
    complaint = place.complaint
    if not (putting.words_of(read) or files.documents):
        return Way(state=S.UNCLEAR, why="wordless", complaint=complaint, problems=files.codes)

    def put(arrival: Arrival, at: datetime) -> Message:
        if place.part is Part.STAFF:
            intro = putting.by_mail(writer)
            return putting.put_note(complaint, read, files.documents, by=SYSTEM, at=at, intro=intro)
        by = putting.actor_of(complaint, writer)
        return putting.put_reply(
            complaint, arrival, read, files.documents, by=by, at=at, writer=writer, answers=place.answers
        )

    return Way(state=S.TAKEN, complaint=complaint, do=put, problems=files.codes)


def _new(arrival: Arrival, read: Read, writer: Writer) -> Way:
    if putting.wrote_lately(writer, arrival.arrived_at) >= MOST_AN_HOUR:
        return Way(state=S.UNCLEAR, why="many")
    files = files_of(read)
    if not putting.story_of(read):
        return Way(state=S.UNCLEAR, why="wordless", problems=files.codes)
    new = partial(putting.put_new, read, files.documents, received_at=arrival.arrived_at, writer=writer)
    return Way(state=S.TAKEN, do=lambda _arrival, at: new(at=at), problems=files.codes)
