"""Who a message of a case is addressed to, and who signs it."""

from string import Template

from django.conf import settings

from amends.cases.models import Complaint
from amends.correspondence import letterheads
from amends.correspondence.letters.case_file import MOST_ADDRESS_LINES, Customer
from amends.correspondence.letters.reading import clean, line, lines
from amends.correspondence.phrasebook import phrases

ROOM = MOST_ADDRESS_LINES - 1  # lines of the window below the name


def addressee(complaint: Complaint) -> Customer:
    """The person written to, at the customer's postal address.

    Whom somebody else speaks for stays named there: the representative gets the letter at their address. An
    address that is longer than the window has its last lines drawn together (``too_long`` tells).
    """
    speaker, customer = complaint.speaker, complaint.customer
    care_of = ""
    if speaker != customer:
        care_of = Template(phrases(complaint.language)["letter"]["care_of"]).substitute(name=customer.name)
    rows, room = lines(customer.address), ROOM - bool(care_of)
    if len(rows) > room:
        rows = (*rows[: room - 1], ", ".join(rows[room - 1 :]))
    return Customer(line(speaker.name), line(getattr(speaker, "salutation", "")), line(care_of), rows)


def too_long(complaint: Complaint) -> bool:
    """Whether the postal address has more lines than the window of an envelope shows."""
    return len(lines(complaint.customer.address)) > ROOM - (complaint.speaker != complaint.customer)


def house_name() -> str:
    """Under which name the house signs."""
    return clean(letterheads.current().name) or str(settings.AMENDS_HOUSE_NAME)
