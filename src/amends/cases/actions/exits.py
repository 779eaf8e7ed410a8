"""The side exits, and the way back."""

from datetime import datetime

from amends.cases.actions.door import take
from amends.cases.actions.outgoing import hear_customer, reaches, tell_customer
from amends.cases.actions.table import clear_table
from amends.cases.actions.wording import Wording
from amends.cases.choices import Channel, Outcome, Purpose
from amends.cases.models import Complaint
from amends.rules.capabilities import Actor, ActorKind


def refer(
    complaint: Complaint,
    *,
    by: Actor,
    at: datetime,
    third_party: str,
    text: str,
    subject: str = "",
    channel: str = Channel.EMAIL,
    override: str = "",
) -> Complaint:
    """Somebody else is responsible: the customer is told who, and how to reach them (mission A10)."""
    body = text if third_party.strip() in text else f"{text.rstrip()}\n\n{third_party.strip()}"
    said = Wording(complaint, Purpose.REFERRAL, body if text.strip() else "", by, override)
    said.third_party = third_party
    with take(
        "refer",
        complaint,
        by=by,
        at=at,
        third_party=bool(third_party.strip()),
        words=bool(text.strip()),
        customer_reached=reaches(channel, complaint.speaker.email),
        **said.given,
    ) as case:
        said.put_down(case)
        tell_customer(case, purpose=Purpose.REFERRAL, subject=subject, body=body, channel=channel)
        clear_table(case)
        case.complaint.referred_to = third_party
        case.complaint.outcome = Outcome.REFERRED
    return case.complaint


def withdraw(
    complaint: Complaint, *, by: Actor, at: datetime, words: str = "", channel: str = Channel.PORTAL
) -> Complaint:
    """The customer takes it back."""
    with take("withdraw", complaint, by=by, at=at) as case:
        if words.strip():
            hear_customer(case, words, channel=channel)
        clear_table(case)
        case.complaint.outcome = Outcome.WITHDRAWN
    return case.complaint


def merge(complaint: Complaint, *, by: Actor, at: datetime, into: Complaint) -> Complaint:
    """The same matter told twice: this one ends, the other carries on and points back."""
    with take(
        "merge", complaint, by=by, at=at, other_is_open=lambda: into.pk != complaint.pk and _is_open(into)
    ) as case:
        clear_table(case)
        case.complaint.merged_into = into
        case.complaint.outcome = Outcome.MERGED
        case.say(into=into.pk)
    return case.complaint


def _is_open(complaint: Complaint) -> bool:
    """Locked as well, or two that are merged into each other at once would both be gone."""
    return bool(Complaint.objects.select_for_update().filter(pk=complaint.pk, is_open=True))


def reopen(complaint: Complaint, *, by: Actor, at: datetime, why: str) -> Complaint:
    """Back to the investigation; findings stay until changed, the old plan does not count any more."""
    with take("reopen", complaint, by=by, at=at, words=bool(why.strip())) as case:
        case.complaint.outcome = ""
        case.complaint.closed_at = None
        case.complaint.merged_into = None
        case.complaint.current_plan = None
        if by.kind is ActorKind.CUSTOMER:
            hear_customer(case, why, channel=Channel.PORTAL)
    return case.complaint
