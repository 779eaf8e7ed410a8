"""What a person decides about mail that the program could not place, or took for something else."""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction

from amends.cases import actions
from amends.cases.choices import Channel
from amends.cases.models import Complaint, Message
from amends.correspondence.arrivals import putting
from amends.correspondence.arrivals.belonging import carried_on
from amends.correspondence.arrivals.files import Files, files_of
from amends.correspondence.arrivals.following import Became, put_down
from amends.correspondence.arrivals.keeping import LARGEST, raw_of
from amends.correspondence.arrivals.reading import Read, read, read_beginning
from amends.correspondence.arrivals.writers import Writer, staff_with, writer_of
from amends.correspondence.models import Arrival
from amends.people.actors import as_actor
from amends.people.models import StaffMember

S = Arrival.State
OPEN = (S.UNCLEAR, S.AUTOMATIC, S.SET_ASIDE)  # where a person may still say something else


class Decided(Exception):
    """Somebody was first, or the program: it is on file already."""


def may_decide(arrival: Arrival) -> bool:
    """Whether a person may still say what becomes of it."""
    return arrival.state in OPEN and arrival.became_id is None


def read_carefully(arrival: Arrival) -> Read:
    """The message, for a page; of one too large, or that brought the program down, only its beginning."""
    if arrival.size > LARGEST or arrival.why_unclear == "fault":
        return read_beginning(raw_of(arrival))
    return read(arrival)


def named_writer(what: Read) -> Writer:
    """Who wrote, as well as the mail says it: also who cannot be answered."""
    writer = writer_of(what)
    sender = what.said.sender
    return writer if isinstance(writer, Writer) else Writer(sender.name, sender.email.lower())


def register_it(
    arrival: Arrival,
    *,
    staff: StaffMember,
    at: datetime,
    name: str,
    email: str,
    title: str,
    category: str,
    story: str,
) -> Complaint:
    """It is a complaint: register it, with its files. Raises Decided and Refused; then nothing was done."""

    def do(what: Read, files: Files) -> Complaint:
        by, writer = as_actor(staff), Writer(name.strip(), email.strip().lower())
        complaint = actions.register(
            by=by,
            at=at,
            customer=putting.customer_of(writer, f"{title}\n{story}"),
            story=story,
            channel=Channel.EMAIL,
            category=category,
            signed_by=staff.name,
            title=title,
            received_at=arrival.arrived_at,
        )
        for document in files.documents:
            actions.attach(complaint, by=by, at=at, document=document, for_customer=True)
        return complaint

    _decide(arrival, do)
    return Complaint.objects.get(arrivals=arrival)


def put_it(arrival: Arrival, complaint: Complaint, *, staff: StaffMember, at: datetime) -> Complaint:
    """It belongs to this complaint, or to the one in which that carries on: as the customer's words, or as a
    note if a colleague wrote it. Who wrote has a part in the case from now on. Raises Decided and Refused.
    """
    into = carried_on(complaint)

    def do(what: Read, files: Files) -> Message:
        by, writer = as_actor(staff), named_writer(what)
        if staff_with(writer.email) is not None:
            intro = putting.by_mail(writer)
            return putting.put_note(into, what, files.documents, by=by, at=at, intro=intro)
        return putting.put_reply(into, arrival, what, files.documents, by=by, at=at, writer=writer)

    _decide(arrival, do)
    return into


def set_it_aside(arrival: Arrival) -> None:
    """It is no complaint. It stays where it is, and may be decided otherwise. Raises Decided."""
    with transaction.atomic():
        row = _locked(arrival)
        row.state, row.complaint = S.SET_ASIDE, None
        row.save(update_fields=("state", "complaint"))


def _decide(arrival: Arrival, do: Callable[[Read, Files], Became]) -> None:
    what = read_carefully(arrival)
    files = files_of(what)
    with transaction.atomic():
        row = _locked(arrival)
        row.state, row.problems = S.TAKEN, [*row.problems, *files.codes]
        put_down(row, do(what, files))
        row.save()


def _locked(arrival: Arrival) -> Arrival:
    row = Arrival.objects.select_for_update().get(pk=arrival.pk)
    if not may_decide(row):
        raise Decided
    return row
