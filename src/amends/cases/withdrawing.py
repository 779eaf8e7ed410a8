"""The right to take a signature back, where a rule of law or of the house gives one.

What an offer's text says about it is kept with the offer: who signs it has that right, also if the rule is
changed before they sign.
"""

from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils import timezone

from amends.cases.models import Agreement, Complaint, Offer
from amends.cases.models.settlement import AgreementEnd
from amends.cases.reckoning import Reckoning
from amends.rules.due import Due, last_moment
from amends.rules.statutes import PRACTICE, WITHDRAWAL, Trigger, Unit


def right_to_withdraw(complaint: Complaint, at: datetime) -> dict[str, str | int]:
    """The longest time that the rules give to who signs at ``at``: its rule, length, unit; else nothing."""
    found = _given(Reckoning(complaint), at)
    if not found:
        return {}
    rule = max(found, key=lambda one: one.at).rule
    return {"rule": rule.id, "length": rule.length, "unit": rule.unit.value}


def standing_agreements(complaint: Complaint) -> QuerySet[Agreement]:
    """What the customer could still withdraw from: agreements in force or carried out, the newest last."""
    standing = Q(ended_at__isnull=True) | Q(ended_how=AgreementEnd.FULFILLED)
    return Agreement.objects.filter(standing, complaint=complaint).order_by("pk")


def withdraw_until(offer: Offer, signed_at: datetime) -> datetime | None:
    """Until when the customer may withdraw: by what the offer says or the rules now, whichever is longer."""
    reckoning = Reckoning(offer.complaint)
    moments = [one.at for one in _given(reckoning, signed_at)]
    if said := offer.withdrawal:
        unit, zone = Unit(said["unit"]), timezone.get_default_timezone()
        moments.append(last_moment(signed_at, said["length"], unit, zone=zone, days=reckoning.working_days))
    return max(moments, default=None)


def _given(reckoning: Reckoning, at: datetime) -> list[Due]:
    """Practice that binds nobody gives no right."""
    found = reckoning.by_law({Trigger.AGREED: at})
    return [one for one in found if one.rule.clock == WITHDRAWAL and one.rule.jurisdiction != PRACTICE]
