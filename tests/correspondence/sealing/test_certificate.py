"""The house's certificate: made once, or brought; what is wrong with it is said in words."""

import stat
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from pytest_django.fixtures import Settings

from amends.correspondence.sealing import self_made
from amends.correspondence.sealing.certificate import (
    NoSeal,
    SealCertificate,
    made_already,
    own_fingerprints,
    remember,
    seal_certificate,
)
from tests.correspondence.sealing.conftest import NOON, PASSWORD, brought


def test_the_first_use_makes_one(db: None, settings: Settings) -> None:
    settings.AMENDS_HOUSE_NAME = "Kettles & Co"
    assert not made_already()
    found = seal_certificate(NOON)
    assert made_already()
    assert found.name == "Kettles & Co"
    assert found.self_made
    assert isinstance(found.key, rsa.RSAPrivateKey)
    assert found.key.key_size == 3072
    assert found.until == NOON + timedelta(days=3652)
    usage = found.certificate.extensions.get_extension_for_class(x509.KeyUsage)
    assert usage.critical
    assert usage.value.digital_signature
    assert usage.value.content_commitment
    assert not usage.value.key_cert_sign
    found.certificate.verify_directly_issued_by(found.certificate)
    assert seal_certificate(NOON).fingerprint == found.fingerprint


def test_nobody_else_may_read_the_key(db: None, settings: Settings) -> None:
    seal_certificate(NOON)
    path = Path(settings.AMENDS_DATA_DIR) / "keys" / "seal.pem"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert [file.name for file in path.parent.iterdir()] == ["seal.pem"]


def test_two_workers_at_once_make_one(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    path = Path(settings.AMENDS_DATA_DIR) / "keys" / "seal.pem"
    contents = [bytes([number]) * 5000 for number in range(16)]
    with ThreadPoolExecutor(16) as pool:
        list(pool.map(lambda content: self_made.write_once(path, content), contents))
    assert path.read_bytes() in contents  # one of them, whole
    assert [file.name for file in path.parent.iterdir()] == ["seal.pem"]
    before = path.read_bytes()
    self_made.write_once(path, b"later")
    assert path.read_bytes() == before


def test_a_house_name_longer_than_a_certificate_takes(db: None, settings: Settings) -> None:
    settings.AMENDS_HOUSE_NAME = "Ł" * 100
    assert seal_certificate(NOON).name == "Ł" * 32  # 64 bytes


def test_a_certificate_of_an_authority(settings: Settings, tmp_path: Path) -> None:
    settings.AMENDS_SEAL_CERTIFICATE, settings.AMENDS_SEAL_PASSWORD = str(brought(tmp_path)), PASSWORD
    found = seal_certificate(NOON)
    assert (found.name, found.self_made) == ("Kettles & Co, sealed", False)
    assert [one.serial_number for one in found.chain] == [1]
    assert not made_already()


def _refused(settings: Settings, path: Path, password: str = PASSWORD) -> str:
    settings.AMENDS_SEAL_CERTIFICATE, settings.AMENDS_SEAL_PASSWORD = str(path), password
    with pytest.raises(NoSeal) as refused:
        seal_certificate(NOON)
    assert not made_already()  # it never falls back to one of its own
    return str(refused.value)


def test_what_is_wrong_with_a_certificate_is_said(settings: Settings, tmp_path: Path) -> None:
    good = brought(tmp_path)
    assert "password is wrong" in _refused(settings, good, "open")
    assert "password is wrong" in _refused(settings, good, "")
    assert "No such file" in _refused(settings, tmp_path / "gone.p12")
    (tmp_path / "text.p12").write_text("a certificate")
    assert "no PKCS#12 file" in _refused(settings, tmp_path / "text.p12")
    (tmp_path / "half.p12").write_bytes(good.read_bytes()[:200])
    assert "no PKCS#12 file" in _refused(settings, tmp_path / "half.p12")
    assert "ended on 2026-03-01" in _refused(settings, brought(tmp_path, ends=NOON - timedelta(days=1)))
    begins = NOON + timedelta(days=1)
    assert "not valid before 2026-03-03" in _refused(settings, brought(tmp_path, begins=begins))
    assert "key usage" in _refused(settings, brought(tmp_path, signs=False))


def test_its_own_certificate_damaged(own_certificate: Path) -> None:
    own_certificate.write_bytes(own_certificate.read_bytes()[:300])
    with pytest.raises(NoSeal, match="cannot be read"):
        seal_certificate(NOON)


def test_what_was_sealed_with_before_stays_known(own_certificate: Path, db: None) -> None:
    first = seal_certificate(NOON)
    remember(first.certificate)
    remember(first.certificate)
    own_certificate.unlink()
    second: SealCertificate = seal_certificate(NOON)
    assert second.fingerprint != first.fingerprint
    remember(second.certificate)
    assert own_fingerprints() == {first.fingerprint, second.fingerprint}
