"""What we hold about a customer and their complaint, as they may take it with them."""

from typing import Any

from amends.cases.choices import DETAILS, Channel
from amends.cases.models import Complaint
from amends.people.models import Customer
from amends.portal.reading import documents_of, messages_of
from amends.portal.standing import STOPS, shown_stage
from amends.portal.visit import Visit


def own_data(visit: Visit) -> dict[str, Any]:
    """What the customer told us, what we told them, what was agreed. Times in UTC, ISO 8601."""
    complaint = visit.complaint
    return {
        "reference": complaint.reference,
        "received_at": complaint.received_at.isoformat(),
        "stage": str(STOPS[shown_stage(complaint)]),
        "closed_at": complaint.closed_at and complaint.closed_at.isoformat(),
        "outcome": complaint.outcome or None,
        "language": complaint.language,
        "person": _person(complaint),
        "story": complaint.story,
        "wish": complaint.wish,
        "anything_else": complaint.anything_else,
        "details": [
            {name: getattr(issue, name) for name in DETAILS if getattr(issue, name)}
            for issue in complaint.issues.only(*DETAILS)
        ],
        "understood": complaint.understood,
        "problem_confirmed_at": complaint.problem_confirmed_at and complaint.problem_confirmed_at.isoformat(),
        "correction": complaint.correction,
        "messages": [
            {
                "at": message.at.isoformat(),
                "from": "you" if message.incoming else "us",
                "channel": message.channel,
                "subject": message.subject,
                "text": message.body,
            }
            for message in messages_of(visit)
        ],
        "documents": [
            {
                "name": document.name,
                "at": document.at.isoformat(),
                "from": "you" if document.from_customer else "us",
                "bytes": document.size,
                "sha256": document.sha256,
            }
            for document in documents_of(visit)
        ],
        "talks": [
            {
                "starts_at": talk.starts_at.isoformat(),
                "ends_at": talk.ends_at.isoformat(),
                "kind": talk.kind,
                "place": talk.place,
                "about": talk.about,
                "cancelled_at": talk.cancelled_at and talk.cancelled_at.isoformat(),
            }
            for talk in complaint.meetings.all()
        ],
        **_settlement(complaint),
    }


def _person(complaint: Complaint) -> dict[str, Any]:
    """Who they are to us.

    Anybody can write a known customer's name and e-mail into the public form, and gets that complaint's link
    at once. So such a link tells nothing of a person that the form did not say.
    """
    speaker = complaint.speaker
    told = {"name": speaker.name, "email": speaker.email}
    if not isinstance(speaker, Customer):
        return told | {"phone": speaker.phone, "speaks_for": complaint.customer.name}
    if complaint.channel == Channel.FORM:
        return told
    return told | {
        "phone": speaker.phone,
        "address": speaker.address,
        "country": speaker.country,
        "customer_number": speaker.number,
        "needs": speaker.needs,
    }


def _settlement(complaint: Complaint) -> dict[str, Any]:
    return {
        "offers": [
            {
                "round": offer.round,
                "made_at": offer.made_at.isoformat(),
                "stands_until": offer.expires_at.isoformat(),
                "text": offer.text,
                "answer": offer.answer,
                "your_words": offer.answer_words,
            }
            for offer in complaint.offers.all()
        ],
        "agreements": [
            {
                "signed_at": agreement.signed_at.isoformat(),
                "signed_name": agreement.signed_name,
                "text": agreement.text,
                "sha256": agreement.text_sha256,
            }
            for agreement in complaint.agreements.order_by("pk")
        ],
        "duties": [
            {
                "what": duty.remedy.description,
                "due_at": duty.due_at.isoformat(),
                "done_at": duty.done_at and duty.done_at.isoformat(),
            }
            for duty in complaint.duties.select_related("remedy")
        ],
        "follow_ups": [
            {
                "asked_at": asked.asked_at.isoformat(),
                "answer": asked.answer or None,
                "your_words": asked.words,
            }
            for asked in complaint.follow_ups.all()
        ],
    }
