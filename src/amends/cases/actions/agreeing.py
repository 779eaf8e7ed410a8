"""The signature: by code or on paper, the sealed file, and withdrawing where the law lets one."""

from datetime import date, datetime
from typing import Any

from amends.cases.actions.door import Case, staff_id, take
from amends.cases.actions.outgoing import hear_customer
from amends.cases.actions.table import answer, of_round, put_papers_aside, undo_agreement
from amends.cases.choices import Channel
from amends.cases.models import Agreement, Complaint, Document, Offer, SignedPaper, SigningCode
from amends.cases.models.settlement import OfferAnswer
from amends.cases.settlement_text import settlement_text
from amends.cases.signing import LIFETIME, check_code
from amends.cases.speaking import authority_on_file
from amends.cases.withdrawing import withdraw_until
from amends.kit.chain import digest
from amends.people.models import Representative
from amends.rules.capabilities import Actor


def request_code(offer: Offer, *, by: Actor, at: datetime) -> SigningCode:
    """A one-time code goes to the signer's own address (a job of the event sends it)."""
    signer = offer.complaint.speaker
    with take("request_code", offer.complaint, by=by, at=at, **_to_sign(offer)) as case:
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
    shown_sha256: str = "",
    drawing: str = "",
) -> Agreement:
    """The customer signs: name typed, the one-time code, and the text that was shown by its SHA-256.

    ``drawing`` is a drawn signature as the path of an SVG. Of a representative, the paper on file by which
    they may sign is put with it.

    Raises Refused (not_signed) when the code is wrong or old; a wrong try stays counted.
    """
    row = check_code(offer, code, at) if code else None
    with take(
        "agree",
        offer.complaint,
        by=by,
        at=at,
        this_text=not shown_sha256 or shown_sha256 == offer.settlement_sha256,
        signature="code" if row and signed_name.strip() else "",
        **_to_sign(offer),
    ) as case:
        if row:
            row.used_at = at
            row.save(update_fields=("used_at",))
        put_papers_aside(case)
        return _conclude(
            case, offer, signed_name, means="code", sent_to=row.sent_to if row else "", drawing=drawing
        )


def bring_paper(
    offer: Offer,
    *,
    by: Actor,
    at: datetime,
    signed_name: str,
    scan: Document,
    signed_on: date | None = None,
) -> SignedPaper:
    """A settlement signed on paper has come: it lies there until somebody else has checked it."""
    words = bool(signed_name.strip())
    with take("bring_paper", offer.complaint, by=by, at=at, words=words, **_to_sign(offer)) as case:
        paper = SignedPaper.objects.create(
            offer=offer,
            scan=scan,
            signed_name=signed_name.strip(),
            signed_on=signed_on,
            brought_by_id=staff_id(by),
            brought_at=at,
        )
        case.say(offer=offer.pk, paper=paper.pk, scan_sha256=scan.sha256)
    return paper


def agree_on_paper(paper: SignedPaper, *, by: Actor, at: datetime) -> Agreement:
    """Somebody else than who brought the paper has compared it with the offer: agreed.

    It counts from when the paper came: that it lay here to be checked is no fault of the customer.
    """
    offer = paper.offer
    with take(
        "agree",
        offer.complaint,
        by=by,
        at=at,
        signature=lambda: "paper" if _to_check(paper) else "",
        offer_expires_at=None,  # it came in time, or it could not have been brought
        **_to_sign(offer),
    ) as case:
        paper.accepted, paper.checked_at, paper.checked_by_id = True, at, staff_id(by)
        paper.save(update_fields=("accepted", "checked_at", "checked_by"))
        agreement = _conclude(case, offer, paper.signed_name, means="paper", paper=paper)
        case.say(paper=paper.pk)
    return agreement


def reject_paper(paper: SignedPaper, *, by: Actor, at: datetime, why: str) -> Complaint:
    """The paper is not what was offered, or not signed: the offer lies on the table as before."""
    with take(
        "reject_paper",
        paper.offer.complaint,
        by=by,
        at=at,
        still_open=lambda: _to_check(paper),
        words=bool(why.strip()),
    ) as case:
        paper.accepted, paper.checked_at, paper.checked_by_id = False, at, staff_id(by)
        paper.why_not = why.strip()
        paper.save(update_fields=("accepted", "checked_at", "checked_by", "why_not"))
        case.say(paper=paper.pk, why_sha256=digest(why))
    return case.complaint


def _conclude(
    case: Case,
    offer: Offer,
    signed_name: str,
    *,
    means: str,
    paper: SignedPaper | None = None,
    sent_to: str = "",
    drawing: str = "",
) -> Agreement:
    """The agreement, with exactly the text that was fixed when the offer was made."""
    text = offer.settlement or settlement_text(offer, case.complaint.language)
    answer(offer, OfferAnswer.ACCEPTED, case.at)
    agreement = Agreement.objects.create(
        complaint=case.complaint,
        offer=offer,
        text=text,
        text_sha256=digest(text),
        language=case.complaint.language,
        signed_name=signed_name.strip(),
        signed_as="representative" if case.complaint.representative_id else "customer",
        signed_at=case.at,
        means=means,
        sent_to=sent_to,
        scan=paper.scan if paper else None,
        checked_by=paper.checked_by if paper else None,
        drawing=drawing,
        withdraw_until=withdraw_until(offer, case.at),
        authority=authority_on_file(case.complaint),
    )
    case.say(offer=offer.pk, agreement=agreement.pk, text_sha256=agreement.text_sha256, means=means)
    return agreement


def _to_check(paper: SignedPaper) -> bool:
    return SignedPaper.objects.filter(pk=paper.pk, accepted__isnull=True).exists()


def seal(agreement: Agreement, *, by: Actor, at: datetime, document: Document) -> Agreement:
    """The sealed PDF of an agreement, put away before (``cases.documents.kept``), is on file."""
    with take(
        "seal",
        agreement.complaint,
        by=by,
        at=at,
        still_open=lambda: Agreement.objects.filter(pk=agreement.pk, pdf__isnull=True).exists(),
    ) as case:
        document.complaint = case.complaint
        document.at, document.by_name, document.for_customer = at, by.name, True
        document.save(force_insert=True)
        agreement.pdf, agreement.pdf_sha256 = document, document.sha256
        agreement.save(update_fields=("pdf", "pdf_sha256"))
        case.say(agreement=agreement.pk, document=document.pk, sha256=document.sha256)
    return agreement


def withdraw_from_agreement(
    complaint: Complaint, *, by: Actor, at: datetime, words: str = "", channel: str = Channel.PORTAL
) -> Complaint:
    """The customer takes the signature back within the time that was given: back to the negotiation, with a
    plan still to be written. That everything was done in the meantime takes nothing from the right.
    """
    with take("withdraw_from_agreement", complaint, by=by, at=at) as case:
        undo_agreement(case)
        case.complaint.current_plan = None
        case.complaint.outcome, case.complaint.closed_at = "", None
        if words.strip():
            hear_customer(case, words, channel=channel)
    return case.complaint


def _to_sign(offer: Offer) -> dict[str, Any]:
    """For the door: as every answer, and whether who speaks for the customer may sign, as it is known under
    the complaint's lock.
    """
    speaks = Representative.objects.filter(complaint=offer.complaint_id)
    return of_round(offer) | {"signatory_may_sign": lambda: all(speaks.values_list("may_sign", flat=True))}
