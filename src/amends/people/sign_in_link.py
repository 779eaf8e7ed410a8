"""A link that signs one member of staff in, once: for the first day, and for who forgot their password.

The link is signed with the house's secret and names the person and when it ends; nothing is stored until it
is used. Looking at it does not use it up, because mail programs open links to look for harm.
"""

from datetime import datetime, timedelta
from enum import StrEnum
from urllib.parse import urlsplit

from django.conf import settings
from django.core import signing

from amends.kit.chain import digest
from amends.kit.keys import new_key
from amends.kit.models import Once
from amends.kit.once import once
from amends.people.models import StaffMember

LIFETIME = timedelta(hours=24)
PATH = "/sign-in/link/"
_SALT = "amends.sign-in-link"
_SCOPE = "sign-in link"


class Void(StrEnum):
    """Why a link does not sign anybody in."""

    WRONG = "wrong"  # not made by this house, or cut off when it was copied
    EXPIRED = "expired"
    USED = "used"
    LEFT = "left"  # the person does not work here any more


class LinkVoid(Exception):
    """The link does not sign anybody in; ``why`` says what is the matter."""

    def __init__(self, why: Void) -> None:
        super().__init__(why)
        self.why = why


def make_sign_in_link(staff: StaffMember, *, at: datetime, base_url: str = "") -> str:
    """The whole link for ``staff``, valid for 24 hours from ``at``. ``base_url``: else the house's own."""
    ends = int((at + LIFETIME).timestamp())
    token = signing.dumps([staff.key, ends, new_key()], salt=_SALT)
    return f"{(base_url or settings.AMENDS_BASE_URL).rstrip('/')}{PATH}{token}"


def token_of(link: str) -> str:
    """The part of a link that names the person."""
    return urlsplit(link).path.removeprefix(PATH)


def who(token: str, *, at: datetime) -> StaffMember:
    """Whom the link would sign in. Does not use it up. Raises LinkVoid."""
    try:
        key, ends, nonce = signing.loads(token, salt=_SALT)
    except (signing.BadSignature, ValueError):
        raise LinkVoid(Void.WRONG) from None
    if at.timestamp() > ends:
        raise LinkVoid(Void.EXPIRED)
    if Once.objects.filter(scope=_SCOPE, key=nonce).exists():
        raise LinkVoid(Void.USED)
    staff = StaffMember.objects.filter(key=key, is_active=True).first()
    if staff is None:
        raise LinkVoid(Void.LEFT)
    return staff


def use(token: str, *, at: datetime) -> StaffMember:
    """Use the link up and say whom it signs in. Two at the same moment: one gets in. Raises LinkVoid."""
    staff = who(token, at=at)
    nonce = signing.loads(token, salt=_SALT)[2]
    if once(_SCOPE, nonce, digest(token), lambda: (200, {})).repeated:
        raise LinkVoid(Void.USED)
    return staff
