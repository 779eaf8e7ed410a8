"""Who wrote: a person to whom one can answer, a form that passes a person's words on, or nobody."""

import re
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from amends.correspondence.arrivals.reading import Read, own_address, stored
from amends.correspondence.incoming.addresses import Address
from amends.people.models import StaffMember

# Mailboxes that nobody reads: an answer to them is lost, or comes back.
_NOBODYS = re.compile(
    r"(?:no[-_.]?reply|do[-_.]?not[-_.]?reply|noreply[-_.+].*|mailer[-_.]?daemon|postmaster|bounces?|"
    r"wordpress|www[-_.]?data|apache|httpd|nginx|root|nobody|web[-_.]?form|contact[-_.]?form)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Writer:
    """Who wrote, as the mail says: an address in small letters. Nothing proves it."""

    name: str
    email: str


def writer_of(read: Read) -> Writer | str:
    """Who wrote; or one word why nobody can be answered: nobody, ourselves, machine.

    The answer goes to From. Reply-To counts where From is no person: our own address, a mailbox that nobody
    reads, a program. So the form of a web site works, and nobody can have the answers of a person whose
    address they borrow sent to themselves.
    """
    sender = read.said.sender
    why = _why_not(sender, automatic="auto-generated" in read.said.problems)
    if not why:
        return _writer(sender)
    for other in read.said.reply_to:
        if not _why_not(other):
            return _writer(other)
    return why


def staff_with(email: str) -> StaffMember | None:
    """The member of staff with this address who works here; no more of them than who they are."""
    rows = StaffMember.objects.filter(email__iexact=email, is_active=True)
    return rows.only("pk").order_by().first()


def _why_not(address: Address, *, automatic: bool = False) -> str:
    email = address.email.lower()
    if not _valid(email):
        return "nobody"
    if email == own_address():
        return "ourselves"
    return "machine" if automatic or _NOBODYS.fullmatch(email.rpartition("@")[0]) else ""


def _valid(email: str) -> bool:
    try:
        validate_email(email)
    except ValidationError:
        return False
    return len(email) <= 254


def _writer(address: Address) -> Writer:
    return Writer(stored(address.name, 200), address.email.lower())
