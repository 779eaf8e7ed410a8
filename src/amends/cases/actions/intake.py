"""The first word: registering, signing for it, and solving it on the spot."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from amends.cases.actions.door import take
from amends.cases.actions.following import open_follow_up
from amends.cases.actions.investigating import reach_executive
from amends.cases.actions.outgoing import Mail, attach_to, hear_customer, reaches, tell_customer
from amends.cases.actions.wording import Wording
from amends.cases.choices import Channel, Purpose, Severity
from amends.cases.coaching import RESOLVED
from amends.cases.models import Complaint, Document, Issue, ReferenceYear
from amends.cases.proposals import propose, running
from amends.kit.chain import digest
from amends.people.models import Customer, Representative, StaffMember
from amends.rules.capabilities import HIGHEST_LEVEL, Actor, ActorKind

TITLE_LENGTH = 200


def next_reference(at: datetime) -> str:
    """The next number of the year, as people see it (2026-00042). The row lock keeps it free of gaps.

    The year is that of the house's own calendar, also in the hours when it is another one in UTC.
    """
    year, _ = ReferenceYear.objects.select_for_update().get_or_create(year=timezone.localtime(at).year)
    year.last += 1
    year.save(update_fields=("last",))
    return f"{year.year}-{year.last:05d}"


def title_from(story: str) -> str:
    """A title for a story without one: its first line, cut at a word."""
    first = " ".join(story.strip().split("\n", 1)[0].split())
    return first if len(first) <= 90 else first[:90].rsplit(" ", 1)[0] + " …"


def register(
    *,
    by: Actor,
    at: datetime,
    customer: Customer,
    story: str,
    channel: str,
    category: str,
    signed_by: str,
    representative: Representative | None = None,
    title: str = "",
    language: str = "",
    country: str = "",
    sector: str = "",
    received_at: datetime | None = None,
    severity: int = Severity.MEDIUM,
    formal: bool | None = None,
    wish: str = "",
    anything_else: str = "",
    letter_date: date | None = None,
    to_executive: bool = False,
    risk_public: bool = False,
    complained_about: Collection[StaffMember] = (),
    details: Mapping[str, Any] | None = None,
    worth: Mapping[str, Any] | None = None,
    origin: str | None = None,
) -> Complaint:
    """Write down a complaint and sign for it (mission E5). The story is kept as it was told.

    ``details`` are fields of the first ``Issue`` (product, batch …), ``worth`` is as for ``sort``. A letter
    is formal unless ``formal`` says otherwise; the top looks on at one to the chief executive.
    ``sector`` is the trade where the house has several (``rules.statutes``). Raises Refused when nobody
    signed or nothing was told.
    """
    complaint = Complaint(
        customer=customer,
        representative=representative,
        title=(title.strip() or title_from(story))[:TITLE_LENGTH],
        story=story,
        channel=channel,
        category=category,
        severity=severity,
        language=language or customer.language,
        country=country or customer.country,
        sector=sector,
        wish=wish,
        anything_else=anything_else,
        letter_date=letter_date,
        to_executive=to_executive,
        watch_level=HIGHEST_LEVEL if to_executive else 0,
        risk_public=risk_public,
        formal=channel == Channel.LETTER if formal is None else formal,
        received_at=received_at or at,
        registered_at=at,
        signed_by=signed_by.strip(),
        recorder_id=by.id if by.kind is ActorKind.STAFF else None,
        origin=origin,
        **(worth or {}),
    )
    signed, told = bool(signed_by.strip()), bool(story.strip())
    with take("register", complaint, by=by, at=at, signed_for=signed, words=told) as case:
        complaint.reference = next_reference(at)
        case.insert()
        if complained_about:
            complaint.complained_about.set(complained_about)
        Issue.objects.create(
            **{
                "complaint": complaint,
                "position": 1,
                "category": category,
                "summary": complaint.title,
                **(details or {}),
            }
        )
        case.say(channel=channel, story_sha256=digest(story), signed_by=signed_by if by.id is None else "")
    return complaint


def resolve_at_once(
    complaint: Complaint,
    *,
    by: Actor,
    at: datetime,
    done: str,
    channel: str = Channel.PHONE,
    override: str = "",
) -> Complaint:
    """Solved in this contact (mission C11): what was done goes on file, and the case goes to follow-up."""
    reached = reaches(channel, complaint.speaker.email)
    said = Wording(complaint, Purpose.CLOSING, done, by, override, kind=RESOLVED)
    words = bool(done.strip())
    with take(
        "resolve_at_once", complaint, by=by, at=at, words=words, customer_reached=reached, **said.given
    ) as case:
        said.put_down(case)
        tell_customer(case, purpose=Purpose.CLOSING, subject="", body=done, channel=channel)
        open_follow_up(case)
    return case.complaint


@transaction.atomic
def sort(
    complaint: Complaint,
    *,
    by: Actor,
    at: datetime,
    title: str,
    category: str,
    severity: int,
    language: str,
    formal: bool,
    to_executive: bool,
    risk_public: bool,
    sector: str | None = None,
    details: Mapping[str, Any] | None = None,
    worth: Mapping[str, Any] | None = None,
) -> Complaint:
    """Say what the complaint is about and how grave it is, where it came without that (by mail, by form).

    ``details`` are fields of the first ``Issue``, ``worth`` what it was about in money and what it did to the
    customer (``value``, ``value_currency``, ``harm``). The story stays as told. The event names what changed.
    Clocks that run keep their day; another trade's is proposed for them.
    """
    given = {
        "title": title.strip()[:TITLE_LENGTH],
        "category": category,
        "severity": severity,
        "language": language,
        "formal": formal,
        "to_executive": to_executive and complaint.to_executive,  # that it is so now is a step of its own
        "risk_public": risk_public,
        "sector": complaint.sector if sector is None else sector,
        **(worth or {}),
    }
    with take("sort", complaint, by=by, at=at, words=bool(title.strip())) as case:
        changed = [name for name, value in given.items() if getattr(case.complaint, name) != value]
        for name in changed:
            setattr(case.complaint, name, given[name])
        if first := case.complaint.issues.first():
            changed += _detailed(first, {"category": category, **(details or {})})
        case.say(changed=sorted(set(changed)))
    if "sector" in changed:
        propose(list(running().filter(complaint=case.complaint)))
    if to_executive and not case.complaint.to_executive:
        return reach_executive(case.complaint, by=by, at=at)
    return case.complaint


def _detailed(issue: Issue, given: Mapping[str, Any]) -> list[str]:
    changed = [name for name, value in given.items() if getattr(issue, name) != value]
    for name in changed:
        setattr(issue, name, given[name])
    issue.save(update_fields=changed)
    return changed


def hear(
    complaint: Complaint,
    *,
    by: Actor,
    at: datetime,
    words: str,
    channel: str = Channel.PORTAL,
    mail: Mail | None = None,
    documents: Sequence[Document] = (),
) -> Complaint:
    """The customer says something more, at any stage (mission C9). ``mail`` is how it came, if by e-mail.

    ``documents`` (see ``cases.documents``) go on file with it; they are enough where there are no words. A
    message of ours that it answers counts as read.
    """
    said = bool(words.strip() or documents)
    with take("hear", complaint, by=by, at=at, words=said) as case:
        message = hear_customer(case, words, channel=channel, mail=mail)
        for document in documents:
            attach_to(case, document, message)
    return case.complaint
