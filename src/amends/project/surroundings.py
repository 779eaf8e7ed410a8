"""What ``amends check`` looks at: each finding is one sentence, and what to do if it is wrong."""

import os
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.core.mail import mailers
from django.core.mail.backends.smtp import EmailBackend
from django.db import DatabaseError, connection
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from amends.cases.rhythm import silent_cases
from amends.correspondence.mailroom.loopback import is_loopback
from amends.correspondence.mailroom.sources import Door, WrongAddress, configured
from amends.correspondence.reply_token import BLANK
from amends.kit.clock import now
from amends.people.models import StaffMember
from amends.project.database import State, state
from amends.project.env import SETTINGS

DISK_LEFT = 500 * 1024 * 1024  # bytes: below this a house should make room
RENEW_BEFORE = timedelta(days=30)  # a certificate is not got in a day


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at. ``advice`` is empty if all is well; ``grave`` fails the check."""

    what: str
    advice: str = ""
    grave: bool = True


def findings() -> Iterator[Finding]:
    """Everything that was looked at, in the order in which it matters."""
    for look in (
        _python,
        _names,
        _data_dir,
        _disk,
        _database,
        _secret,
        _address,
        _mail,
        _mail_in,
        _seal,
        _translations,
    ):
        yield from look()


def _python() -> Iterator[Finding]:
    yield Finding(_("Python %(version)s") % {"version": sys.version.split()[0]})


def _names() -> Iterator[Finding]:
    known = {setting.name for setting in SETTINGS}
    for name in sorted(name for name in os.environ if name.startswith("AMENDS_") and name not in known):
        yield Finding(name, _("There is no such setting. See docs/settings.md for their names."), grave=False)


def _data_dir() -> Iterator[Finding]:
    folder = Path(settings.AMENDS_DATA_DIR)
    what = _("Data folder %(folder)s") % {"folder": folder}
    writable = folder.is_dir() and os.access(folder, os.W_OK | os.X_OK)
    yield Finding(
        what, "" if writable else _("It cannot be written to. Give it to this user, or set AMENDS_DATA_DIR.")
    )


def _disk() -> Iterator[Finding]:
    folder = Path(settings.AMENDS_DATA_DIR)
    if folder.is_dir() and (free := shutil.disk_usage(folder).free) < DISK_LEFT:
        what = _("%(megabytes)d MB left on its disk") % {"megabytes": free // 1_000_000}
        yield Finding(what, _("Make room: documents and letters are kept there."), grave=False)


def _database() -> Iterator[Finding]:
    what = _("Database: %(engine)s") % {"engine": connection.display_name}
    try:
        stands = state()
    except DatabaseError as error:
        yield Finding(what, _("It does not answer (%(error)s). See AMENDS_DATABASE_URL.") % {"error": error})
        return
    advice = {
        State.READY: "",
        State.EMPTY: _("It is empty. Run: amends migrate"),
        State.BEHIND: _("It was made by an older version. Take a backup, then run: amends migrate"),
    }
    yield Finding(what, advice[stands])
    if stands is State.READY:
        staff = StaffMember.objects.filter(is_active=True).count()
        people = ngettext("%(count)d person can sign in", "%(count)d people can sign in", staff)
        yield Finding(
            people % {"count": staff}, "" if staff else _("Add the first: amends createuser"), grave=False
        )
        yield from _rhythm()


def _rhythm() -> Iterator[Finding]:
    """Only said where the promise is broken."""
    silent = silent_cases(now()).order_by("received_at", "pk")
    if count := silent.count():
        first = ", ".join(silent.values_list("reference", flat=True)[:5])
        what = ngettext(
            "%(count)d complaint whose customer hears nothing",
            "%(count)d complaints whose customers hear nothing",
            count,
        )
        yield Finding(
            what % {"count": count}, _("Give them to somebody who writes today: %(first)s") % {"first": first}
        )


def _secret() -> Iterator[Finding]:
    what = _("Secret key")
    if len(settings.SECRET_KEY) < 32:
        yield Finding(what, _("It is shorter than 32 characters. Remove it, and a good one is made."))
        return
    made = Path(settings.AMENDS_DATA_DIR) / "secret_key"
    others = made.exists() and made.stat().st_mode & 0o077
    yield Finding(what, _("Others can read it. Run: chmod 600 %(file)s") % {"file": made} if others else "")


def _address() -> Iterator[Finding]:
    what = _("Customers reach the house at %(url)s") % {"url": settings.AMENDS_BASE_URL}
    local = "localhost" in settings.AMENDS_BASE_URL or "127.0.0.1" in settings.AMENDS_BASE_URL
    if settings.AMENDS_BASE_URL.startswith("https://"):
        yield Finding(what)
    elif local:
        yield Finding(
            what,
            _("Good for trying it out. For customers, set AMENDS_BASE_URL to an https address."),
            grave=False,
        )
    else:
        yield Finding(
            what,
            _("Without https anybody on the way can read along. Set AMENDS_BASE_URL to an https address."),
        )
    if settings.DEBUG:
        yield Finding("AMENDS_DEBUG", _("Errors show the program’s inside to everybody. Set it to 0."))


def _mail() -> Iterator[Finding]:
    answers = str(settings.AMENDS_MAIL_REPLY_TO)
    if answers and (answers.count(BLANK) != 1 or "@" not in answers):
        advice = _(
            "Write {token} once where the name of the complaint goes: complaints+{token}@house.example"
        )
        yield Finding("AMENDS_MAIL_REPLY_TO", advice)
    mailer = mailers.default
    if not isinstance(mailer, EmailBackend):
        backend = type(mailer).__module__
        what = (
            _("Mail goes to the folder “mail”") if "filebased" in backend else _("Mail goes to the terminal")
        )
        yield Finding(what, _("Nothing reaches customers. Set AMENDS_MAIL_URL to smtp://…"), grave=False)
        return
    what = _("Mail goes out through %(host)s:%(port)d") % {
        "host": mailer.host,
        "port": mailer.port,
    }
    try:
        mailer.timeout = 5
        with mailer:
            yield Finding(what)
    except OSError as error:
        yield Finding(what, _("It does not answer (%(error)s). See AMENDS_MAIL_URL.") % {"error": error})


def _mail_in() -> Iterator[Finding]:
    try:
        sources = configured()
    except WrongAddress as wrong:
        yield Finding("AMENDS_MAIL_IN", str(wrong))
        sources = []
    for source in sources:
        what = _("Mail comes in by %(source)s") % {"source": source.name}
        open_to_others = isinstance(source, Door) and not is_loopback(source.host)
        advice = _("Other machines reach it. It takes mail for the house’s addresses only.")
        yield Finding(what, advice if open_to_others else "", grave=False)
    if (secret := settings.ANYMAIL["WEBHOOK_SECRET"]) and ":" not in secret:
        yield Finding("AMENDS_MAIL_WEBHOOK_SECRET", _("Write it as user:password."))


def _seal() -> Iterator[Finding]:
    # Here: the libraries of the seal take a while to load, and every other command goes without them.
    from amends.correspondence.sealing.certificate import NoSeal, made_already, seal_certificate

    if not settings.AMENDS_SEAL_CERTIFICATE and not made_already():
        yield Finding(_("Agreements are sealed with a certificate of the house’s own, made at first use"))
    else:
        try:
            found = seal_certificate(now())
        except NoSeal as why:
            yield Finding(_("The seal on agreements"), f"{why} {_('See docs/agreement.md.')}")
        else:
            said = {"name": found.name, "day": found.until.date().isoformat()}
            what = _("Agreements are sealed with the certificate of %(name)s, until %(day)s") % said
            soon = found.until - now() < RENEW_BEFORE
            yield Finding(what, _("Get a new one before it ends.") if soon else "", grave=False)
    yield from _time_stamps()


def _time_stamps() -> Iterator[Finding]:
    if url := settings.AMENDS_SEAL_TIMESTAMP_URL:
        from amends.correspondence.sealing.time_stamp import TimestampRequestError, ask_for_one

        what = _("Time-stamps come from %(url)s") % {"url": url}
        try:
            ask_for_one(url)
            yield Finding(what)
        except TimestampRequestError as problem:
            advice = _("None came (%(error)s). See AMENDS_SEAL_TIMESTAMP_URL.")
            yield Finding(what, advice % {"error": problem})


def _translations() -> Iterator[Finding]:
    folders = [Path(folder) for folder in settings.LOCALE_PATHS]
    sources = [source for folder in folders for source in folder.glob("*/LC_MESSAGES/*.po")]
    missing = sorted(s.parts[-3] for s in sources if not s.with_suffix(".mo").exists())
    languages = {"languages": ", ".join(missing)}
    advice = _("Not compiled: %(languages)s. Run: make messages") % languages if missing else ""
    yield Finding(_("Translations"), advice)
