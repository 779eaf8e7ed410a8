"""The certificate with which the house seals: a real one by setting, or one of its own making.

Its own is made once, at first use, and lies in the data folder under ``keys``. What a house has sealed with
before stays known there, so that an old agreement is still the house's after a new certificate came.
"""

import os
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from django.conf import settings
from django.utils.translation import gettext as _

from amends.correspondence.addressee import house_name

YEARS = 10
BITS = 3072  # RSA: every PDF reader knows it, and it holds as long as the certificate does
DOCUMENT_SIGNING = x509.ObjectIdentifier("1.3.6.1.5.5.7.3.36")  # RFC 9336

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
        _write_once(path, certificate.public_bytes(serialization.Encoding.PEM))


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
            _write_once(path, _made(house_name(), at))
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
        raise NoSeal(
            _("The key is of a kind that PDF readers do not know. RSA and elliptic curves are fine.")
        )
    return key


def _may_sign(certificate: x509.Certificate) -> bool:
    try:
        usage = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        return True
    return usage.digital_signature or usage.content_commitment


def _made(house: str, at: datetime) -> bytes:
    """A new key and its certificate, signed with itself, as PEM."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=BITS)
    name = x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, house[:64]),  # X.520: at most 64 characters
            x509.NameAttribute(NameOID.COMMON_NAME, house[:64]),
        ]
    )
    nothing_else = dict.fromkeys(
        ("key_encipherment", "data_encipherment", "key_agreement", "key_cert_sign", "crl_sign",
         "encipher_only", "decipher_only"),
        False,
    )  # fmt: skip
    identifier = x509.SubjectKeyIdentifier.from_public_key(key.public_key())
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(at - timedelta(days=1))  # clocks differ
        .not_valid_after(at + timedelta(days=365.25 * YEARS))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(
            x509.KeyUsage(digital_signature=True, content_commitment=True, **nothing_else), critical=True
        )
        .add_extension(
            x509.ExtendedKeyUsage([DOCUMENT_SIGNING, ExtendedKeyUsageOID.EMAIL_PROTECTION]), critical=False
        )
        .add_extension(identifier, critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(identifier), critical=False
        )
        .sign(key, hashes.SHA256())
    )
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    ) + certificate.public_bytes(serialization.Encoding.PEM)


def _write_once(path: Path, content: bytes) -> None:
    """Put a file there, whole, readable to the house alone, unless somebody was faster."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    part = path.with_suffix(f".{secrets.token_hex(4)}.part")
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.link(part, path)  # unlike a rename it never takes the place of one that is there
    except FileExistsError:
        pass
    finally:
        part.unlink(missing_ok=True)
