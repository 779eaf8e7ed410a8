"""The language coach and a case: what a text of ours is held against, and by which rules of the house."""

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from amends.cases.choices import Finding, Purpose
from amends.cases.models import CoachRules, Complaint, Duty, Plan
from amends.cases.models.settlement import OfferAnswer
from amends.cases.wishes import wishes_in_words
from amends.coach.draft import Coached, coach
from amends.coach.house import HouseRules
from amends.coach.whole.case import IN_PART, REJECTED, UPHELD, Case, PlannedRemedy
from amends.rules.lifecycle import Stage

DECISION, INQUIRY, MASS, MEETING, RESOLVED, SETTLEMENT = (
    "decision", "inquiry", "mass", "meeting", "resolved", "settlement",
)  # fmt: skip

# The rows of packs/coach.toml by what a message is for.
KINDS: Mapping[str, str] = {
    Purpose.RECEIPT: "acknowledgement",
    Purpose.ACKNOWLEDGEMENT: "acknowledgement",
    Purpose.SAY_BACK: "say-back",
    Purpose.PROGRESS: "progress",
    Purpose.OFFER: "offer",
    Purpose.CODE: "notice",
    Purpose.AGREEMENT: "agreement",
    Purpose.REFUSAL: DECISION,
    Purpose.REFERRAL: "referral",
    Purpose.FOLLOW_UP: "follow-up",
    Purpose.CLOSING: "closing",
    Purpose.DETAILS: "details",
    Purpose.DECISION: DECISION,
    Purpose.COUNTER_ANSWER: "counter-answer",
    Purpose.SHIPPING: "notice",
    Purpose.REFUND: "notice",
    Purpose.APOLOGY: "apology",
    Purpose.REVIEW: "review",
    Purpose.MASS: MASS,
    Purpose.MEETING: MEETING,
    Purpose.EXTENSION: "extension",
    Purpose.REMINDER: "notice",
    Purpose.OTHER: "other",
}
# The same by the name of a standard text.
KIND_OF: Mapping[str, str] = {
    "acknowledgement": "acknowledgement",
    "extension": "extension",
    "offer": "offer",
    "offer-reminder": "notice",
    "progress": "progress",
    "referral": "referral",
    "other": "other",
    "receipt": "acknowledgement",
    "agreement": "agreement",
    "apology-from-above": "apology",
    "closing-thanks": "closing",
    "counter-answer": "counter-answer",
    "decision-in-part": "decision.in-part",
    "decision-rejected": "decision.rejected",
    "decision-upheld": "decision.upheld",
    "follow-up": "follow-up",
    "follow-up-refused": "follow-up",
    "refund-notice": "notice",
    "request-for-details": "details",
    "say-back": "say-back",
    "shipping-notice": "notice",
    "code": "notice",
    "mass-letter": MASS,
    "review-invitation": "review",
    "meeting": MEETING,
    "meeting-moved": MEETING,
    "meeting-cancelled": MEETING,
    "meeting-reminder": MEETING,
}
_LONGEST_PARTY = 120


def coach_case_of(complaint: Complaint, purpose: str, *, kind: str = "", third_party: str = "") -> Case:
    """What the coach is told of a complaint when a text for ``purpose`` is written in it.

    ``kind`` is another row of ``packs/coach.toml`` than that of the purpose; ``third_party`` is where the
    customer is told to turn, as it stands in the form and not yet on file. Days are those of the duties:
    before there are any, nothing has promised a day.
    """
    stage = kind or KINDS.get(purpose, "other")
    issues = list(complaint.issues.all())
    return Case(
        language=complaint.language,
        stage=stage,
        decision=_decision(purpose, {issue.finding for issue in issues}) if stage == DECISION else None,
        issues=tuple(issue.summary for issue in issues) if stage == DECISION else (),
        remedies=_remedies(complaint),
        letter_dated=(complaint.letter_date or timezone.localdate(complaint.received_at)).isoformat(),
        reference=complaint.reference,
        third_party=_name(third_party or complaint.referred_to),
        customer_name=complaint.speaker.name,
        found=tuple(issue.reasons for issue in issues if issue.reasons.strip()),
        days=_days(complaint),
        told=(
            complaint.title,
            complaint.wish,
            complaint.understood,
            *(issue.summary for issue in issues),
            *_asked_instead(complaint),
        ),
    )


def _asked_instead(complaint: Complaint) -> list[str]:
    """What the customer asked for in the place of an offer: our answer says it back, sums and all."""
    if complaint.stage != Stage.DECIDED:
        return []
    rounds = complaint.offers.filter(answer=OfferAnswer.COUNTERED).values_list("answer_words", "wishes")
    return [said for words, wishes in rounds for said in (words, wishes_in_words(wishes, complaint.language))]


def house_rules(language: str) -> HouseRules:
    """What this house changed, and its words to avoid in one language; one query."""
    row = CoachRules.objects.first()
    return rules_of(row, language) if row else HouseRules()


def rules_of(row: CoachRules, language: str) -> HouseRules:
    """A version of the rules, as the coach takes them."""
    words: list[dict[str, Any]] = row.avoid.get(language, [])
    return HouseRules(
        avoid={one["words"]: one["instead"] for one in words},
        why={one["words"]: one["why"] for one in words if one["why"]},
        kinds=row.levels,
        off=frozenset(row.off),
    )


def read_draft(
    complaint: Complaint,
    purpose: str,
    text: str,
    *,
    reader: str | None = None,
    kind: str = "",
    third_party: str = "",
) -> Coached:
    """What the coach says of a text in this case, to somebody who reads ``reader``."""
    case = coach_case_of(complaint, purpose, kind=kind, third_party=third_party)
    language = complaint.language
    return coach(text, language=language, reader=reader, case=case, house=house_rules(language))


def _decision(purpose: str, findings: set[str]) -> str | None:
    if purpose == Purpose.REFUSAL or findings == {Finding.UNTRUE}:
        return REJECTED
    return UPHELD if findings == {Finding.JUSTIFIED} else IN_PART if findings - {""} else None


def _remedies(complaint: Complaint) -> tuple[PlannedRemedy, ...]:
    if complaint.current_plan_id is None:
        return ()
    plan = Plan.objects.get(pk=complaint.current_plan_id)
    days = dict(Duty.objects.filter(remedy__plan=plan).values_list("remedy_id", "due_at"))
    return tuple(
        PlannedRemedy(
            kind=remedy.kind,
            amount=remedy.amount,
            currency=plan.currency,
            by=timezone.localdate(days[remedy.pk]).isoformat() if remedy.pk in days else None,
            words=remedy.description,
        )
        for remedy in plan.remedies.all()
    )


def _days(complaint: Complaint) -> tuple[str, ...]:
    """By when the house has to have acted, as its running clocks say."""
    due = complaint.clocks.filter(stopped_at__isnull=True).values_list("due_at", flat=True)
    return tuple(sorted({timezone.localdate(at).isoformat() for at in due}))


def _name(third_party: str) -> str:
    """The name by itself, where an address stands below it."""
    return third_party.strip().split("\n", 1)[0].strip(" ,")[:_LONGEST_PARTY]
