"""The one-time code with which a customer signs.

The code is an HMAC over the row's nonce with the house's secret, cut to six digits: it is sent, and
stored nowhere. Five wrong tries or fifteen minutes end it.
"""

from datetime import datetime, timedelta

from django.db.models import F
from django.utils.crypto import constant_time_compare, salted_hmac

from amends.cases.models import Offer, SigningCode

LIFETIME = timedelta(minutes=15)
TRIES = 5


def code_of(row: SigningCode) -> str:
    """The six digits that were sent for this row."""
    value = salted_hmac("amends.signing", f"{row.offer_id}:{row.nonce}", algorithm="sha256").hexdigest()
    return f"{int(value, 16) % 1_000_000:06d}"


def usable_code(offer: Offer, at: datetime) -> SigningCode | None:
    """The newest code of this offer, if it can still be used."""
    row = SigningCode.objects.filter(offer=offer).order_by("-pk").first()
    usable = row is not None and row.used_at is None and row.wrong_tries < TRIES and row.expires_at > at
    return row if usable else None


def check_code(offer: Offer, typed: str, at: datetime) -> SigningCode | None:
    """The code's row if ``typed`` is right. A wrong one is counted.

    Ask outside a transaction that a refusal would roll back: the count must stay, or it could be guessed.
    """
    row = usable_code(offer, at)
    if row is None:
        return None
    # The try is counted before it is looked at: many at the same moment are five all the same.
    counted = SigningCode.objects.filter(pk=row.pk, wrong_tries__lt=TRIES)
    if not counted.update(wrong_tries=F("wrong_tries") + 1):
        return None
    if not constant_time_compare(code_of(row), "".join(typed.split())):
        return None
    SigningCode.objects.filter(pk=row.pk).update(wrong_tries=F("wrong_tries") - 1)
    return row
