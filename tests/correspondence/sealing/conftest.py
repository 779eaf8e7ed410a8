"""A house that can seal without making a key for each test."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID
from pytest_django.fixtures import Settings

from amends.correspondence.letters.case_file import House
from amends.correspondence.sealing.self_made import made
from amends.correspondence.sealing.signed import Signed

NOON = datetime(2026, 3, 2, 12, 0, 0, tzinfo=UTC)
PASSWORD = "sesame"
TEXT = (
    "Settlement of complaint 2026-00042\n\nThe kettle leaked, and we are sorry.\n\n"
    "What we will do, counted from the day you sign:\n\n1. Replacement: a new kettle, within 7 days\n"
    "2. Money: SEK 250.00, within 10 days\n\nYour rights under the law stay as they are."
)


def signed(**changes: object) -> Signed:
    """An agreement that was signed with a code."""
    given: dict[str, object] = {
        "reference": "2026-00042",
        "language": "en",
        "house": House("Kettles & Co", ("Tegatan 4", "111 22 Stockholm")),
        "customer": "Clara Customer",
        "text": TEXT,
        "name": "Clara Customer",
        "at": NOON,
        "code_sent_to": "clara@example.org",
        "code_sent_at": NOON - timedelta(minutes=2),
        "code_used_at": NOON,
        "round": 2,
        "plan_version": 3,
        "offered_by": "Hanna Handler",
        "offered_at": NOON - timedelta(days=2),
        "event": 31,
        "chain": "ab" * 32,
        "sealed_with": "Kettles & Co",
        "fingerprint": "cd" * 32,
        "self_made": True,
    }
    return Signed(**(given | changes))  # type: ignore[arg-type]


def brought(
    folder: Path,
    *,
    begins: datetime = NOON - timedelta(days=30),
    ends: datetime = NOON + timedelta(days=300),
    signs: bool = True,
) -> Path:
    """A certificate of an authority, as a PKCS#12 file."""
    key, root = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Kettles & Co, sealed")])
    issuer = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "An authority")])
    usage = x509.KeyUsage(
        digital_signature=signs, content_commitment=signs, key_encipherment=True, data_encipherment=False,
        key_agreement=False, key_cert_sign=False, crl_sign=False, encipher_only=False, decipher_only=False,
    )  # fmt: skip
    one = (
        x509.CertificateBuilder().subject_name(name).issuer_name(issuer).public_key(key.public_key())
        .serial_number(7).not_valid_before(begins).not_valid_after(ends)
        .add_extension(usage, critical=True).sign(root, hashes.SHA256())
    )  # fmt: skip
    top = (
        x509.CertificateBuilder().subject_name(issuer).issuer_name(issuer).public_key(root.public_key())
        .serial_number(1).not_valid_before(begins).not_valid_after(ends)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(root, hashes.SHA256())
    )  # fmt: skip
    locked = serialization.BestAvailableEncryption(PASSWORD.encode())
    path = folder / "brought.p12"
    path.write_bytes(pkcs12.serialize_key_and_certificates(b"seal", key, one, [top], locked))
    (folder / "root.pem").write_bytes(top.public_bytes(serialization.Encoding.PEM))
    return path


@pytest.fixture(scope="session")
def pem_of_a_house() -> bytes:
    return made("Kettles & Co", NOON)


@pytest.fixture
def own_certificate(settings: Settings, pem_of_a_house: bytes) -> Path:
    """The house has sealed before: its certificate is there."""
    path = Path(settings.AMENDS_DATA_DIR) / "keys" / "seal.pem"
    path.parent.mkdir(parents=True)
    path.write_bytes(pem_of_a_house)
    return path
