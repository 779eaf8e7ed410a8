"""How a message to the customer fared, and what a person can do about one that did not reach them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django import template
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from amends.cases.choices import MessageStatus as S
from amends.cases.models import Message
from amends.cases.words import STEPS

register = template.Library()

WHAT_HAPPENED: Mapping[str, Promise] = {
    S.FAILED: _("The mail server did not take it: the customer does not have it."),
    S.BOUNCED: _(
        "It came back: the customer does not have it. Look at the address before you send it again, or call."
    ),
    S.UNCERTAIN: _(
        "It was cut off while it was handed over: the customer may have it or not. Ask them, or look into "
        "the mail server’s log; then send it again, or say that it arrived."
    ),
    S.RETURNED: _(
        "The post brought it back: the customer does not have it. Look at the address before it goes out "
        "again, or call."
    ),
}
# The first is the likeliest to help.
WAYS_ON: Mapping[str, Sequence[str]] = {
    S.FAILED: ("resend", "correct_contact"),
    S.BOUNCED: ("correct_contact", "resend"),
    S.UNCERTAIN: ("take_as_sent", "resend"),
    S.RETURNED: ("correct_contact", "resend"),
}
OF_THE_CASE = frozenset({"correct_contact"})  # the others are about the message


@dataclass(frozen=True)
class Way:
    """One way on: a step of the case, or of the message."""

    step: str
    words: str | Promise
    address: str
    about: Message | None


@register.filter
def what_happened(message: Message) -> str | Promise:
    """A sentence for who has to see to it; nothing for a message that is well on its way."""
    return WHAT_HAPPENED.get(message.status, "")


@register.filter
def ways_on(message: Message) -> list[Way]:
    """The steps that mend it, the likeliest first."""
    return [_way(step, message) for step in WAYS_ON.get(message.status, ())]


def _way(step: str, message: Message) -> Way:
    about = None if step in OF_THE_CASE else message
    row = {"row": message.key} if about else {}
    return Way(step, STEPS[step], reverse(f"desk:{step}", kwargs={"key": message.complaint.key} | row), about)
