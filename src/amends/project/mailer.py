"""Where mails to customers go: AMENDS_MAIL_URL as an entry of Django's MAILERS."""

from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

_BACKENDS = "django.core.mail.backends"
PATIENCE = 20  # seconds to wait for the mail server before the mail is tried again later


def mailer(url: str, data_dir: Path) -> dict[str, Any]:
    """``smtp://user:password@host:port``, ``smtps://…``, ``console``, or ``file`` (into <data dir>/mail).

    Over smtp:// a name and password are only sent after STARTTLS.
    """
    parts = urlsplit(url)
    if parts.scheme in ("smtp", "smtps"):
        secure = parts.scheme == "smtps"
        options = {
            "host": parts.hostname or "localhost",
            "port": parts.port or (465 if secure else 25),
            "username": unquote(parts.username or ""),
            "password": unquote(parts.password or ""),
            "use_ssl": secure,
            "use_tls": not secure and bool(parts.username),
            "timeout": PATIENCE,
        }
        return {"BACKEND": "amends.correspondence.smtp.Backend", "OPTIONS": options}
    if parts.path == "console":
        return {"BACKEND": f"{_BACKENDS}.console.EmailBackend"}
    return {"BACKEND": f"{_BACKENDS}.filebased.EmailBackend", "OPTIONS": {"file_path": data_dir / "mail"}}
