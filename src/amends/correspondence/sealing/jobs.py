"""Sealing what was signed: the job after the signature, and what was left over (``project/schedule.py``)."""

from __future__ import annotations  # Django's own classes are generic to the type checker only

import logging
from datetime import datetime, timedelta

import typst
from django.db.models import F, QuerySet
from django.tasks import TaskContext, task
from django.utils.translation import gettext as _

from amends.cases import actions
from amends.cases.models import Agreement, Event
from amends.kit.clock import now
from amends.rules.capabilities import SYSTEM

logger = logging.getLogger(__name__)
SAID_AFTER = 3  # attempts: a minute has passed, and it is no passing trouble
A_TIME = 25  # how many of those left over are sealed in one go: each takes a third of a second
LEFT_ALONE = timedelta(minutes=30)  # the job itself is at it


@task(takes_context=True)
def seal_agreement(context: TaskContext[..., None], event_id: int) -> None:
    """After the signature: the sealed PDF lies on the case. Tried again as long as it cannot be sealed.

    It is made outside the complaint's lock, since that takes longer than anybody else should wait.
    """
    event = Event.objects.get(pk=event_id)
    agreement = _waiting().filter(pk=event.data["agreement"]).first()
    if agreement is None:
        return  # somebody was first
    # Here, and not above: the libraries of the seal take a while to load, and few processes seal.
    from amends.correspondence.sealing.certificate import NoSeal

    try:
        _seal(agreement, max(now(), event.at))
    except (NoSeal, typst.TypstError) as why:
        if context.attempt == SAID_AFTER:
            sentence = _("The agreement could not be sealed yet, and the customer waits for it: %(why)s")
            at = max(now(), event.at)
            actions.note(agreement.complaint, by=SYSTEM, at=at, text=sentence % {"why": why})
        raise


def seal_left_over(at: datetime) -> int:
    """Seal the agreements that no job will seal any more; how many. No seal for one is none for the rest."""
    from amends.correspondence.sealing.certificate import NoSeal

    sealed = 0
    in_force_first = F("ended_at").desc(nulls_first=True)
    left = _waiting().filter(signed_at__lt=at - LEFT_ALONE).order_by(in_force_first, "pk")
    for agreement in left[:A_TIME]:
        try:
            _seal(agreement, at)
            sealed += 1
        except NoSeal as why:
            logger.error("%s: not sealed: %s", agreement.complaint.reference, why)
            break
        except typst.TypstError as why:
            logger.error("%s: not set: %s", agreement.complaint.reference, why)
    return sealed


def _waiting() -> QuerySet[Agreement]:
    rows = Agreement.objects.filter(pdf__isnull=True)
    return rows.select_related(
        "complaint__customer", "offer__plan", "offer__made_by", "scan", "authority", "checked_by"
    )


def _seal(agreement: Agreement, at: datetime) -> None:
    from amends.correspondence.sealing.of_case import sealed_document

    try:
        actions.seal(agreement, by=SYSTEM, at=at, document=sealed_document(agreement, at))
    except actions.Refused:
        logger.info("%s: another worker sealed it first", agreement.complaint.reference)
