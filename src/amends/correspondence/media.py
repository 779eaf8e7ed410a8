"""Over which medium the program itself can reach a customer. What it cannot do, a person does."""

from amends.cases.choices import Channel
from amends.cases.models import Complaint


def writes_over(complaint: Complaint) -> Channel | None:
    """A mail where there is an address for one, else a letter; None for who can only be called."""
    if complaint.speaker.email:
        return Channel.EMAIL
    return Channel.LETTER if complaint.customer.address.strip() else None


def asks_over(complaint: Complaint) -> Channel | None:
    """How to ask whether it is good: likewise, but who came by phone and has no e-mail is called.

    None: somebody must call, since no program can.
    """
    medium = writes_over(complaint)
    calls = complaint.channel in (Channel.PHONE, Channel.IN_PERSON) and bool(complaint.speaker.phone)
    return None if medium is Channel.LETTER and calls else medium
