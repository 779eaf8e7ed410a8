"""Reading settings from the environment, with a table of all of them for the docs and for ``amends check``."""

import os
import secrets
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Setting:
    """One environment variable: its name, what holds without it, and what it is for."""

    name: str
    default: str
    meaning: str


SETTINGS: tuple[Setting, ...] = (
    Setting("AMENDS_DATA_DIR", "var", "folder for the database, documents and keys"),
    Setting("AMENDS_DATABASE_URL", "sqlite:///<data dir>/amends.sqlite3", "`sqlite:///…` or `postgresql://…`"),
    Setting("AMENDS_SECRET_KEY", "made at first start, in <data dir>/secret_key", "signs links and sessions"),
    Setting("AMENDS_SECRET_KEY_FILE", "", "a file that holds the secret key"),
    Setting("AMENDS_BASE_URL", "http://localhost:8000", "how customers reach the house; https here makes cookies secure"),
    Setting("AMENDS_ALLOWED_HOSTS", "host of the base URL, localhost", "further host names, comma-separated"),
    Setting("AMENDS_HOUSE_NAME", "Our house", "the company's name as customers see it"),
    Setting("AMENDS_TIME_ZONE", "Europe/Stockholm", "the house's time zone"),
    Setting("AMENDS_LANGUAGE", "en", "language where a person has not chosen one"),
    Setting("AMENDS_MAIL_URL", "file", "`smtp://user:password@host:port`, `smtps://…`, `file` (to <data dir>/mail) or `console`"),
    Setting("AMENDS_MAIL_FROM", "complaints@localhost", "sender of mails to customers"),
    Setting("AMENDS_MAIL_REPLY_TO", "", "where answers go, such as `complaints+{token}@house.example`: the token names the complaint; empty: to the sender"),
    Setting("AMENDS_APPROVAL_MAILS", "1 with a mail server, 0 without", "1: who may approve a plan is asked by mail, with a link to answer by; 0: they see it on Today alone"),
    Setting("AMENDS_MAIL_IN", "", "where mail comes from: `imaps://user:password@host/INBOX`, `lmtp://127.0.0.1:8024` …, several apart by spaces; see docs/mail-in.md"),
    Setting("AMENDS_MAIL_IN_FILE", "", "a file that holds the same, so that passwords need not stand in the environment"),
    Setting("AMENDS_MAIL_WEBHOOK_SECRET", "", "`user:password` with which a mail provider may hand over mail; empty: none may"),
    Setting("AMENDS_MAIL_WEBHOOK_SECRET_FILE", "", "a file that holds the same"),
    Setting("AMENDS_MAIL_WEBHOOK_KEY", "", "the key with which Mailgun signs what it hands over"),
    Setting("AMENDS_REWORDING_URL", "", "an OpenAI-compatible endpoint such as `http://127.0.0.1:8080/v1` that suggests other wordings; empty: none is asked, and no text leaves the machine"),
    Setting("AMENDS_REWORDING_MODEL", "", "the name of the model that is asked there"),
    Setting("AMENDS_REWORDING_KEY", "", "its key, if it wants one"),
    Setting("AMENDS_REWORDING_KEY_FILE", "", "a file that holds the key"),
    Setting("AMENDS_SEAL_CERTIFICATE", "made at first use, in <data dir>/keys", "a PKCS#12 file (.p12, .pfx) with the certificate that seals agreements; see docs/agreement.md"),
    Setting("AMENDS_SEAL_PASSWORD", "", "its password"),
    Setting("AMENDS_SEAL_PASSWORD_FILE", "", "a file that holds the password"),
    Setting("AMENDS_SEAL_TIMESTAMP_URL", "", "an RFC 3161 time-stamp authority such as `https://tsa.example/rfc3161`; empty: the house’s own clock"),
    Setting("AMENDS_WEBHOOKS_NETWORKS", "", "networks of the house that webhooks may go to, such as `10.1.0.0/16 127.0.0.1/32`; empty: public addresses only; see docs/webhooks.md"),
    Setting("AMENDS_WEBHOOKS_HTTP", "0", "1 lets webhooks go by http too, where their words can be read on the way"),
    Setting("AMENDS_WEB_WORKERS", "2", "processes that answer requests; one per processor core is a good number"),
    Setting("AMENDS_WEB_THREADS", "3", "requests that each of them works at at the same time"),
    Setting("AMENDS_DEBUG", "0", "1 shows errors in the browser; never in production"),
)  # fmt: skip

_defaults = {s.name: s.default for s in SETTINGS}


def read(name: str, default: str | None = None) -> str:
    """The value of a setting of the table. KeyError for a name that the table does not have."""
    fallback = _defaults[name] if default is None else default
    return os.environ.get(name) or fallback


def secret(name: str) -> str:
    """A setting that may stand in a file of its own (``<name>_FILE``); empty if there is neither."""
    if (value := read(name)) or not (named := read(f"{name}_FILE")):
        return value
    return Path(named).read_text(encoding="utf-8").strip()


def secret_key(data_dir: Path) -> str:
    """The house's secret: from the environment, a named file, or made once in the data folder."""
    if key := os.environ.get("AMENDS_SECRET_KEY"):
        return key
    if named := os.environ.get("AMENDS_SECRET_KEY_FILE"):
        return Path(named).read_text().strip()
    path = data_dir / "secret_key"
    data_dir.mkdir(parents=True, exist_ok=True)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text().strip()
    with os.fdopen(descriptor, "w") as file:
        file.write(key := secrets.token_urlsafe(50))
    return key
