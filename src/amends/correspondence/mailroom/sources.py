"""AMENDS_MAIL_IN: from where mail is fetched, and where it is listened for."""

import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

_APART = re.compile(r"[\s,]+(?=[a-z]+://)", re.IGNORECASE)  # a comma inside an address is its own
PORTS = {"imap": 143, "imaps": 993, "smtp": 25, "lmtp": 24}


class WrongAddress(ValueError):
    """AMENDS_MAIL_IN cannot be meant like that. Its sentence never holds a password."""


@dataclass(frozen=True)
class Mailbox:
    """A folder of an IMAP server, and what is done with a message there once it is taken."""

    name: str  # as people may see it: without the password
    host: str
    port: int
    tls: bool
    user: str
    password: str
    folder: str = "INBOX"
    insecure: bool = False
    only_new: bool = False
    move: str = ""
    delete: bool = False


@dataclass(frozen=True)
class Door:
    """An address of this machine at which mail servers hand over mail."""

    name: str
    host: str
    port: int
    lmtp: bool
    also_for: frozenset[str] = frozenset()  # addresses, or whole domains as “@domain”, in small letters
    certificate: str = ""
    key: str = ""


type Source = Mailbox | Door


def configured() -> list[Source]:
    """What AMENDS_MAIL_IN, or the file that AMENDS_MAIL_IN_FILE names, says. Raises WrongAddress."""
    text = str(settings.AMENDS_MAIL_IN_SECRET)
    if not text and (file := str(settings.AMENDS_MAIL_IN_FILE)):
        try:
            text = Path(file).read_text(encoding="utf-8")
        except (OSError, ValueError) as error:
            raise WrongAddress(
                _("The file %(file)s cannot be read (%(error)s).") % {"file": file, "error": error}
            ) from error
    return sources(text)


def sources(text: str) -> list[Source]:
    """The addresses in a text, apart by spaces, lines or commas. Raises WrongAddress."""
    found = [source(one, number) for number, one in enumerate(_APART.split(text.strip(" \t\r\n,")), 1) if one]
    names = [one.name for one in found]
    if twice := next((name for name in names if names.count(name) > 1), ""):
        raise WrongAddress(_("%(name)s stands there twice.") % {"name": twice})
    return found


def source(url: str, number: int = 1) -> Source:
    """One address. ``number`` is its place among several, by which a broken one is called."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        which = _("Address %(number)d cannot be read.") % {"number": number}
        raise WrongAddress(f"{which} {_hint()}") from error
    scheme = parts.scheme.lower()
    if scheme not in PORTS:
        raise WrongAddress(
            _("Address %(number)d begins with none of imaps://, imap://, lmtp://, smtp://.")
            % {"number": number}
        )
    name = _shown(parts, port)
    if not parts.hostname or port == 0:
        raise WrongAddress(_("%(name)s names no server.") % {"name": name})
    make = _mailbox if scheme.startswith("imap") else _door
    return make(name, parts, port or PORTS[scheme])


def _mailbox(name: str, parts: SplitResult, port: int) -> Mailbox:
    options = _options(name, parts, {"move", "delete", "only", "insecure"})
    if not parts.username or not parts.password:
        raise WrongAddress(_("%(name)s needs a name and a password.") % {"name": name} + " " + _hint())
    if "move" in options and _is_on(options, "delete"):
        raise WrongAddress(_("%(name)s cannot both move and delete.") % {"name": name})
    if options.get("only", "new") != "new":
        raise WrongAddress(_("%(name)s: “only” can only be “new”.") % {"name": name})
    return Mailbox(
        name=name,
        host=parts.hostname or "",
        port=port,
        tls=parts.scheme.lower() == "imaps",
        user=unquote(parts.username),
        password=unquote(parts.password),
        folder=unquote(parts.path.strip("/")) or "INBOX",
        insecure=_is_on(options, "insecure"),
        only_new="only" in options,
        move=options.get("move", ""),
        delete=_is_on(options, "delete"),
    )


def _door(name: str, parts: SplitResult, port: int) -> Door:
    options = _options(name, parts, {"for", "certificate", "key"})
    if parts.username or parts.path.strip("/"):
        raise WrongAddress(_("%(name)s takes no name, password or folder.") % {"name": name})
    for file in (options.get("certificate", ""), options.get("key", "")):
        if file and not Path(file).is_file():
            raise WrongAddress(_("%(name)s: there is no file %(file)s.") % {"name": name, "file": file})
    if "key" in options and "certificate" not in options:
        raise WrongAddress(_("%(name)s has a key and no certificate.") % {"name": name})
    return Door(
        name=name,
        host=parts.hostname or "",
        port=port,
        lmtp=parts.scheme.lower() == "lmtp",
        also_for=frozenset(filter(None, re.split(r"[\s,]+", options.get("for", "").lower()))),
        certificate=options.get("certificate", ""),
        key=options.get("key", ""),
    )


def _options(name: str, parts: SplitResult, known: set[str]) -> dict[str, str]:
    options = dict(parse_qsl(parts.query, keep_blank_values=True))
    if unknown := sorted(options.keys() - known):
        told = {"name": name, "unknown": unknown[0], "known": ", ".join(sorted(known))}
        raise WrongAddress(_("%(name)s: “%(unknown)s” is no option. There are: %(known)s.") % told)
    if parts.fragment:
        raise WrongAddress(_("%(name)s holds a “#”.") % {"name": name} + " " + _hint())
    return options


def _is_on(options: dict[str, str], option: str) -> bool:
    return options.get(option, "0").lower() not in ("0", "", "no", "false")


def _shown(parts: SplitResult, port: int | None) -> str:
    """The address without the password, the options and a port that goes without saying."""
    scheme = parts.scheme.lower()
    user = f"{unquote(parts.username)}@" if parts.username else ""
    host = parts.hostname or ""
    host = f"[{host}]" if ":" in host else host
    where = "" if port in (None, PORTS[scheme]) else f":{port}"
    folder = "/" + (unquote(parts.path.strip("/")) or "INBOX") if scheme.startswith("imap") else ""
    return f"{scheme}://{user}{host}{where}{folder}"[:200]


def _hint() -> str:
    return _(
        "Special characters in names and passwords are written as percent codes: “@” as %40, “/” as %2F."
    )
