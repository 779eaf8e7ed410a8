"""What happens outside the house: a body that has the complaint, goods on their way back."""

from typing import Any

from django.utils.translation import gettext_noop

from amends.api.auth import Request
from amends.api.finding import act, complaint_of, proceeding_of
from amends.api.operations import reads, step
from amends.api.schemas.answers import ComplaintFile, Listing
from amends.api.schemas.outside import GoodsBackGiven, OutcomeGiven, ProceedingFile, ProceedingGiven
from amends.cases import actions
from amends.cases.models import Complaint, Proceeding
from amends.kit.clock import now

TOPIC = gettext_noop("Outside the house")


@reads(TOPIC, "/complaints/{key}/bodies-outside", Listing[ProceedingFile])
def bodies_outside(request: Request, key: str) -> dict[str, Any]:
    """The bodies outside that have or had the complaint"""
    return {"items": complaint_of(request, key).proceedings.all()}


@step(TOPIC, "/complaints/{key}/bodies-outside", ProceedingFile, takes="go_outside", status=201)
def body_outside(request: Request, key: str, given: ProceedingGiven) -> Proceeding:
    """Note that a body outside has the complaint; its clock starts"""
    return act(request, key, actions.go_outside, **given.model_dump())


@step(TOPIC, "/complaints/{key}/bodies-outside/{proceeding}/outcome", ProceedingFile, takes="end_outside")
def outcome(request: Request, key: str, proceeding: str, given: OutcomeGiven) -> Proceeding:
    """Note what we answered the body outside, or what it decided"""
    row = proceeding_of(request, key, proceeding)
    return actions.end_outside(row, by=request.auth.actor, at=now(), outcome=given.outcome)


@step(TOPIC, "/complaints/{key}/goods-returned", ComplaintFile, takes="goods_back")
def goods_returned(request: Request, key: str, given: GoodsBackGiven) -> Complaint:
    """Note that what the customer sent back has come"""
    return act(request, key, actions.goods_back, since=given.since)
