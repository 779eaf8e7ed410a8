"""The certificate with which the house seals: a real one by setting, or one of its own making.

Its own is made once, at first use, and lies in the data folder under ``keys``. What a house has sealed with
before stays known there, so that an old agreement is still the house's after a new certificate came.
"""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID
from django.conf import settings
from django.utils.translation import gettext as _

from amends.correspondence.addressee import house_name
from amends.correspondence.sealing.self_made import made, write_once

type Key = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey


class NoSeal(Exception):
    """Nothing can be sealed as things are; the sentence says why, to who runs the house."""


@dataclass(frozen=True)
class SealCertificate:
    """A key and its certificate. ``chain`` are the certificates between it and the one that readers know."""

    key: Key
    certificate: x509.Certificate
    chain: tuple[x509.Certificate, ...] = ()
    self_made: bool = True

    @property
    def name(self) -> str:
        """Whom it names."""
        return subject_name(self.certificate)

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the certificate, in hexadecimal."""
        return self.certificate.fingerprint(hashes.SHA256()).hex()

    @property
    def until(self) -> datetime:
        """When it ends."""
        return self.certificate.not_valid_after_utc


def subject_name(certificate: x509.Certificate) -> str:
    """Whom a certificate names: a common name, or an organisation, or all that it says."""
    for kind in (NameOID.COMMON_NAME, NameOID.ORGANIZATION_NAME):
        if found := certificate.subject.get_attributes_for_oid(kind):
            return str(found[0].value)
    return certificate.subject.rfc4514_string()


def seal_certificate(at: datetime) -> SealCertificate:
    """What the house seals with at ``at``; its own is made if there is none yet.

    Raises NoSeal for a certificate that cannot be read, has ended, has not begun or is not for signing.
    """
    named = str(settings.AMENDS_SEAL_CERTIFICATE)
    found = _brought(Path(named)) if named else _own(at)
    if found.until <= at:
        raise NoSeal(_("The certificate ended on %(day)s.") % {"day": found.until.date().isoformat()})
    if named and found.certificate.not_valid_before_utc > at:
        begins = found.certificate.not_valid_before_utc.date().isoformat()
        raise NoSeal(_("The certificate is not valid before %(day)s.") % {"day": begins})
    if not _may_sign(found.certificate):
        raise NoSeal(_("The certificate is not made for signing (key usage)."))
    return found


def remember(certificate: x509.Certificate) -> None:
    """Keep this certificate, without its key, among those that the house has sealed with."""
    path = _sealed_with() / f"{certificate.fingerprint(hashes.SHA256()).hex()}.pem"
    if not path.exists():
        write_once(path, certificate.public_bytes(serialization.Encoding.PEM))


def own_fingerprints() -> frozenset[str]:
    """The certificates that this house has sealed with, by their SHA-256."""
    return frozenset(path.stem for path in _sealed_with().glob("*.pem"))


def made_already() -> bool:
    """Whether the house has a certificate of its own making."""
    return _own_path().exists()


def _keys() -> Path:
    return Path(settings.AMENDS_DATA_DIR) / "keys"


def _own_path() -> Path:
    return _keys() / "seal.pem"


def _sealed_with() -> Path:
    return _keys() / "sealed_with"


def _own(at: datetime) -> SealCertificate:
    path = _own_path()
    try:
        if not path.exists():
            write_once(path, made(house_name(), at))
        both = path.read_bytes()
        key = serialization.load_pem_private_key(both, password=None)
        certificate = x509.load_pem_x509_certificate(both)
    except (OSError, ValueError, UnsupportedAlgorithm) as error:
        said = {"file": path, "error": error}
        raise NoSeal(_("The house’s own certificate %(file)s cannot be read: %(error)s") % said) from error
    return SealCertificate(_usable(key), certificate)


def _brought(path: Path) -> SealCertificate:
    password = str(settings.AMENDS_SEAL_PASSWORD)
    try:
        content = path.read_bytes()
    except OSError as error:
        said = {"file": path, "error": error.strerror}
        raise NoSeal(_("The certificate %(file)s cannot be read: %(error)s") % said) from error
    try:
        key, certificate, chain = pkcs12.load_key_and_certificates(content, password.encode() or None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        said = {"file": path}
        sentence = _(
            "The certificate %(file)s does not open: it is no PKCS#12 file, or the password is wrong."
        )
        raise NoSeal(sentence % said) from error
    if key is None or certificate is None:
        raise NoSeal(_("%(file)s holds no certificate with its private key.") % {"file": path})
    return SealCertificate(_usable(key), certificate, tuple(chain), self_made=False)


def _usable(key: object) -> Key:
    if not isinstance(key, rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey):
        raise NoSeal(_("PDF readers do not know this kind of key. RSA and elliptic curves are fine."))
    return key


def _may_sign(certificate: x509.Certificate) -> bool:
    try:
        usage = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        return True
    return usage.digital_signature or usage.content_commitment
