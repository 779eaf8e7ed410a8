"""Taking a complaint in."""

from django.db import transaction
from django.utils.translation import gettext_noop

from amends.api.auth import Request
from amends.api.customers import customer_for, representative_for
from amends.api.finding import act, all_staff_named
from amends.api.operations import step
from amends.api.schemas.answers import ComplaintFile
from amends.api.schemas.given import FromCustomer, Registration, Resolution, Sorting
from amends.cases import actions
from amends.cases.models import Complaint
from amends.kit.clock import now

TOPIC = gettext_noop("Taking in")


@step(TOPIC, "/complaints", ComplaintFile, takes="register", status=201)
def register(request: Request, given: Registration) -> Complaint:
    """Register a complaint and sign for it"""
    apart = {"customer", "representative", "complained_about", "details", "signed_by", "language"}
    about = all_staff_named(given.complained_about, "complained_about")
    with transaction.atomic():  # a refused complaint leaves no customer behind
        customer = customer_for(given.customer)
        return actions.register(
            by=request.auth.actor,
            at=now(),
            customer=customer,
            representative=representative_for(given.representative, customer),
            complained_about=about,
            details=given.details.model_dump() if given.details else None,
            signed_by=request.auth.staff.name if given.signed_by is None else given.signed_by,
            language=given.language or "",
            **given.model_dump(exclude=apart),
        )


@step(TOPIC, "/complaints/{key}/resolution", ComplaintFile, takes="resolve_at_once")
def resolution(request: Request, key: str, given: Resolution) -> Complaint:
    """Solved in this contact: what was done"""
    return act(request, key, actions.resolve_at_once, **given.model_dump())


@step(TOPIC, "/complaints/{key}/sorting", ComplaintFile, takes="sort")
def sorting(request: Request, key: str, given: Sorting) -> Complaint:
    """Say what the complaint is about and how grave it is"""
    return act(request, key, actions.sort, **given.model_dump())


@step(TOPIC, "/complaints/{key}/incoming-messages", ComplaintFile, takes="hear")
def incoming_messages(request: Request, key: str, given: FromCustomer) -> Complaint:
    """The customer wrote or said something more"""
    return act(request, key, actions.hear, **given.model_dump())
