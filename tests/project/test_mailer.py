"""AMENDS_MAIL_URL, as Django's MAILERS."""

from pathlib import Path
from typing import Any

import pytest

from amends.project.mailer import mailer

VAR = Path("/data")


@pytest.mark.parametrize(
    ("url", "backend", "options"),
    [
        ("file", "filebased", {"file_path": VAR / "mail"}),
        ("console", "console", {}),
        ("smtp://localhost", "smtp", {"port": 25, "use_tls": False, "use_ssl": False, "username": ""}),
        (
            "smtp://an%40n:p%2Fw@mail.example:587",
            "smtp",
            {"host": "mail.example", "port": 587, "use_tls": True, "username": "an@n", "password": "p/w"},
        ),
        ("smtps://mail.example", "smtp", {"port": 465, "use_tls": False, "use_ssl": True}),
    ],
)
def test_the_address_says_how(url: str, backend: str, options: dict[str, Any]) -> None:
    entry = mailer(url, VAR)
    django = f"django.core.mail.backends.{backend}.EmailBackend"
    assert entry["BACKEND"] == ("amends.correspondence.smtp.Backend" if backend == "smtp" else django)
    assert {name: entry["OPTIONS"][name] for name in options} == options
