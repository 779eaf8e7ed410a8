"""The side exits, and the way back."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from amends.api.auth import Request
from amends.api.finding import act, visible
from amends.api.operations import step
from amends.api.problems import Invalid
from amends.api.schemas.answers import ComplaintFile
from amends.api.schemas.given import FromCustomer, Merger, Referral, Why
from amends.cases import actions
from amends.cases.models import Complaint

TOPIC = gettext_noop("Exits and the way back")


@step(TOPIC, "/complaints/{key}/referral", ComplaintFile, takes="refer")
def referral(request: Request, key: str, given: Referral) -> Complaint:
    """Refer to a third party, and tell the customer how to reach it"""
    return act(request, key, actions.refer, **given.model_dump())


@step(TOPIC, "/complaints/{key}/withdrawal", ComplaintFile, takes="withdraw")
def withdrawal(request: Request, key: str, given: FromCustomer) -> Complaint:
    """The customer takes the complaint back"""
    return act(request, key, actions.withdraw, **given.model_dump())


@step(TOPIC, "/complaints/{key}/merger", ComplaintFile, takes="merge")
def merger(request: Request, key: str, given: Merger) -> Complaint:
    """Merge into another complaint about the same matter"""
    other = visible(request).filter(key=given.into).first()
    if other is None:
        raise Invalid("into", _("There is no complaint with this key that the token may see."))
    return act(request, key, actions.merge, into=other)


@step(TOPIC, "/complaints/{key}/reopening", ComplaintFile, takes="reopen")
def reopening(request: Request, key: str, given: Why) -> Complaint:
    """Reopen: back to the investigation"""
    return act(request, key, actions.reopen, why=given.why)
