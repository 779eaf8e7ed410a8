"""The link of somebody outside to the one duty that was entrusted to them: signed, not stored.

It ends when the duty is done, when it is dropped with its agreement, and when ``link_generation`` is raised:
the duty was entrusted to somebody else.
"""

from dataclasses import dataclass

from django.conf import settings
from django.core import signing

from amends.cases.models import Duty

_signer = signing.Signer(salt="amends.duty", sep=".")
_KEY = 16


@dataclass(frozen=True)
class Opened:
    """What a link leads to. ``duty`` is None where it leads to nothing any more."""

    duty: Duty | None
    done: bool = False  # by them, or by somebody in the house


def duty_secret(duty: Duty) -> str:
    """What stands in the link to this duty."""
    return _signer.sign(f"{duty.key}{duty.link_generation}")


def duty_url(duty: Duty) -> str:
    """The link, whole, as it goes into a mail; empty for a duty that nobody outside has."""
    return f"{settings.AMENDS_BASE_URL}/duties/{duty_secret(duty)}" if duty.entrusted_to else ""


def opened_by(secret: str) -> Opened | None:
    """What this link opens; None for one that was never given out."""
    try:
        named = _signer.unsign(secret)
    except signing.BadSignature:
        return None
    rows = Duty.objects.select_related(
        "complaint__customer", "complaint__handler", "remedy__plan", "remedy__issue", "waits_for__remedy"
    )
    duty = rows.filter(key=named[:_KEY]).first()
    if duty is None or str(duty.link_generation) != named[_KEY:]:
        return Opened(None)
    return Opened(duty, done=duty.done_at is not None)
