"""A signed agreement of a complaint: all that its PDF says, and the sealed file itself."""

from dataclasses import replace
from datetime import datetime

import typst
from django.conf import settings
from django.utils.translation import gettext as _

from amends.cases.documents import kept
from amends.cases.models import Agreement, Document, Event, SignedPaper, SigningCode
from amends.cases.signing import LIFETIME
from amends.correspondence import letterheads
from amends.correspondence.letters.layouts import Paper
from amends.correspondence.letters.reading import lines
from amends.correspondence.phrasebook import phrases
from amends.correspondence.post.paper import PDF
from amends.correspondence.sealing.agreement_pdf import set_agreement
from amends.correspondence.sealing.certificate import NoSeal, SealCertificate, seal_certificate
from amends.correspondence.sealing.seal import seal
from amends.correspondence.sealing.signed import FileOnCase, Signed
from amends.correspondence.sealing.verify import verify


def sealed_document(agreement: Agreement, at: datetime) -> Document:
    """The agreement set, sealed at ``at`` and put away; the row is not saved yet.

    Raises NoSeal when it cannot be sealed now, typst.TypstError when it cannot be set. What was made is
    verified before anybody relies on it.
    """
    letterhead = letterheads.current()
    said = signed_of(agreement, seal_certificate(at))
    pdf = seal(
        _set(said, letterheads.sheet_of(letterhead)["paper"]),
        at=at,
        reason=said.text.partition("\n")[0],
        house=said.house.name,
        location=letterhead.place,
    )
    found = verify(pdf)
    if not found.valid or found.text_sha256 != agreement.text_sha256:
        raise NoSeal(_("The sealed file does not verify (%(why)s).") % {"why": ", ".join(found.faults)})
    return kept(file_name(agreement), PDF, pdf)


def _set(said: Signed, paper: Paper) -> bytes:
    """With the letterhead as it is, or without a logo that cannot be set."""
    try:
        return set_agreement(said, paper=paper)
    except typst.TypstError:
        return set_agreement(replace(said, house=replace(said.house, logo=None)), paper=paper)


def file_name(agreement: Agreement) -> str:
    """Under which name the customer gets it (agreement 2026-00042.pdf)."""
    name = phrases(agreement.language)["agreement"]["file"]
    return f"{name.replace('$reference', agreement.complaint.reference)}.pdf"


def signed_of(agreement: Agreement, certificate: SealCertificate) -> Signed:
    """What is on file of a signature, with the certificate that will seal it."""
    complaint, offer = agreement.complaint, agreement.offer
    event = Event.objects.get(complaint=complaint, name="complaint.agreed", data__agreement=agreement.pk)
    code = SigningCode.objects.filter(offer=offer, used_at__isnull=False).order_by("-pk").first()
    paper = SignedPaper.objects.filter(offer=offer, accepted=True).select_related("brought_by").first()
    return Signed(
        reference=complaint.reference,
        language=agreement.language,
        house=letterheads.house_of(letterheads.current()),
        customer=complaint.customer.name,
        customer_address=lines(complaint.customer.address),
        text=agreement.text,
        name=agreement.signed_name,
        at=agreement.signed_at,
        representative=agreement.signed_as == "representative",
        authority=_file(agreement.authority),
        drawing=agreement.drawing,
        code_sent_to=agreement.sent_to,
        code_sent_at=code.expires_at - LIFETIME if code else None,
        code_used_at=code.used_at if code else None,
        scan=_file(agreement.scan),
        dated=paper.signed_on if paper else None,
        brought_by=paper.brought_by.name if paper else "",
        brought_at=paper.brought_at if paper else None,
        checked_by=agreement.checked_by.name if agreement.checked_by else "",
        round=offer.round,
        plan_version=offer.plan.version,
        offered_by=offer.made_by.name,
        offered_at=offer.made_at,
        event=event.number,
        chain=event.digest,
        sealed_with=certificate.name,
        fingerprint=certificate.fingerprint,
        self_made=certificate.self_made,
        stamped=bool(settings.AMENDS_SEAL_TIMESTAMP_URL),
    )


def _file(document: Document | None) -> FileOnCase | None:
    return FileOnCase(document.name, document.sha256) if document else None
