"""``amends verify-agreement``: what it says of a file, and its exit status."""

import io
import json
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.core.management import call_command
from pytest_django.fixtures import Settings

from amends.correspondence.sealing.agreement_pdf import set_agreement
from amends.correspondence.sealing.certificate import own_fingerprints
from amends.correspondence.sealing.seal import seal
from amends.correspondence.sealing.self_made import made
from amends.kit.chain import digest
from tests.correspondence.sealing.conftest import NOON, TEXT, signed


@pytest.fixture(scope="module")
def pem() -> bytes:
    return made("Kettles & Co", NOON)


@pytest.fixture
def file(db: None, settings: Settings, tmp_path: Path, pem: bytes) -> Path:
    """A sealed agreement of this house."""
    key = Path(settings.AMENDS_DATA_DIR) / "keys" / "seal.pem"
    key.parent.mkdir()
    key.write_bytes(pem)
    path = tmp_path / "agreement.pdf"
    at = datetime(2026, 3, 2, 12, 0, 5, tzinfo=UTC)
    path.write_bytes(seal(set_agreement(signed()), at=at, reason="Agreement", house="Kettles & Co"))
    return path


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    """Exit status, standard output, standard error."""
    capsys.readouterr()
    status = 0
    try:
        call_command("verify_agreement", *map(str, arguments))
    except SystemExit as ended:
        status = int(ended.code or 0)
    said = capsys.readouterr()
    return status, said.out, said.err


def test_a_whole_one(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, said, errors = run(capsys, file)
    assert (status, errors) == (0, "")
    (mine,) = own_fingerprints()
    assert said.splitlines() == [
        str(file),
        "  Nothing in it has changed since it was sealed, and the seal covers all of it.",
        "  Sealed by Kettles & Co, 2 March 2026, 13:00:05 (UTC+01:00) by its own clock.",
        "  The certificate is this house’s.",
        f"  Fingerprint of the certificate (SHA-256): {mine}",
        "  Agreement on complaint 2026-00042, signed by Clara Customer.",
        f"  SHA-256 of the text that was signed: {digest(TEXT)}",
        "  It is not on file here.",
    ]


def test_an_altered_one(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file.write_bytes(file.read_bytes().replace(b"/Title", b"/Titel", 1))
    status, said, _ = run(capsys, file)
    assert status == 1
    assert "It was altered after it was sealed." in said
    assert "Nothing in it has changed" not in said
    assert digest(TEXT) not in said


def test_one_with_something_behind(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file.write_bytes(file.read_bytes() + b"\n")
    status, said, _ = run(capsys, file)
    assert status == 1
    assert "Something was added after it was sealed" in said


def test_no_pdf_and_no_file(file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = tmp_path / "letter.txt"
    text.write_text("Dear Clara")
    status, said, errors = run(capsys, text, tmp_path / "gone.pdf", file)
    assert status == 2
    assert f"{text}: it cannot be read as a PDF" in errors
    assert "gone.pdf: it cannot be read" in errors
    assert "Nothing in it has changed" in said  # the others are looked at


def test_as_json(file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "none.pdf").write_bytes(b"hello")
    status, said, errors = run(capsys, "--json", file, tmp_path / "none.pdf")
    assert (status, errors) == (2, "")
    first, second = map(json.loads, said.splitlines())
    assert first["valid"] is True
    assert first["faults"] == []
    assert (first["sealed_by"], first["sealed_at"]) == ("Kettles & Co", "2026-03-02T12:00:05+00:00")
    assert (first["certificate"], first["on_file"]) == ("ours", "no")
    assert first["text_sha256"] == first["evidence"]["text_sha256"] == digest(TEXT)
    assert (second["file"], second["valid"]) == (str(tmp_path / "none.pdf"), False)
    assert "%PDF" in second["unreadable"]


def test_on_the_customers_own_machine(
    file: Path, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    (mine,) = own_fingerprints()
    shutil.rmtree(Path(settings.AMENDS_DATA_DIR) / "keys")
    status, said, _ = run(capsys, file)
    assert status == 0
    assert "Nobody here knows the certificate. Compare its fingerprint" in said
    status, said, _ = run(capsys, "--fingerprint", mine.upper(), file)
    assert status == 0
    assert "The certificate has the fingerprint that you gave." in said
    status, said, _ = run(capsys, "--fingerprint", "0" * 64, file)
    assert status == 1
    assert "But it was not sealed with the certificate that is asked for." in said


def test_somebody_elses_seal(file: Path, settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    known = Path(settings.AMENDS_DATA_DIR) / "keys" / "sealed_with"
    (ours,) = known.iterdir()
    ours.rename(known / f"{'0' * 64}.pem")
    status, said, _ = run(capsys, file)
    assert status == 1
    assert "But this house did not seal it." in said


def test_from_standard_input(
    file: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    stdin = io.TextIOWrapper(io.BytesIO(file.read_bytes()))
    monkeypatch.setattr("sys.stdin", stdin)
    assert run(capsys, "-")[0] == 0


def test_a_root_that_is_none(file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "root.pem").write_text("no certificate")
    status, _, errors = run(capsys, "--trust", tmp_path / "root.pem", file)
    assert status == 2
    assert "root.pem" in errors
    assert run(capsys, "--trust", tmp_path / "gone.pem", file)[0] == 2
