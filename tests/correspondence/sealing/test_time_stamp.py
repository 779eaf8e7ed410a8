"""Time-stamps of an authority: one comes with the seal, or there is no seal; a false one is found."""

import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path

import pytest
from asn1crypto import keys, tsp, x509
from cryptography import x509 as pyca
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.timestamps.dummy_client import DummyTimeStamper
from pytest_django.fixtures import Settings

from amends.correspondence.sealing.agreement_pdf import set_agreement
from amends.correspondence.sealing.certificate import NoSeal, own_fingerprints
from amends.correspondence.sealing.seal import seal
from amends.correspondence.sealing.time_stamp import TimestampRequestError, ask_for_one
from amends.correspondence.sealing.verify import Fault, verify
from tests.correspondence.sealing.conftest import NOON, signed

STAMPED = datetime(2026, 3, 2, 12, 0, 9, tzinfo=UTC)


def _authority() -> DummyTimeStamper:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = pyca.Name([pyca.NameAttribute(NameOID.COMMON_NAME, "The speaking clock")])
    made = (
        pyca.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(5).not_valid_before(NOON - timedelta(days=9)).not_valid_after(NOON + timedelta(days=9))
        .add_extension(pyca.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    der, pkcs8 = serialization.Encoding.DER, serialization.PrivateFormat.PKCS8
    private = key.private_bytes(der, pkcs8, serialization.NoEncryption())
    return DummyTimeStamper(
        x509.Certificate.load(made.public_bytes(der)), keys.PrivateKeyInfo.load(private), fixed_dt=STAMPED
    )


class Clock:
    """An authority over HTTP; ``answer`` stands in place of its own answer."""

    def __init__(self) -> None:
        self.authority = _authority()
        self.answer: bytes | None = None
        self.status = 200
        clock = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                assert self.headers["Content-Type"] == "application/timestamp-query"
                question = tsp.TimeStampReq.load(self.rfile.read(int(self.headers["Content-Length"])))
                said = clock.answer or clock.authority.request_tsa_response(question).dump()
                self.send_response(clock.status)
                self.send_header("Content-Type", "application/timestamp-reply")
                self.end_headers()
                self.wfile.write(said)

            def log_message(self, format: str, *args: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


@pytest.fixture(scope="module")
def one_clock() -> Iterator[Clock]:
    clock = Clock()
    yield clock
    clock.server.shutdown()
    clock.server.server_close()


@pytest.fixture
def clock(one_clock: Clock, settings: Settings) -> Clock:
    one_clock.answer, one_clock.status = None, 200
    settings.AMENDS_SEAL_TIMESTAMP_URL = one_clock.url
    return one_clock


def sealed() -> bytes:
    """An agreement, sealed by the settings that hold."""
    return seal(set_agreement(signed()), at=NOON, reason="Agreement", house="Kettles & Co")


def test_the_authority_says_when(own_certificate: Path, clock: Clock) -> None:
    found = verify(sealed())
    assert found.faults == ()
    assert (found.at, found.stamped_at, found.stamped_by) == (NOON, STAMPED, "The speaking clock")


def test_a_time_stamp_that_the_authority_did_not_make(own_certificate: Path, clock: Clock) -> None:
    file = sealed()
    (one,) = PdfFileReader(BytesIO(file)).embedded_signatures
    stamp = one.signer_info["unsigned_attrs"][0]["values"][0]["content"]["signer_infos"][0]
    value = stamp["signature"].native.hex().upper().encode()
    forged = file.replace(value, bytes(reversed(value)), 1)
    assert forged != file
    assert verify(forged).faults == (Fault.FALSE_TIME_STAMP,)


@pytest.mark.parametrize(("answer", "status"), [(b"busy", 200), (b"0\x03\x02\x01\x02", 200), (b"no", 503)])
def test_without_its_word_nothing_is_sealed(
    own_certificate: Path, clock: Clock, answer: bytes, status: int
) -> None:
    clock.answer, clock.status = answer, status
    with pytest.raises(NoSeal, match="gave no time-stamp"):
        sealed()
    assert own_fingerprints() == frozenset()
    with pytest.raises(TimestampRequestError):
        ask_for_one(clock.url)


def test_a_time_stamp_of_something_else(own_certificate: Path, clock: Clock) -> None:
    question = clock.authority.request_cms(bytes(32), "sha256")[1]
    clock.answer = clock.authority.request_tsa_response(question).dump()
    with pytest.raises(NoSeal, match="gave no time-stamp"):  # it answers another question
        sealed()


def test_nobody_there(own_certificate: Path, settings: Settings) -> None:
    for url in ("http://127.0.0.1:9/", "file:///etc/hostname", "tsa"):
        settings.AMENDS_SEAL_TIMESTAMP_URL = url
        with pytest.raises(NoSeal, match="gave no time-stamp"):
            sealed()


def test_asking_for_one(clock: Clock) -> None:
    ask_for_one(clock.url)
