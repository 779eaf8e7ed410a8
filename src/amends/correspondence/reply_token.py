"""The address that a customer's answer comes back to: it names the complaint, and nobody can make one up.

A token is the complaint's key and ten letters of its signature, all small: mail servers change the case of
what stands before the @. It lasts as long as the complaint: a mail thread outlives a renewed link, and who
holds a token can only write to us about this complaint, or want no more invitations.
"""

import re
from base64 import b32encode
from email.utils import parseaddr

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

from amends.cases.models import Complaint

BLANK = "{token}"
_KEY, _SIGNATURE = 16, 10  # letters; 5 bits each
_TOKEN = f"[a-z2-9]{{{_KEY + _SIGNATURE}}}"


def address_for(complaint: Complaint) -> str:
    """Where answers about this complaint go; empty while AMENDS_MAIL_REPLY_TO is."""
    return str(settings.AMENDS_MAIL_REPLY_TO).replace(BLANK, token_of(complaint))


def complaint_of_address(address: str) -> Complaint | None:
    """The complaint that an address like that names; None for any other, a false or a made-up one.

    ``address`` may carry a name (``Our house <…>``), and be written in large or small letters.
    """
    pattern = re.escape(settings.AMENDS_MAIL_REPLY_TO.lower()).replace(re.escape(BLANK), f"({_TOKEN})")
    found = re.fullmatch(pattern, parseaddr(address)[1].strip().lower())
    return complaint_of_token(found[1]) if found and found.groups() else None


def token_of(complaint: Complaint) -> str:
    """The token of a complaint: 26 small letters and digits."""
    return complaint.key + _signature(complaint.key, settings.SECRET_KEY)


def stop_link(complaint: Complaint) -> str:
    """Where this customer says that they want no more invitations."""
    return f"{settings.AMENDS_BASE_URL}/invitations/{token_of(complaint)}"


def complaint_of_token(token: str) -> Complaint | None:
    """The complaint of a token; None if it is none of ours."""
    key, signature = token[:_KEY], token[_KEY:]
    secrets = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    if not any(constant_time_compare(signature, _signature(key, str(secret))) for secret in secrets):
        return None
    rows = Complaint.objects.select_related("customer", "representative")
    return rows.filter(key=key).first()


def _signature(key: str, secret: str) -> str:
    code = salted_hmac("amends.reply_token", key, secret=secret, algorithm="sha256").digest()
    return b32encode(code).decode().lower()[:_SIGNATURE]
