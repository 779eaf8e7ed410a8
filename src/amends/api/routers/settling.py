"""Offer, answer, signature; or a refusal with its reasons."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop
from ninja import Path

from amends.api.auth import Request
from amends.api.finding import act, document_given, offer_of
from amends.api.operations import step
from amends.api.problems import Invalid
from amends.api.schemas.answers import AgreementFile, CodeSent, ComplaintFile, OfferFile
from amends.api.schemas.given import (
    CounterGiven,
    FromCustomer,
    OfferGiven,
    PaperGiven,
    Refusal,
    Signature,
    Why,
    Wish,
)
from amends.api.schemas.values import Number
from amends.cases import actions
from amends.cases.models import Agreement, Complaint, Offer, SignedPaper, SigningCode
from amends.cases.signing import check_code
from amends.cases.wishes import wish
from amends.kit.clock import now

TOPIC = gettext_noop("Settling")


@step(TOPIC, "/complaints/{key}/offers", OfferFile, takes="offer", status=201)
def make_offer(request: Request, key: str, given: OfferGiven) -> Offer:
    """Offer the current plan to the customer: a new round"""
    return act(request, key, actions.offer, **given.model_dump())


@step(TOPIC, "/complaints/{key}/offers/{round}/counter", ComplaintFile, takes="counter")
def counter(request: Request, key: str, round: Path[Number], given: CounterGiven) -> Complaint:
    """The customer asks for something else"""
    wishes = [_wish(number, one) for number, one in enumerate(given.wishes)]
    answer = given.model_dump(exclude={"wishes"}) | {"wishes": [wish for wish in wishes if wish]}
    return _answer(request, key, round, actions.counter, **answer)


def _wish(number: int, given: Wish) -> dict[str, str]:
    if (given.amount is None) != (not given.currency):
        raise Invalid(f"wishes/{number}", _("A sum needs its currency, and a currency its sum."))
    return wish(given.kind, given.amount, given.currency)


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
    """The customer signs with the one-time code, or the signed paper was checked"""
    offer = offer_of(request, key, round)
    if given.paper:
        paper = SignedPaper.objects.filter(offer=offer, accepted__isnull=True).first()
        if paper is None:
            raise Invalid("paper", _("There is no signed paper to check."))
        return actions.agree_on_paper(paper, by=request.auth.actor, at=now())
    return actions.agree(
        offer,
        by=request.auth.actor,
        at=now(),
        signed_name=given.signed_name,
        code=given.code,
        shown_sha256=given.shown_sha256,
    )


@step(TOPIC, "/complaints/{key}/offers/{round}/paper", OfferFile, takes="bring_paper", status=201)
def paper(request: Request, key: str, round: Path[Number], given: PaperGiven) -> Offer:
    """A settlement signed on paper has come; somebody else checks it"""
    offer = offer_of(request, key, round)
    scan = document_given(offer.complaint, given.scan, "scan")
    if scan is None:
        raise Invalid("scan", _("Attach the scan of the signed paper first, and give its key."))
    actions.bring_paper(
        offer,
        by=request.auth.actor,
        at=now(),
        signed_name=given.signed_name,
        scan=scan,
        signed_on=given.signed_on,
    )
    return offer


@step(TOPIC, "/complaints/{key}/offers/{round}/paper-rejection", ComplaintFile, takes="reject_paper")
def paper_rejection(request: Request, key: str, round: Path[Number], given: Why) -> Complaint:
    """The signed paper will not do"""
    offer = offer_of(request, key, round)
    found = SignedPaper.objects.filter(offer=offer, accepted__isnull=True).first()
    if found is None:
        raise Invalid("round", _("There is no signed paper to check."))
    return actions.reject_paper(found, by=request.auth.actor, at=now(), why=given.why)


@step(TOPIC, "/complaints/{key}/agreement-withdrawal", ComplaintFile, takes="withdraw_from_agreement")
def agreement_withdrawal(request: Request, key: str, given: FromCustomer) -> Complaint:
    """The customer withdraws from the agreement, where the law lets them"""
    return act(request, key, actions.withdraw_from_agreement, **given.model_dump())


@step(TOPIC, "/complaints/{key}/refusal", ComplaintFile, takes="refuse")
def refusal(request: Request, key: str, given: Refusal) -> Complaint:
    """A clear no, with its reasons and where the customer can turn"""
    return act(request, key, actions.refuse, **given.model_dump())


def _answer[R](request: Request, key: str, round_: int, action: Callable[..., R], **given: Any) -> R:
    return action(offer_of(request, key, round_), by=request.auth.actor, at=now(), **given)
