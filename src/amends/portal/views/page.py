"""The customer's page: where it stands, what happens next, and everything they can do about it."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from amends.cases.choices import Outcome
from amends.cases.models import Offer
from amends.people.masking import masked
from amends.portal.dates import day
from amends.portal.promises import promises_of
from amends.portal.reading import AT_A_GLANCE, Reading, conversation, read
from amends.portal.reasons import sentences
from amends.portal.standing import ENDINGS, sentence, way
from amends.portal.steps import shown
from amends.portal.views import conversation as talk
from amends.portal.views import following, offer, problem, signing
from amends.portal.visit import Visit, opened


def _page(visit: Visit) -> HttpResponse:
    seen, complaint = read(visit), visit.complaint
    ended = complaint.closed_at and ENDINGS.get(complaint.outcome)
    context = {
        "visit": visit,
        "complaint": complaint,
        "seen": seen,
        "process": way(complaint, agreed=seen.agreed and not seen.refused, refused=seen.refused),
        "sentence": sentence(complaint, refused=seen.refused),
        "promises": promises_of(seen.clocks, visit.at),
        "ending": str(ended) % {"day": day(complaint.closed_at)} if ended and complaint.closed_at else "",
        "conversation": conversation(visit, seen.messages[-AT_A_GLANCE:], seen.documents),
        "earlier": max(0, len(seen.messages) - AT_A_GLANCE),
        "loose_files": [document for document in seen.documents if document.message_id is None],
        "hindered": sentences(seen.may.reasons["agree"]) if seen.offer else [],
        "masked_email": masked(complaint.speaker.email),
        "message": talk.MESSAGE.blank(),
        "asked": _asked(visit, seen),
        "forms": _forms(visit, seen.offer),
    }
    return render(visit.request, "portal/page.html", context)


def _asked(visit: Visit, seen: Reading) -> bool:
    """Whether the page asks the customer something: its button comes first then, and writing second."""
    complaint = visit.complaint
    confirming = complaint.problem_confirmed_at is None and "confirm_problem" in seen.may
    return bool(seen.offer) or "confirm" in seen.may or (bool(complaint.understood) and confirming)


def _forms(visit: Visit, on_table: Offer | None) -> dict[str, object]:
    """The empty forms that stand on the page at this stage."""
    complaint = visit.complaint
    if on_table is not None:
        pages = {
            "code": signing.CODE,
            "signature": signing.SIGNATURE,
            "counter": offer.COUNTER,
            "decline": offer.DECLINE,
        }
        return {name: page.blank(**shown(on_table)) for name, page in pages.items()}
    if complaint.stage == "following_up" or complaint.outcome == Outcome.SILENT:
        return {"yes": following.SATISFACTION.blank(), "no": following.DISSATISFACTION.blank()}
    if complaint.understood:
        return {"right": problem.CONFIRMATION.blank(), "not_quite": problem.CORRECTION.blank()}
    return {}


page = require_safe(opened(_page))
