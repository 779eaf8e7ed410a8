"""Offer, answer, signature; or a refusal with its reasons."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext_noop
from ninja import Path

from amends.api.auth import Request
from amends.api.finding import act, document_given, offer_of
from amends.api.operations import step
from amends.api.schemas.answers import AgreementFile, CodeSent, ComplaintFile, OfferFile
from amends.api.schemas.given import FromCustomer, OfferGiven, Refusal, Signature
from amends.api.schemas.values import Number
from amends.cases import actions
from amends.cases.models import Agreement, Complaint, Offer, SigningCode
from amends.cases.signing import check_code
from amends.kit.clock import now

TOPIC = gettext_noop("Settling")


@step(TOPIC, "/complaints/{key}/offers", OfferFile, takes="offer", status=201)
def make_offer(request: Request, key: str, given: OfferGiven) -> Offer:
    """Offer the current plan to the customer: a new round"""
    return act(request, key, actions.offer, **given.model_dump())


@step(TOPIC, "/complaints/{key}/offers/{round}/counter", ComplaintFile, takes="counter")
def counter(request: Request, key: str, round: Path[Number], given: FromCustomer) -> Complaint:
    """The customer asks for something else"""
    return _answer(request, key, round, actions.counter, **given.model_dump())


@step(TOPIC, "/complaints/{key}/offers/{round}/decline", ComplaintFile, takes="decline")
def decline(request: Request, key: str, round: Path[Number], given: FromCustomer) -> Complaint:
    """The customer says no to the offer"""
    return _answer(request, key, round, actions.decline, **given.model_dump())


@step(TOPIC, "/complaints/{key}/offers/{round}/signing-code", CodeSent, takes="request_code", status=201)
def signing_code(request: Request, key: str, round: Path[Number]) -> SigningCode:
    """Send a one-time code to the signer’s own address"""
    return _answer(request, key, round, actions.request_code)


def _count_wrong_code(request: Request, key: str, round: int, given: Signature) -> None:
    """A wrong try stays counted: what is refused under an Idempotency-Key would undo the count with it."""
    if given.code and check_code(offer_of(request, key, round), given.code, now()) is None:
        given.code = ""  # the step refuses it as not signed, and does not count it twice


@step(
    TOPIC,
    "/complaints/{key}/offers/{round}/signature",
    AgreementFile,
    takes="agree",
    status=201,
    first=_count_wrong_code,
)
def signature(request: Request, key: str, round: Path[Number], given: Signature) -> Agreement:
    """The customer signs: with the one-time code, or on paper with the scan on file"""
    offer = offer_of(request, key, round)
    scan = document_given(offer.complaint, given.scan, "scan")
    return actions.agree(
        offer, by=request.auth.actor, at=now(), signed_name=given.signed_name, code=given.code, scan=scan
    )


@step(TOPIC, "/complaints/{key}/refusal", ComplaintFile, takes="refuse")
def refusal(request: Request, key: str, given: Refusal) -> Complaint:
    """A clear no, with its reasons and where the customer can turn"""
    return act(request, key, actions.refuse, **given.model_dump())


def _answer[R](request: Request, key: str, round_: int, action: Callable[..., R], **given: Any) -> R:
    return action(offer_of(request, key, round_), by=request.auth.actor, at=now(), **given)
