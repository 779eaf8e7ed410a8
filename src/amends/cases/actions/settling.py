"""Offer, answer, signature; or a refusal with its reasons."""

from collections.abc import Callable
from datetime import datetime
from typing import Literal

from amends.cases.actions.door import Case, staff_id, take
from amends.cases.actions.following import open_follow_up
from amends.cases.actions.outgoing import hear_customer, reaches, tell_customer
from amends.cases.actions.wording import Wording
from amends.cases.choices import Channel, Purpose
from amends.cases.models import Agreement, Complaint, Document, Offer, SigningCode
from amends.cases.models.settlement import OfferAnswer
from amends.cases.settlement_text import settlement_text
from amends.cases.signing import LIFETIME, check_code
from amends.kit.chain import digest
from amends.people.models import Representative
from amends.rules.capabilities import Actor
from amends.rules.deadlines import ClockKind, promised


def offer(
    complaint: Complaint,
    *,
    by: Actor,
    at: datetime,
    text: str,
    notice: str = "",
    subject: str = "",
    expires_at: datetime | None = None,
    channel: str = Channel.EMAIL,
    override: str = "",
) -> Offer:
    """Propose the current plan to the customer: a new round (mission B5).

    ``text`` is what they will sign, beside the remedies; ``notice`` is the message that brings it, by
    default the same text. Raises Refused unless the plan is approved in this version or within the
    handler's own authority.
    """
    reached = reaches(channel, complaint.speaker.email)
    said, words = Wording(complaint, Purpose.OFFER, notice or text, by, override), bool(text.strip())
    said.signed = text if notice else ""
    with take("offer", complaint, by=by, at=at, words=words, customer_reached=reached, **said.given) as case:
        said.put_down(case)
        plan_id = case.facts.plan_id
        assert plan_id is not None  # the guard has_plan
        until = expires_at or promised(ClockKind.OFFER, at)
        made = Offer.objects.create(
            complaint=case.complaint,
            plan_id=plan_id,
            round=case.complaint.offers.count() + 1,
            text=text,
            made_by_id=staff_id(by),
            made_at=at,
            expires_at=until,
        )
        case.due(ClockKind.OFFER, until, f"offer:{made.round}")
        tell_customer(case, purpose=Purpose.OFFER, subject=subject, body=notice or text, channel=channel)
        case.say(offer=made.pk, round=made.round, plan=made.plan_id, offer_sha256=digest(text))
    return made


def request_code(offer: Offer, *, by: Actor, at: datetime) -> SigningCode:
    """A one-time code goes to the signer's own address (a job of the event sends it)."""
    signer = offer.complaint.speaker
    with take(
        "request_code",
        offer.complaint,
        by=by,
        at=at,
        this_plan=offer.plan_id,
        still_open=_unanswered(offer),
        signatory_may_sign=_may_sign(offer),
    ) as case:
        row = SigningCode.objects.create(offer=offer, sent_to=signer.email, expires_at=at + LIFETIME)
        case.say(offer=offer.pk, code=row.pk)
    return row


def agree(
    offer: Offer,
    *,
    by: Actor,
    at: datetime,
    signed_name: str,
    code: str = "",
    scan: Document | None = None,
) -> Agreement:
    """The customer signs: name typed and the one-time code, or on paper with the scan on file.

    Raises Refused (not_signed) when the code is wrong or old; a wrong try stays counted.
    """
    row = check_code(offer, code, at) if code else None
    means: Literal["", "code", "paper"] = "code" if row else "paper" if scan else ""
    with take(
        "agree",
        offer.complaint,
        by=by,
        at=at,
        this_plan=offer.plan_id,
        still_open=_unanswered(offer),
        signature=means if signed_name.strip() else "",
        signatory_may_sign=_may_sign(offer),
    ) as case:
        text = settlement_text(offer, case.complaint.language)
        _answer(offer, OfferAnswer.ACCEPTED, at)
        if row:
            row.used_at = at
            row.save(update_fields=("used_at",))
        agreement = Agreement.objects.create(
            complaint=case.complaint,
            offer=offer,
            text=text,
            text_sha256=digest(text),
            language=case.complaint.language,
            signed_name=signed_name.strip(),
            signed_as="representative" if case.complaint.representative_id else "customer",
            signed_at=at,
            means=means,
            sent_to=row.sent_to if row else "",
            scan=scan,
        )
        case.say(offer=offer.pk, agreement=agreement.pk, text_sha256=agreement.text_sha256, means=means)
    return agreement


def _unanswered(offer: Offer) -> Callable[[], bool]:
    """Whether this round is the one on the table; asked under the complaint's lock."""
    return Offer.objects.filter(pk=offer.pk, answer=OfferAnswer.OPEN).exists


def _may_sign(offer: Offer) -> bool:
    speaker = offer.complaint.speaker
    return speaker.may_sign if isinstance(speaker, Representative) else True


def counter(offer: Offer, *, by: Actor, at: datetime, words: str, channel: str = Channel.PORTAL) -> Complaint:
    """The customer asks for something else, in their own words (mission E14)."""
    with take(
        "counter",
        offer.complaint,
        by=by,
        at=at,
        this_plan=offer.plan_id,
        still_open=_unanswered(offer),
        words=bool(words.strip()),
    ) as case:
        _close_round(case, offer, OfferAnswer.COUNTERED, words, channel)
    return case.complaint


def decline(
    offer: Offer, *, by: Actor, at: datetime, words: str = "", channel: str = Channel.PORTAL
) -> Complaint:
    """The customer says no."""
    with take(
        "decline", offer.complaint, by=by, at=at, this_plan=offer.plan_id, still_open=_unanswered(offer)
    ) as case:
        _close_round(case, offer, OfferAnswer.DECLINED, words, channel)
    return case.complaint


def lapse(offer: Offer, *, by: Actor, at: datetime) -> Complaint:
    """The offer ran out unanswered. Silence is never consent: back to the handler."""
    with take("lapse", offer.complaint, by=by, at=at, still_open=_unanswered(offer)) as case:
        _answer(offer, OfferAnswer.LAPSED, at)
        case.say(offer=offer.pk, round=offer.round)
    return case.complaint


def _close_round(case: Case, offer: Offer, answer: str, words: str, channel: str) -> None:
    offer.answer_words = words
    _answer(offer, answer, case.at)
    if words.strip():
        hear_customer(case, words, channel=channel)
    case.say(offer=offer.pk, round=offer.round)


def _answer(offer: Offer, answer: str, at: datetime) -> None:
    offer.answer, offer.answered_at = answer, at
    offer.save(update_fields=("answer", "answered_at", "answer_words"))


def refuse(
    complaint: Complaint,
    *,
    by: Actor,
    at: datetime,
    text: str,
    where_to_turn: str,
    subject: str = "",
    channel: str = Channel.EMAIL,
    override: str = "",
) -> Complaint:
    """A regretful, clear no, with its reasons and where the customer can turn (mission A6, A8)."""
    body = text if where_to_turn.strip() in text else f"{text.rstrip()}\n\n{where_to_turn.strip()}"
    said = Wording(complaint, Purpose.REFUSAL, body if text.strip() else "", by, override)
    said.third_party = where_to_turn
    with take(
        "refuse",
        complaint,
        by=by,
        at=at,
        words=bool(text.strip()),
        third_party=bool(where_to_turn.strip()),
        customer_reached=reaches(channel, complaint.speaker.email),
        **said.given,
    ) as case:
        said.put_down(case)
        case.complaint.referred_to = where_to_turn
        tell_customer(case, purpose=Purpose.REFUSAL, subject=subject, body=body, channel=channel)
        open_follow_up(case)
    return case.complaint
