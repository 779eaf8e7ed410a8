"""Registering rows through the one door: in chunks, without doubles, each bad row by itself.

A row's ``origin`` is the file's SHA-256 and the row's number. Run again, or after a kill, and what is
there already is left alone: a chunk is one transaction, so it is there whole or not at all.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import batched

from django.db import transaction
from django.utils.translation import gettext as _

from amends.cases import actions
from amends.cases.choices import Channel
from amends.cases.events import quietly
from amends.cases.models import Complaint
from amends.cases.words import REASONS
from amends.people.models import Customer
from amends.project.imports.cfpb import BadRow, Taken, take_row
from amends.project.imports.table import Table
from amends.rules.capabilities import SYSTEM

CHUNK = 100  # rows in one transaction: other writers wait about a second for one at most


@dataclass(frozen=True)
class RefusedRow:
    """A row that was not taken, where its end stands in the file, and why."""

    line: int
    number: int  # of the row, from 1
    reason: str


@dataclass
class Summary:
    """What came of a file."""

    rows: int = 0
    imported: int = 0
    there: int = 0
    refused: list[RefusedRow] = field(default_factory=list)


Good = tuple[int, int, str, Taken]  # line, number, origin, row


def run(
    table: Table, *, at: datetime, dry_run: bool = False, tell: Callable[[int], None] = lambda rows: None
) -> Summary:
    """Import the whole table; ``tell`` hears after each chunk how many rows were in it.

    With ``dry_run`` everything is read and checked, and nothing written.
    """
    summary = Summary()
    with quietly():
        for chunk in batched(enumerate(table.read(), start=1), CHUNK, strict=False):
            good = list(_readable(table, chunk, at, summary))
            new = _not_there(good, summary)
            if dry_run:
                summary.imported += len(new)
            else:
                _write(table, new, at, summary)
            summary.rows += len(chunk)
            tell(len(chunk))
    summary.refused.sort(key=lambda refused: refused.number)
    return summary


def _readable(
    table: Table, chunk: tuple[tuple[int, tuple[int, list[str]]], ...], at: datetime, summary: Summary
) -> Iterator[Good]:
    for number, (line, cells) in chunk:
        try:
            taken = take_row(table.header, cells, number, at)
        except BadRow as bad:
            summary.refused.append(RefusedRow(line, number, str(bad)))
        else:
            yield line, number, f"cfpb:{table.sha256[:32]}:{number}", taken


def _not_there(good: list[Good], summary: Summary) -> list[Good]:
    origins = [origin for _line, _number, origin, _row in good]
    there = set(Complaint.objects.filter(origin__in=origins).values_list("origin", flat=True))
    summary.there += len(there)
    return [row for row in good if row[2] not in there]


def _write(table: Table, new: list[Good], at: datetime, summary: Summary) -> None:
    with transaction.atomic():
        people = Customer.objects.bulk_create(
            Customer(name=row.customer, language="en", country="US") for _line, _number, _origin, row in new
        )
        for (line, number, origin, row), customer in zip(new, people, strict=True):
            try:
                _tell(table, row, customer, origin, at)
            except actions.Refused as refusal:
                why = " ".join(str(REASONS[reason]) for reason in refusal.reasons)
                summary.refused.append(RefusedRow(line, number, why))
                customer.delete()
            else:
                summary.imported += 1


@transaction.atomic
def _tell(table: Table, row: Taken, customer: Customer, origin: str, at: datetime) -> None:
    """One row: registered, what else the file says noted, and ended where the file says it was settled."""
    complaint = actions.register(
        by=SYSTEM,
        at=at,
        customer=customer,
        channel=Channel.FILE,
        signed_by=_("CFPB import, file %(name)s") % {"name": table.path.name[:80]},
        origin=origin,
        details=row.details,
        **row.register,
    )
    if row.remarks:
        actions.note(complaint, by=SYSTEM, at=at, text=row.remarks)
    if row.settled:
        company, told = row.settled
        actions.refer(complaint, by=SYSTEM, at=at, third_party=company, text=told, channel=Channel.FILE)
