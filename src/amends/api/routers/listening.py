"""Words to the customer, the problem said back, notes and who is told what."""

from django.utils.translation import gettext_noop

from amends.api.auth import Request
from amends.api.finding import act, complaint_of, document_given, message_of
from amends.api.operations import step
from amends.api.schemas.answers import ComplaintFile
from amends.api.schemas.given import (
    AuthorityGiven,
    Contact,
    Dispatch,
    FromCustomer,
    MessageGiven,
    NoteGiven,
    Returned,
    ToCustomer,
    Understanding,
)
from amends.cases import actions
from amends.cases.models import Complaint
from amends.kit.clock import now

TOPIC = gettext_noop("Listening and writing")


@step(TOPIC, "/complaints/{key}/acknowledgement", ComplaintFile, takes="acknowledge")
def acknowledgement(request: Request, key: str, given: ToCustomer) -> Complaint:
    """Acknowledge: we know, we look into it, this happens next"""
    return act(request, key, actions.acknowledge, **given.model_dump())


@step(TOPIC, "/complaints/{key}/understanding", ComplaintFile, takes="say_back")
def understanding(request: Request, key: str, given: Understanding) -> Complaint:
    """Say the problem back, for the customer to confirm or correct"""
    return act(request, key, actions.say_back, **given.model_dump())


@step(TOPIC, "/complaints/{key}/problem-confirmation", ComplaintFile, takes="confirm_problem")
def problem_confirmation(request: Request, key: str) -> Complaint:
    """The customer says: yes, that is my problem"""
    return act(request, key, actions.confirm_problem)


@step(TOPIC, "/complaints/{key}/problem-correction", ComplaintFile, takes="correct_problem")
def problem_correction(request: Request, key: str, given: FromCustomer) -> Complaint:
    """The customer says: not quite"""
    return act(request, key, actions.correct_problem, **given.model_dump())


@step(TOPIC, "/complaints/{key}/messages", ComplaintFile, takes="write")
def write_message(request: Request, key: str, given: MessageGiven) -> Complaint:
    """Write to the customer"""
    return act(request, key, actions.write, **given.model_dump())


@step(TOPIC, "/complaints/{key}/messages/{message}/resending", ComplaintFile, takes="resend")
def resending(request: Request, key: str, message: str) -> Complaint:
    """Send a message again that could not be delivered"""
    return actions.resend(message_of(request, key, message), by=request.auth.actor, at=now())


@step(TOPIC, "/complaints/{key}/messages/{message}/arrival", ComplaintFile, takes="take_as_sent")
def arrival(request: Request, key: str, message: str) -> Complaint:
    """A message that may have been sent did arrive"""
    return actions.take_as_sent(message_of(request, key, message), by=request.auth.actor, at=now())


@step(TOPIC, "/complaints/{key}/messages/{message}/dispatch", ComplaintFile, takes="dispatch")
def dispatch(request: Request, key: str, message: str, given: Dispatch) -> Complaint:
    """The letter is in the post"""
    row = message_of(request, key, message)
    return actions.dispatch(row, by=request.auth.actor, at=now(), **given.model_dump())


@step(TOPIC, "/complaints/{key}/messages/{message}/return", ComplaintFile, takes="report_return")
def letter_return(request: Request, key: str, message: str, given: Returned) -> Complaint:
    """The post brought the letter back"""
    row = message_of(request, key, message)
    return actions.report_return(row, by=request.auth.actor, at=now(), **given.model_dump())


@step(TOPIC, "/complaints/{key}/invitations-stop", ComplaintFile, takes="stop_invitations")
def invitations_stop(request: Request, key: str) -> Complaint:
    """The customer wants no invitations to reviews and the like"""
    return act(request, key, actions.stop_invitations)


@step(TOPIC, "/complaints/{key}/contact", ComplaintFile, takes="correct_contact")
def contact(request: Request, key: str, given: Contact) -> Complaint:
    """Correct how the customer is named and reached; what is left out goes"""
    return act(request, key, actions.correct_contact, **given.model_dump())


@step(TOPIC, "/complaints/{key}/authority", ComplaintFile, takes="authorise")
def authority(request: Request, key: str, given: AuthorityGiven) -> Complaint:
    """Say whether the representative may sign, with the document that is their written authority"""
    document = document_given(complaint_of(request, key), given.document, "document")
    return act(request, key, actions.authorise, may_sign=given.may_sign, document=document)


@step(TOPIC, "/complaints/{key}/link", ComplaintFile, takes="renew_link")
def link(request: Request, key: str) -> Complaint:
    """End the customer’s link and begin a new one"""
    return act(request, key, actions.renew_link)


@step(TOPIC, "/complaints/{key}/notes", ComplaintFile, takes="note")
def notes(request: Request, key: str, given: NoteGiven) -> Complaint:
    """Write a note that the customer never sees"""
    return act(request, key, actions.note, **given.model_dump())
