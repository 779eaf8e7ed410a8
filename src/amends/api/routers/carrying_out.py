"""What was agreed is carried out and proved, and the customer is asked whether it is good."""

from typing import Any

from django.utils.translation import gettext_noop
from ninja import Query

from amends.api.auth import Request
from amends.api.duties import DutyFilters, duty_page
from amends.api.finding import act, document_given, duty_of
from amends.api.operations import reads, step
from amends.api.problems import OtherwiseOnFile
from amends.api.schemas.answers import ComplaintFile, DutyFile, Listing, Page
from amends.api.schemas.duties import DutyRow, EntrustedFile
from amends.api.schemas.given import Dissatisfaction, Entrusted, FromCustomer, Proof, ToCustomer
from amends.cases import actions
from amends.cases.models import Complaint, Duty
from amends.kit.clock import now
from amends.rules.capabilities import Capability

TOPIC = gettext_noop("Carrying out and following up")


@reads(TOPIC, "/duties", Page[DutyRow], needs=Capability.FULFIL)
def listed_duties(request: Request, filters: Query[DutyFilters]) -> dict[str, Any]:
    """What the departments have to do, the first due first; or what they did"""
    return duty_page(request, filters)


@step(TOPIC, "/complaints/{key}/duties", Listing[DutyFile], takes="draw_up_duties", status=201)
def draw_up_duties(request: Request, key: str) -> dict[str, list[Duty]]:
    """Draw up a duty for each remedy that was agreed"""
    return {"items": act(request, key, actions.draw_up_duties)}


@step(TOPIC, "/complaints/{key}/fulfilment", ComplaintFile, takes="fulfil")
def fulfilment(request: Request, key: str) -> Complaint:
    """Start carrying out"""
    return act(request, key, actions.fulfil)


@step(TOPIC, "/complaints/{key}/duties/{duty}/entrusting", EntrustedFile, takes="entrust")
def entrusting(request: Request, key: str, duty: str, given: Entrusted) -> Duty:
    """Entrust a duty to somebody outside, who gets a link to it"""
    row = duty_of(request, key, duty)
    return actions.entrust(row, by=request.auth.actor, at=now(), **given.model_dump())


@step(TOPIC, "/complaints/{key}/review-invitation", ComplaintFile, takes="invite_to_review")
def review_invitation(request: Request, key: str, given: ToCustomer) -> Complaint:
    """Ask a satisfied customer, once, to say in public that it is good"""
    return act(request, key, actions.invite_to_review, **given.model_dump())


@step(TOPIC, "/complaints/{key}/duties/{duty}/proof", DutyFile, takes="prove")
def proof(request: Request, key: str, duty: str, given: Proof) -> Duty:
    """Report a duty as done, and how that shows: the same again is answered as before"""
    row = duty_of(request, key, duty)
    document = document_given(row.complaint, given.document, "document")
    proof = given.proof.strip() or (document.name if document else "")
    try:
        return actions.prove(row, by=request.auth.actor, at=now(), proof=proof, document=document)
    except actions.Refused as refused:
        on_file = duty_of(request, key, duty)  # read anew: it may have been done in this very moment
        if on_file.done_at is None:
            raise
        if (on_file.proof, on_file.proof_document_id) != (proof, document.pk if document else None):
            told = DutyFile.model_validate(on_file).model_dump(mode="json")
            raise OtherwiseOnFile(refused, told) from refused
        return on_file


@step(TOPIC, "/complaints/{key}/completion", ComplaintFile, takes="complete")
def completion(request: Request, key: str) -> Complaint:
    """Everything is done and proved"""
    return act(request, key, actions.complete)


@step(TOPIC, "/complaints/{key}/follow-up-questions", ComplaintFile, takes="ask_if_good")
def follow_up_questions(request: Request, key: str, given: ToCustomer) -> Complaint:
    """Ask the customer whether it is good"""
    return act(request, key, actions.ask_if_good, **given.model_dump())


@step(TOPIC, "/complaints/{key}/satisfaction", ComplaintFile, takes="confirm")
def satisfaction(request: Request, key: str, given: FromCustomer) -> Complaint:
    """The customer says that it is good"""
    return act(request, key, actions.confirm, **given.model_dump())


@step(TOPIC, "/complaints/{key}/dissatisfaction", ComplaintFile, takes="not_satisfied")
def dissatisfaction(request: Request, key: str, given: Dissatisfaction) -> Complaint:
    """The customer says that it is not good, or only partly"""
    return act(request, key, actions.not_satisfied, **given.model_dump())


@step(TOPIC, "/complaints/{key}/silent-closing", ComplaintFile, takes="close_as_silent")
def silent_closing(request: Request, key: str) -> Complaint:
    """Asked twice and no answer: close as silent"""
    return act(request, key, actions.close_as_silent)
