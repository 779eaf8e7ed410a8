"""Which addresses are the house's own: mail for any other is not taken at the door."""

from collections.abc import Set
from email.utils import parseaddr

from django.conf import settings

from amends.correspondence.reply_token import BLANK


def is_ours(address: str, also: Set[str] = frozenset()) -> bool:
    """Whether mail for this address is the house's: its sender address, also with a detail behind a plus
    sign, the reply addresses of complaints, and those of ``also`` (addresses, or domains as “@domain”)."""
    local, _, domain = address.strip().lower().rpartition("@")
    plain, _, _ = local.partition("+")
    names = {f"{local}@{domain}", f"{plain}@{domain}", f"@{domain}"}
    return bool(names & (also | {_own()})) or _is_reply_address(f"{local}@{domain}")


def _own() -> str:
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1].lower()


def _is_reply_address(address: str) -> bool:
    """By its form; whether the token is a true one is asked when the mail is read."""
    before, blank, after = parseaddr(settings.AMENDS_MAIL_REPLY_TO)[1].lower().partition(BLANK)
    fits = address.startswith(before) and address.endswith(after)
    return bool(blank) and fits and len(address) > len(before) + len(after)
