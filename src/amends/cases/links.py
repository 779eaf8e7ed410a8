"""The customer's secret link: signed, not stored, and ended by raising ``link_generation``."""

from django.conf import settings
from django.core import signing

from amends.cases.models import Complaint

_signer = signing.Signer(salt="amends.portal", sep=".")


def link_secret(complaint: Complaint) -> str:
    """What stands in the customer's link for this complaint."""
    return _signer.sign(f"{complaint.key}{complaint.link_generation}")


def link_url(complaint: Complaint) -> str:
    """The customer's link, whole, as it goes into a message."""
    return f"{settings.AMENDS_BASE_URL}/c/{link_secret(complaint)}/"


def complaint_of(secret: str) -> Complaint | None:
    """The complaint that a link opens; None for a false or ended one."""
    try:
        named = _signer.unsign(secret)
    except signing.BadSignature:
        return None
    rows = Complaint.objects.select_related("customer", "representative")
    complaint = rows.filter(key=named[:16]).first()
    ended = complaint is None or str(complaint.link_generation) != named[16:]
    return None if ended else complaint
