"""Inviting who is satisfied to say so in public, some days after, where the house wants that."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef

from amends.cases import actions, coaching
from amends.cases.choices import Channel, Outcome, Purpose
from amends.cases.clocks import each
from amends.cases.facts import invitable
from amends.cases.models import Complaint
from amends.cases.models.complaint import locked
from amends.cases.reviewing import current_places, review_link
from amends.coach.whole.in_return import CODE as PAID
from amends.correspondence.texts import draft_message
from amends.kit.clock import set_to
from amends.rules.capabilities import SYSTEM

LATEST = timedelta(days=14)  # who said it longer ago is not written to out of the blue
AT_ONCE = 200


def invite(at: datetime) -> int:
    """Invite by e-mail each who may be invited, once the house's days are over; how many.

    Nobody who was invited in another case, or has one that is open. A person can still invite the others.
    """
    house = current_places()
    if not house.after_days or not house.places:
        return 0
    due = at - timedelta(days=house.after_days)
    theirs = Complaint.objects.filter(customer=OuterRef("customer"))
    rows = Complaint.objects.filter(outcome=Outcome.SATISFIED, invited_to_review_at__isnull=True)
    rows = rows.filter(closed_at__lte=due, closed_at__gt=due - LATEST, customer__no_invitations=False)
    rows = rows.exclude(Exists(theirs.filter(invited_to_review_at__isnull=False)))
    rows = rows.exclude(Exists(theirs.filter(is_open=True)))
    found = rows.order_by("closed_at", "pk").values_list("pk", flat=True)[:AT_ONCE]
    return each(list(found), lambda pk: _invite(pk, at))


def _invite(pk: int, at: datetime) -> bool:
    with transaction.atomic():
        complaint = locked.one(pk)
        if not (complaint.speaker.email and invitable(complaint) and review_link(complaint)):
            return False
        theirs = Complaint.objects.filter(customer=complaint.customer_id)
        if theirs.filter(invited_to_review_at__isnull=False).exists():
            return False  # in the same round, for another case
        with set_to(at):
            draft = draft_message(Purpose.REVIEW, complaint, channel=Channel.EMAIL)
        if _promises_something(complaint, draft.body):
            return False  # the house's own words: a person has to look at them
        actions.invite_to_review(complaint, by=SYSTEM, at=at, text=draft.body, subject=draft.subject)
        return True


def _promises_something(complaint: Complaint, text: str) -> bool:
    return any(one.code == PAID for one in coaching.read_draft(complaint, Purpose.REVIEW, text).findings)
