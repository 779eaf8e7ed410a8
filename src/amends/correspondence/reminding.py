"""Reminding of an offer that nobody answered, once, before it ends. Silence stays no consent."""

from datetime import datetime

from django.db.models import Exists, OuterRef, Q

from amends.cases import actions
from amends.cases.choices import Channel, Purpose
from amends.cases.clocks import each, first_of
from amends.cases.models import Complaint, Offer, SignedPaper
from amends.cases.models.settlement import OfferAnswer
from amends.correspondence.texts import draft_message
from amends.kit.clock import set_to
from amends.rules.capabilities import SYSTEM

# Where there is neither, nobody can be reminded: the handler sees the offer's day on Today, and calls.
BY_MAIL = Q(complaint__representative__isnull=True, complaint__customer__email__gt="") | Q(
    complaint__representative__email__gt=""
)
BY_LETTER = Q(complaint__customer__address__gt="")


def remind_of_offers(at: datetime) -> int:
    """Remind of each offer whose time for it has come at ``at``; how many.

    Any number of workers may do this at once; whoever comes second finds nothing left to do. Where a signed
    paper lies to be checked, the customer has answered.
    """
    rows = Offer.objects.filter(
        answer=OfferAnswer.OPEN,
        reminded_at__isnull=True,
        remind_at__isnull=False,
        remind_at__lte=at,
        expires_at__gt=at,
    )
    unchecked = SignedPaper.objects.filter(offer=OuterRef("pk"), accepted__isnull=True)
    rows = rows.filter(BY_MAIL | BY_LETTER).exclude(Exists(unchecked))
    rows = rows.select_related("complaint__customer", "complaint__representative")
    return each(first_of(rows.order_by("remind_at", "pk")), lambda offer: _remind(offer, at))


def _remind(offer: Offer, at: datetime) -> Complaint:
    complaint = offer.complaint
    channel = Channel.EMAIL if complaint.speaker.email else Channel.LETTER
    with set_to(at):
        draft = draft_message(Purpose.REMINDER, complaint, channel=channel)
    return actions.remind_of_offer(
        offer, by=SYSTEM, at=at, text=draft.body, subject=draft.subject, channel=channel
    )
