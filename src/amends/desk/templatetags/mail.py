"""What pages say of mail that came in."""

from collections.abc import Mapping, Sequence

from django import template
from django.utils.functional import Promise

from amends.correspondence.models import Arrival
from amends.desk import mail_words

register = template.Library()


@register.filter
def why_unclear(code: str) -> str | Promise:
    """Why a person must look at it."""
    return mail_words.WHY.get(code, "")


@register.filter
def not_taken(arrival: Arrival) -> list[str]:
    """Which of its files were not taken, and why."""
    return mail_words.not_taken(arrival.problems)


@register.filter(name="of")
def of_message(arrivals: Mapping[int | None, Sequence[Arrival]], message: int | None) -> Sequence[Arrival]:
    """The mail that a message came by; of None, the mail by which the complaint itself came."""
    return arrivals.get(message, ())
