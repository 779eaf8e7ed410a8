"""``amends check``: what is wrong is said in plain words, with what to do."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import DatabaseError
from pytest_django.fixtures import Settings

from amends.kit.clock import now
from amends.project import surroundings
from amends.project.mailer import mailer
from amends.project.surroundings import Finding, findings
from tests.conftest import House
from tests.correspondence.sealing.conftest import PASSWORD, brought


@pytest.fixture(autouse=True)
def good_house(settings: Settings) -> None:
    settings.AMENDS_BASE_URL = "https://complaints.house.example"


def wrong() -> list[Finding]:
    """What has advice."""
    return [finding for finding in findings() if finding.advice]


def only(*parts: str) -> Finding:
    """The one finding with advice beside mail, which goes nowhere in tests; it holds these words."""
    (found,) = [f for f in wrong() if "mail" not in f.what.lower()]
    assert all(part in f"{found.what}: {found.advice}" for part in parts), found
    return found


def test_a_house_in_order(house: House, capsys: pytest.CaptureFixture[str]) -> None:
    assert [f for f in wrong() if f.grave] == []
    call_command("check")
    assert "Everything is ready to run." in capsys.readouterr().out


def test_nobody_works_here_yet(db: None) -> None:
    assert not only("0 people", "amends createuser").grave


def test_an_unknown_setting(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AMENDS_DATABSE_URL", "sqlite:///x")
    assert not only("AMENDS_DATABSE_URL", "There is no such setting").grave


def test_customers_without_https(house: House, settings: Settings) -> None:
    settings.AMENDS_BASE_URL = "http://complaints.house.example"
    assert only("http://complaints.house.example", "https").grave
    settings.AMENDS_BASE_URL = "http://localhost:8000"
    assert not only("http://localhost:8000", "trying it out").grave


def test_short_secret(house: House, settings: Settings) -> None:
    settings.SECRET_KEY = "short"
    assert only("Secret key", "shorter than 32").grave


def test_no_data_dir(house: House, settings: Settings) -> None:
    settings.AMENDS_DATA_DIR = settings.AMENDS_DATA_DIR / "missing"
    assert only("missing", "cannot be written to").grave


def test_database_away(
    house: House, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def away() -> None:
        raise DatabaseError("connection refused")

    monkeypatch.setattr(surroundings, "state", away)
    assert only("does not answer (connection refused)", "AMENDS_DATABASE_URL").grave
    with pytest.raises(SystemExit) as end:
        call_command("check")
    assert end.value.code == 1
    assert "Everything is ready to run." not in capsys.readouterr().out


def test_mail_server_away(house: House, settings: Settings, unused_port: int) -> None:
    settings.MAILERS = {"default": mailer(f"smtp://127.0.0.1:{unused_port}", settings.AMENDS_DATA_DIR)}
    (found,) = wrong()
    assert found.grave
    assert found.what == f"Mail goes out through 127.0.0.1:{unused_port}"
    assert "AMENDS_MAIL_URL" in found.advice


@pytest.mark.parametrize(
    ("address", "wrongly"),
    [
        ("complaints+{token}@house.example", False),
        ("", False),
        ("complaints@house.example", True),
        ("{token}{token}@house.example", True),
        ("{token}", True),
    ],
)
def test_where_answers_go(house: House, settings: Settings, address: str, wrongly: bool) -> None:
    settings.AMENDS_MAIL_REPLY_TO = address
    assert ["AMENDS_MAIL_REPLY_TO" for f in wrong() if f.what == "AMENDS_MAIL_REPLY_TO"] == [
        "AMENDS_MAIL_REPLY_TO"
    ] * wrongly


def test_where_mail_comes_from(house: House, settings: Settings) -> None:
    settings.AMENDS_MAIL_IN_SECRET = (
        "imaps://desk:hush@mail.example smtp://127.0.0.1:8025 lmtp://0.0.0.0:8024"
    )
    said = [f for f in findings() if f.what.startswith("Mail comes in")]
    assert [(f.what, bool(f.advice), f.grave) for f in said] == [
        ("Mail comes in by imaps://desk@mail.example/INBOX", False, False),
        ("Mail comes in by smtp://127.0.0.1:8025", False, False),
        ("Mail comes in by lmtp://0.0.0.0:8024", True, False),
    ]


def test_mail_from_nowhere(house: House, settings: Settings) -> None:
    settings.AMENDS_MAIL_IN_SECRET = "imaps://desk@mail.example"
    (found,) = [f for f in wrong() if f.what == "AMENDS_MAIL_IN"]
    assert found.grave
    assert found.advice.startswith("imaps://desk@mail.example/INBOX needs a name and a password.")


@pytest.mark.parametrize(("secret", "grave"), [("", False), ("provider:p/w", False), ("password", True)])
def test_the_password_of_a_mail_provider(house: House, settings: Settings, secret: str, grave: bool) -> None:
    settings.ANYMAIL = {"WEBHOOK_SECRET": secret, "MAILGUN_WEBHOOK_SIGNING_KEY": ""}
    assert [f.grave for f in wrong() if f.what == "AMENDS_MAIL_WEBHOOK_SECRET"] == [True] * grave


@pytest.fixture
def unused_port() -> int:
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_a_certificate_that_does_not_open(house: House, settings: Settings, tmp_path: Path) -> None:
    settings.AMENDS_SEAL_CERTIFICATE = str(tmp_path / "seal.p12")
    assert only("The seal on agreements", "No such file", "docs/agreement.md").grave
    (tmp_path / "seal.p12").write_text("hello")
    assert only("The seal on agreements", "the password is wrong").grave
    assert not (tmp_path / "keys").exists()  # looking makes nothing


def test_a_certificate_that_ends_soon(house: House, settings: Settings, tmp_path: Path) -> None:
    path = brought(tmp_path, begins=now() - timedelta(days=300), ends=now() + timedelta(days=29))
    settings.AMENDS_SEAL_CERTIFICATE, settings.AMENDS_SEAL_PASSWORD = str(path), PASSWORD
    found = only("Kettles & Co, sealed", "Get a new one before it ends.")
    assert not found.grave
    brought(tmp_path, begins=now() - timedelta(days=300), ends=now() + timedelta(days=31))
    assert "Kettles & Co, sealed" in "".join(f.what for f in findings() if not f.advice)


def test_no_time_stamps(house: House, settings: Settings) -> None:
    settings.AMENDS_SEAL_TIMESTAMP_URL = "http://127.0.0.1:9/"
    assert only("Time-stamps come from http://127.0.0.1:9/", "None came").grave
