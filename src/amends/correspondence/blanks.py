"""What the case itself can fill into a text: one small function for each blank."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

from babel.dates import format_date
from django.conf import settings
from django.utils import timezone
from django.utils.translation import to_locale

from amends.cases.choices import Purpose
from amends.cases.links import link_url
from amends.cases.models import Complaint
from amends.cases.models.message import Direction
from amends.cases.models.settlement import OfferAnswer
from amends.cases.settlement_text import remedy_line
from amends.cases.signing import LIFETIME
from amends.correspondence.greeting import greeting
from amends.correspondence.phrasebook import phrases
from amends.kit.clock import now
from amends.rules.deadlines import ClockKind, promised


def day(moment: date | datetime, language: str) -> str:
    """A day as people of this language write it, in the house's time zone (en: 3 March 2026)."""
    local = timezone.localtime(moment) if isinstance(moment, datetime) else moment
    locale = "en_GB" if language == "en" else to_locale(language)
    written = format_date(local, format="long", locale=locale)
    return f"{written} r." if language == "pl" and not written.endswith("r.") else written


def _received(complaint: Complaint) -> str:
    return day(complaint.letter_date or complaint.received_at, complaint.language)


def _promise(kind: ClockKind) -> Callable[[Complaint], str]:
    """The day that a clock started now would fall due: what the message itself promises."""
    return lambda complaint: day(promised(kind, now()), complaint.language)


def _running(kind: ClockKind) -> Callable[[Complaint], str]:
    """The day that the running clock falls due; nothing once it is past, since that cannot be promised."""

    def due(complaint: Complaint) -> str:
        clock = complaint.clocks.filter(kind=kind, stopped_at__isnull=True, due_at__gt=now()).last()
        return day(clock.due_at, complaint.language) if clock else ""

    return due


def _contact(complaint: Complaint) -> str:
    return complaint.handler.name if complaint.handler else ""


def _next(complaint: Complaint) -> str:
    return str(phrases(complaint.language)["next"].get(complaint.stage, ""))


def _known(complaint: Complaint) -> str:
    return complaint.understood if complaint.said_back_at else ""


def _reasons(complaint: Complaint) -> str:
    return "\n".join(issue.reasons.strip() for issue in complaint.issues.all() if issue.reasons.strip())


def _apology(complaint: Complaint) -> str:
    """Responsibility is taken for what was found, and only for that."""
    upheld = any(issue.upheld for issue in complaint.issues.all())
    return str(phrases(complaint.language)["words"]["apology"]) if upheld else ""


def _remedies(complaint: Complaint) -> str:
    plan = complaint.current_plan
    if plan is None:
        return ""
    lines = (remedy_line(remedy, plan.currency, complaint.language) for remedy in plan.remedies.all())
    return "\n".join(f"– {line}" for line in lines)


def _prevention(complaint: Complaint) -> str:
    return complaint.current_plan.prevention if complaint.current_plan else ""


def _expires(complaint: Complaint) -> str:
    offer = complaint.offers.filter(answer=OfferAnswer.OPEN).last()
    return day(offer.expires_at if offer else promised(ClockKind.OFFER, now()), complaint.language)


def _agreement(complaint: Complaint) -> str:
    agreement = complaint.agreements.last()
    return agreement.text if agreement else ""


def _signed_on(complaint: Complaint) -> str:
    agreement = complaint.agreements.last()
    return day(agreement.signed_at, complaint.language) if agreement else ""


def _done_by(complaint: Complaint) -> str:
    """The day by which all of the agreement is done, counted from the signature."""
    agreement = complaint.agreements.last()
    if agreement is None:
        return ""
    longest = max((remedy.within_days for remedy in agreement.offer.plan.remedies.all()), default=0)
    return day(agreement.signed_at + timedelta(days=longest), complaint.language)


def _done(complaint: Complaint) -> str:
    """What was done: each duty of the agreed plan, or what was said when it was solved on the spot."""
    if complaint.current_plan is not None:
        return _remedies_done(complaint)
    said = complaint.messages.filter(direction=Direction.OUT, purpose=Purpose.CLOSING).last()
    return said.body if said else ""


def _remedies_done(complaint: Complaint) -> str:
    duties = complaint.duties.filter(remedy__plan=complaint.current_plan_id, done_at__isnull=False)
    return "\n".join(f"– {duty.remedy.description}" for duty in duties.select_related("remedy"))


ONLY_GIVEN = frozenset({"code"})  # what no case can say by itself

FROM_THE_CASE: dict[str, Callable[[Complaint], str]] = {
    "house": lambda complaint: str(settings.AMENDS_HOUSE_NAME),
    "greeting": lambda complaint: greeting(complaint.speaker, complaint.language),
    "reference": lambda complaint: complaint.reference,
    "title": lambda complaint: complaint.title.rstrip(" ."),  # it stands in the middle of a sentence
    "received": _received,
    "link": link_url,
    "contact": _contact,
    "first_word_by": _running(ClockKind.ACKNOWLEDGEMENT),
    "word_by": _promise(ClockKind.UPDATE),
    "answer_by": _running(ClockKind.ANSWER),
    "answer_wanted_by": _promise(ClockKind.FOLLOW_UP),
    "questions": lambda complaint: "",
    "understood": lambda complaint: complaint.understood,
    "known": _known,
    "unknown": lambda complaint: "",
    "next": _next,
    "findings": _reasons,
    "reasons": _reasons,
    "apology": _apology,
    "remedies": _remedies,
    "prevention": _prevention,
    "expires": _expires,
    "minutes": lambda complaint: str(int(LIFETIME.total_seconds() // 60)),
    "text": lambda complaint: "",
    "agreement": _agreement,
    "signed_on": _signed_on,
    "done_by": _done_by,
    "done": _done,
    "third_party": lambda complaint: complaint.referred_to,
    "where_to_turn": lambda complaint: complaint.referred_to,
}
