"""Sealing and verifying: there and back, and everything that somebody may do to a file in between."""

import asyncio
import shutil
import subprocess
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from random import Random
from typing import Any

import pytest
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pypdf import PdfReader, PdfWriter
from pytest_django.fixtures import Settings

from amends.correspondence.sealing.agreement_pdf import set_agreement
from amends.correspondence.sealing.certificate import NoSeal, own_fingerprints, seal_certificate
from amends.correspondence.sealing.seal import seal
from amends.correspondence.sealing.self_made import made
from amends.correspondence.sealing.signed import Signed
from amends.correspondence.sealing.verify import Fault, Trust, Unreadable, root_certificate, verify
from amends.kit.chain import digest
from tests.correspondence.sealing.conftest import NOON, PASSWORD, TEXT, brought, signed

SEALED_AT = NOON + timedelta(seconds=3)


def sealed(**changes: object) -> bytes:
    """An agreement, set and sealed."""
    return seal(set_agreement(signed(**changes)), at=SEALED_AT, reason="Agreement", house="Kettles & Co")


@pytest.fixture
def agreement(own_certificate: Path) -> bytes:
    return sealed()


def test_there_and_back(agreement: bytes) -> None:
    found = verify(agreement)
    assert found.valid
    assert found.faults == ()
    assert (found.by, found.trust, found.at) == ("Kettles & Co", Trust.OURS, SEALED_AT)
    assert found.fingerprint == seal_certificate(NOON).fingerprint
    assert found.stamped_at is None
    assert found.text_sha256 == digest(TEXT) == found.evidence["text_sha256"]
    assert found.evidence["signed_by"] == "Clara Customer"


def test_it_covers_every_byte_and_stays_an_archive_pdf(agreement: bytes) -> None:
    (one,) = PdfFileReader(BytesIO(agreement)).embedded_signatures
    start, gap, after, rest = one.byte_range
    assert (start, after + rest) == (0, len(agreement))
    assert agreement[gap:gap + 1] + agreement[after - 1:after] == b"<>"  # fmt: skip
    pdf: Any = PdfReader(BytesIO(agreement))
    assert pdf.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in pdf.trailer["/Root"]
    said = pdf.trailer["/Root"]["/Metadata"].get_data().decode()
    assert 'pdfaid:part="3" pdfaid:conformance="A" pdfuaid:part="1"' in said
    (seal_on_page,) = pdf.pages[0]["/Annots"]
    assert int(seal_on_page.get_object()["/F"]) & 4  # printable, as PDF/A wants it
    assert all(float(edge) < 0 for edge in seal_on_page.get_object()["/Rect"])  # outside, as PDF/UA wants it


@pytest.mark.skipif(shutil.which("pdfsig") is None, reason="poppler’s pdfsig is not installed")
def test_another_program_says_the_same(agreement: bytes, tmp_path: Path) -> None:
    path = tmp_path / "agreement.pdf"
    path.write_bytes(agreement)
    said = subprocess.run(["pdfsig", path], capture_output=True, text=True, check=False).stdout
    assert "Signature is Valid." in said
    assert "Total document signed" in said
    assert "ETSI.CAdES.detached" in said
    path.write_bytes(agreement.replace(b"/Title", b"/Titel", 1))
    said = subprocess.run(["pdfsig", path], capture_output=True, text=True, check=False).stdout
    assert "Signature is Valid." not in said


def test_one_flipped_bit_is_found_wherever_it_is(agreement: bytes) -> None:
    (one,) = PdfFileReader(BytesIO(agreement)).embedded_signatures
    _start, gap, after, _rest = one.byte_range
    places = Random(6).sample(range(len(agreement)), 60)  # noqa: S311
    places += [8, gap - 1, gap, after - 1, after, after - 4, len(agreement) - 1]
    for place in places:
        changed = bytearray(agreement)
        changed[place] ^= 1
        with suppress(Unreadable):
            assert not verify(bytes(changed)).valid, place


def test_a_changed_word_is_called_altered(agreement: bytes) -> None:
    assert verify(agreement.replace(b"/Title", b"/Titel", 1)).faults == (Fault.ALTERED,)


def test_something_behind_the_end(agreement: bytes) -> None:
    assert verify(agreement + b"\n").faults == (Fault.ADDED_TO,)
    assert verify(agreement + b"%" + b"more" * 100).faults == (Fault.ADDED_TO,)


def test_an_update_after_the_seal(agreement: bytes) -> None:
    writer = IncrementalPdfFileWriter(BytesIO(agreement))
    writer.root["/Lang"] = writer.root["/Type"]
    writer.update_root()
    out = BytesIO()
    writer.write(out)
    found = verify(out.getvalue())
    assert found.faults == (Fault.ADDED_TO,)
    assert found.text_sha256 == ""  # nothing is said of what an altered file holds
    assert verify(agreement).valid


def test_half_a_file_and_none(agreement: bytes) -> None:
    for broken in (b"", b"%PDF-1.7", b"hello", agreement[: len(agreement) // 2]):
        with pytest.raises(Unreadable):
            verify(broken)


def test_a_pdf_that_nobody_sealed(own_certificate: Path) -> None:
    assert verify(set_agreement(signed())).faults == (Fault.NO_SEAL,)


def test_what_hides_beside_the_signature(agreement: bytes) -> None:
    (one,) = PdfFileReader(BytesIO(agreement)).embedded_signatures
    after = one.byte_range[2]
    assert agreement[after - 5:after - 1] == b"0000"  # fmt: skip
    hidden = agreement[: after - 5] + b"beef" + agreement[after - 1 :]
    assert verify(hidden).faults == (Fault.ALTERED,)


def test_a_signature_that_the_key_did_not_make(agreement: bytes) -> None:
    (one,) = PdfFileReader(BytesIO(agreement)).embedded_signatures
    value = one.signer_info["signature"].native.hex().upper().encode()
    forged = agreement.replace(value, bytes(reversed(value)), 1)
    assert forged != agreement
    found = verify(forged)
    assert found.faults == (Fault.FALSE_SEAL,)
    assert found.text_sha256 == ""


def test_another_houses_seal(agreement: bytes, own_certificate: Path) -> None:
    own_certificate.write_bytes(made("Kettles & Co", NOON))  # it even takes the name
    known = own_certificate.parent / "sealed_with"
    ours = list(known.iterdir())
    theirs = sealed()
    (new,) = set(known.iterdir()) - set(ours)
    new.unlink()
    found = verify(theirs)
    assert (found.faults, found.trust) == ((Fault.NOT_OURS,), Trust.UNKNOWN)
    assert found.whole_faults == ()
    assert verify(agreement).valid


def test_who_has_never_sealed_goes_by_the_fingerprint(agreement: bytes, own_certificate: Path) -> None:
    (mine,) = own_fingerprints()
    shutil.rmtree(own_certificate.parent)  # the customer's own machine
    assert (verify(agreement).valid, verify(agreement).trust) == (True, Trust.UNKNOWN)
    spelt = ":".join(mine[i:i + 2] for i in range(0, 64, 2)).upper()  # fmt: skip
    assert (verify(agreement, fingerprint=spelt).valid, verify(agreement, fingerprint=mine).trust) == (
        True,
        Trust.NAMED,
    )
    assert verify(agreement, fingerprint="ab" * 32).faults == (Fault.NOT_OURS,)


def test_a_certificate_of_an_authority(settings: Settings, tmp_path: Path) -> None:
    settings.AMENDS_SEAL_CERTIFICATE, settings.AMENDS_SEAL_PASSWORD = str(brought(tmp_path)), PASSWORD
    file = sealed()
    assert verify(file).trust is Trust.OURS
    shutil.rmtree(Path(settings.AMENDS_DATA_DIR) / "keys")
    assert verify(file).trust is Trust.UNKNOWN
    assert verify(file, trusted=[root_certificate((tmp_path / "root.pem").read_bytes())]).trust is Trust.KNOWN
    with pytest.raises(ValueError, match="Insufficient data"):
        root_certificate(b"no certificate")


def test_nothing_is_sealed_with_a_certificate_that_has_ended(settings: Settings, tmp_path: Path) -> None:
    path = brought(tmp_path, ends=NOON)
    settings.AMENDS_SEAL_CERTIFICATE, settings.AMENDS_SEAL_PASSWORD = str(path), PASSWORD
    with pytest.raises(NoSeal, match="ended"):
        sealed()
    assert own_fingerprints() == frozenset()


def test_the_text_lies_in_it_to_the_byte(own_certificate: Path) -> None:
    text = "Ugoda 🫖\r\n\r\nZażółć  gęślą\tjaźń \n\n\n和解协议\n"
    file = sealed(text=text, language="pl")
    held = PdfReader(BytesIO(file)).attachments
    assert held["settlement.txt"] == [text.encode()]
    found = verify(file)
    assert (found.faults, found.text_sha256) == ((), digest(text))


def test_a_sealed_file_without_an_agreement(own_certificate: Path) -> None:
    out = BytesIO()
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    writer.write(out)
    plain = out.getvalue()
    file = seal(plain, at=SEALED_AT, reason="Agreement", house="Kettles & Co")
    assert verify(file).faults == (Fault.OTHER_TEXT,)


def test_evidence_that_names_another_text(own_certificate: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Signed, "text_sha256", "0" * 64)
    assert verify(sealed()).faults == (Fault.OTHER_TEXT,)


def test_at_is_the_time_in_the_seal(own_certificate: Path) -> None:
    when = datetime(2031, 5, 6, 7, 8, 9, tzinfo=UTC)
    file = seal(set_agreement(signed()), at=when, reason="Agreement", house="Kettles & Co")
    assert verify(file).at == when


def test_where_an_event_loop_runs_already(own_certificate: Path) -> None:
    async def inside() -> bool:
        return verify(sealed()).valid

    assert asyncio.run(inside())
