"""Whether a sealed PDF is still what the house sealed, and what it says of the text that was signed."""

import json
import ssl
from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any

from asn1crypto import cms, pem, x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import EmbeddedPdfSignature, validate_pdf_signature
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko.sign.validation.status import PdfSignatureStatus
from pyhanko_certvalidator import ValidationContext
from pypdf import PdfReader

from amends.correspondence.sealing.apart import apart
from amends.correspondence.sealing.certificate import own_fingerprints
from amends.correspondence.sealing.verdict import Fault, Trust, Unreadable, Verdict
from amends.kit.chain import digest

__all__ = ["Fault", "Trust", "Unreadable", "Verdict", "root_certificate", "verify"]
SETTLEMENT, EVIDENCE = "settlement.txt", "evidence.json"  # the files that lie in the PDF
FOR_SIGNING = KeyUsageConstraints(
    key_usage={"digital_signature", "non_repudiation"}, match_all_key_usages=False
)


def verify(pdf: bytes, *, trusted: Sequence[x509.Certificate] = (), fingerprint: str = "") -> Verdict:
    """Look at the seal of a PDF. ``trusted`` are further root certificates beside the system's.

    ``fingerprint`` is the SHA-256 of the only certificate that will do; without it this house's will, those
    of known authorities, and, where this house has none, any.

    It writes nothing and asks nobody over the network. Raises Unreadable for what is no PDF.
    """
    roots = [*_roots(), *trusted]
    try:
        return _verdict(pdf, roots, "".join(fingerprint.split()).replace(":", "").lower())
    except Unreadable:
        raise
    except Exception as problem:  # the file may be anybody's, and made to break its reader
        raise Unreadable(f"{type(problem).__name__}: {problem}") from problem


def _verdict(pdf: bytes, roots: list[x509.Certificate], named: str) -> Verdict:
    if not pdf.startswith(b"%PDF-"):
        raise Unreadable("no %PDF- at its beginning")
    signatures = [one for one in PdfFileReader(BytesIO(pdf)).embedded_signatures if one.sig_object]
    seals = [one for one in signatures if one.sig_object_type == "/Sig"]
    if not seals:
        return Verdict((Fault.NO_SEAL,))
    seal = seals[0]
    status = _status(seal, roots)
    faults = _faults(pdf, seal, status)
    files = _files(pdf) if not faults else {}
    evidence, said = _evidence(files), digest(files[SETTLEMENT]) if SETTLEMENT in files else ""
    if not faults and (not said or said != evidence.get("text_sha256")):
        faults.append(Fault.OTHER_TEXT)
    stamp = status.timestamp_validity
    certificate = seal.signer_cert
    fingerprint, ours = certificate.sha256.hex(), own_fingerprints()
    trust = _trust(fingerprint, ours, named, status)
    if (named and trust is not Trust.NAMED) or (ours and trust is Trust.UNKNOWN):
        faults.append(Fault.NOT_OURS)
    return Verdict(
        tuple(faults),
        by=_name(certificate),
        fingerprint=fingerprint,
        trust=trust,
        at=status.signer_reported_dt,
        stamped_at=stamp.timestamp if stamp else None,
        stamped_by=_name(stamp.signing_cert) if stamp else "",
        text_sha256=said,
        evidence=evidence,
    )


def _status(seal: EmbeddedPdfSignature, roots: list[x509.Certificate]) -> PdfSignatureStatus:
    moment = seal.self_reported_timestamp
    known = ValidationContext(trust_roots=roots, moment=moment, best_signature_time=moment)
    return apart(
        lambda: validate_pdf_signature(
            seal, known, ts_validation_context=known, key_usage_settings=FOR_SIGNING, skip_diff=True
        )
    )


def _faults(pdf: bytes, seal: EmbeddedPdfSignature, status: PdfSignatureStatus) -> list[Fault]:
    faults = []
    start, gap, after, rest = (*seal.byte_range, 0, 0, 0, 0)[:4]
    contents = seal.pkcs7_content
    written = pdf[gap:after]
    whole = len(seal.byte_range) == 4 and start == 0 and after + rest == len(pdf)
    if not status.intact or written not in (_hex(contents), _hex(contents).upper()) or _padded(contents):
        faults.append(Fault.ALTERED)
    elif not status.valid:
        faults.append(Fault.FALSE_SEAL)
    if not whole:
        faults.append(Fault.ADDED_TO)
    stamp = status.timestamp_validity
    if stamp is not None and not (stamp.intact and stamp.valid):
        faults.append(Fault.FALSE_TIME_STAMP)
    return faults


def _hex(contents: bytes) -> bytes:
    return b"<" + contents.hex().encode() + b">"


def _padded(contents: bytes) -> bytes:
    """What stands behind the signature in its gap; nothing covers it, so nothing but zeros may be there."""
    signature = cms.ContentInfo.load(contents, strict=False).dump()
    return contents[len(signature) :].strip(b"\0")


def _files(pdf: bytes) -> dict[str, bytes]:
    """The first file of each name that lies in the PDF."""
    found = PdfReader(BytesIO(pdf)).attachments
    return {name: found[name][0] for name in (SETTLEMENT, EVIDENCE) if found.get(name)}


def _evidence(files: Mapping[str, bytes]) -> dict[str, Any]:
    said = json.loads(files.get(EVIDENCE, b"{}"))
    return said if isinstance(said, dict) else {}


def _trust(fingerprint: str, ours: frozenset[str], named: str, status: PdfSignatureStatus) -> Trust:
    if named and fingerprint == named:
        return Trust.NAMED
    if fingerprint in ours:
        return Trust.OURS
    return Trust.KNOWN if status.trusted else Trust.UNKNOWN


def _name(certificate: x509.Certificate) -> str:
    said = certificate.subject.native
    name = said.get("common_name") or said.get("organization_name")
    return str(name or certificate.subject.human_friendly)


def _roots() -> list[x509.Certificate]:
    """The authorities that this machine knows."""
    der = ssl.create_default_context().get_ca_certs(binary_form=True)
    return [x509.Certificate.load(one) for one in der]


def root_certificate(given: bytes) -> x509.Certificate:
    """A certificate from DER or PEM. Raises ValueError for anything else."""
    certificate = x509.Certificate.load(pem.unarmor(given)[2] if pem.detect(given) else given)
    certificate.native  # noqa: B018 - read it all now: it is parsed only when it is asked
    return certificate
