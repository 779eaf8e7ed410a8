"""Sealing a PDF: a PAdES signature of the house over the whole of it (B-B; B-T with a time-stamp)."""

from datetime import datetime
from io import BytesIO
from typing import Any

from asn1crypto import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from django.conf import settings
from django.utils.translation import gettext as _
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers
from pyhanko.sign.fields import InvisSigSettings, MDPPerm, SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.timestamps import TimestampRequestError
from pyhanko_certvalidator.registry import SimpleCertificateStore

from amends.correspondence.sealing.apart import apart
from amends.correspondence.sealing.certificate import NoSeal, SealCertificate, remember, seal_certificate
from amends.correspondence.sealing.time_stamp import Authority

FIELD, DIGEST = "Seal", "sha256"
# Nothing to see, so nothing to tag: outside the page for PDF/UA, printable for PDF/A.
UNSEEN = InvisSigSettings(set_print_flag=True, set_hidden_flag=False, box_out_of_bounds=True)


def seal(pdf: bytes, *, at: datetime, reason: str, house: str, location: str = "") -> bytes:
    """The same PDF with the house's seal over the whole of it; the reader is told that nothing may change.

    ``at`` is the time that the house says; with AMENDS_SEAL_TIMESTAMP_URL an authority adds its own word.
    Raises NoSeal when the certificate does not serve or the authority gives no time-stamp.
    """
    with_this = seal_certificate(at)
    url = str(settings.AMENDS_SEAL_TIMESTAMP_URL)
    meta = signers.PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm=DIGEST,
        name=house,
        reason=reason,
        location=location or None,
        certify=True,
        docmdp_permissions=MDPPerm.NO_CHANGES,
        subfilter=SigSeedSubFilter.PADES,
    )
    signer = _At(
        at,
        signature_meta=meta,
        signer=_Signer(with_this),
        timestamper=Authority(url) if url else None,
        new_field_spec=SigFieldSpec(FIELD, invis_sig_settings=UNSEEN),
    )
    out = BytesIO()
    try:
        apart(lambda: signer.sign_pdf(IncrementalPdfFileWriter(BytesIO(pdf)), output=out))
    except TimestampRequestError as problem:
        sentence = _("The time-stamp authority gave no time-stamp: %(error)s")
        raise NoSeal(sentence % {"error": problem}) from problem
    remember(with_this.certificate)
    return out.getvalue()


class _At(signers.PdfSigner):
    """Signs at the time that it is told."""

    def __init__(self, at: datetime, **given: Any) -> None:
        super().__init__(**given)
        self._at = at

    def init_signing_session(self, *given: Any, **named: Any) -> Any:
        """With the time that was told in place of the machine's."""
        session = super().init_signing_session(*given, **named)
        session.system_time = self._at
        return session


class _Signer(signers.Signer):
    """Signs with the key as it was read: pyHanko's own reads and checks it anew for each signature."""

    def __init__(self, with_this: SealCertificate) -> None:
        certificates = (with_this.certificate, *with_this.chain)
        one, *chain = (x509.Certificate.load(one.public_bytes(Encoding.DER)) for one in certificates)
        store = SimpleCertificateStore()
        store.register_multiple(chain)
        super().__init__(signing_cert=one, cert_registry=store)
        self._key = with_this.key

    async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:
        """The signature of these bytes; a dry run asks for one of the same length."""
        if isinstance(self._key, rsa.RSAPrivateKey):
            return self._key.sign(data, padding.PKCS1v15(), hashes.SHA256())
        return self._key.sign(data, ec.ECDSA(hashes.SHA256()))
