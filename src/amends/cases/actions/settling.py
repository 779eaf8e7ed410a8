"""The rounds of the negotiation: offer and answer; or a refusal with its reasons."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from amends.cases.actions.door import Case, staff_id, take
from amends.cases.actions.following import open_follow_up
from amends.cases.actions.outgoing import hear_customer, reaches, tell_customer
from amends.cases.actions.table import answer, of_round, put_papers_aside, still_open
from amends.cases.actions.wording import Wording
from amends.cases.choices import Channel, Purpose
from amends.cases.models import Complaint, Offer, SignedPaper
from amends.cases.models.settlement import OfferAnswer
from amends.cases.reckoning import office
from amends.cases.settlement_text import settlement_text
from amends.cases.wishes import wishes_in_words
from amends.cases.withdrawing import right_to_withdraw
from amends.kit.chain import digest
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
            withdrawal=right_to_withdraw(case.complaint, at),
            remind_at=_remind_at(at, until),
        )
        made.settlement = settlement_text(made, case.complaint.language)
        made.settlement_sha256 = digest(made.settlement)
        made.save(update_fields=("settlement", "settlement_sha256"))
        case.due(ClockKind.OFFER, until, f"offer:{made.round}")
        tell_customer(case, purpose=Purpose.OFFER, subject=subject, body=notice or text, channel=channel)
        case.say(offer=made.pk, round=made.round, plan=made.plan_id, offer_sha256=digest(text))
        case.say(settlement_sha256=made.settlement_sha256)
    return made


def _remind_at(at: datetime, until: datetime) -> datetime | None:
    """When to remind of an offer that stands from ``at`` to ``until``: so many days before as the house says,
    and of a short one when a third of its time is left. None: the house reminds of none.
    """
    days = office().remind_days
    return until - min(timedelta(days=days), (until - at) / 3) if days and until > at else None


def remind_of_offer(
    offer: Offer, *, by: Actor, at: datetime, text: str, subject: str = "", channel: str = Channel.EMAIL
) -> Complaint:
    """Say once that the offer stands for a little while more. It is no consent if nobody answers.

    Refused for one that is answered, was reminded of, or whose signed paper lies here to be checked.
    """
    unchecked = SignedPaper.objects.filter(offer=offer, accepted__isnull=True)
    with take(
        "remind_of_offer",
        offer.complaint,
        by=by,
        at=at,
        still_open=lambda: (
            Offer.objects.filter(pk=offer.pk, answer=OfferAnswer.OPEN, reminded_at__isnull=True).exists()
            and not unchecked.exists()
        ),
        words=bool(text.strip()),
        customer_reached=reaches(channel, offer.complaint.speaker.email),
    ) as case:
        Offer.objects.filter(pk=offer.pk).update(reminded_at=at)
        tell_customer(case, purpose=Purpose.REMINDER, subject=subject, body=text, channel=channel)
        case.say(offer=offer.pk, round=offer.round)
    return case.complaint


def counter(
    offer: Offer,
    *,
    by: Actor,
    at: datetime,
    words: str,
    wishes: Sequence[dict[str, Any]] = (),
    channel: str = Channel.PORTAL,
) -> Complaint:
    """The customer asks for something else, in their own words or by what they choose (mission E14).

    ``wishes`` are what they chose: ``kind`` of remedy, or none for a sum alone, and if they named one,
    ``amount`` (text of a decimal number) and ``currency``.
    """
    said = bool(words.strip() or wishes)
    with take("counter", offer.complaint, by=by, at=at, words=said, **of_round(offer)) as case:
        offer.wishes = list(wishes)
        _close_round(case, offer, OfferAnswer.COUNTERED, words, channel)
    return case.complaint


def decline(
    offer: Offer, *, by: Actor, at: datetime, words: str = "", channel: str = Channel.PORTAL
) -> Complaint:
    """The customer says no."""
    with take("decline", offer.complaint, by=by, at=at, **of_round(offer)) as case:
        _close_round(case, offer, OfferAnswer.DECLINED, words, channel)
    return case.complaint


def lapse(offer: Offer, *, by: Actor, at: datetime) -> Complaint:
    """The offer ran out unanswered. Silence is never consent: back to the handler."""
    with take("lapse", offer.complaint, by=by, at=at, still_open=still_open(offer)) as case:
        answer(offer, OfferAnswer.LAPSED, at)
        case.say(offer=offer.pk, round=offer.round)
    return case.complaint


def _close_round(case: Case, offer: Offer, said: str, words: str, channel: str) -> None:
    offer.answer_words = words
    answer(offer, said, case.at)
    put_papers_aside(case)
    chosen = wishes_in_words(offer.wishes, case.complaint.language)
    if said := "\n\n".join(part for part in (words.strip() and words, chosen) if part):
        hear_customer(case, said, channel=channel)
    case.say(offer=offer.pk, round=offer.round)


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
