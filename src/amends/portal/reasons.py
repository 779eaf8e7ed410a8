"""Why a step is refused, in words for the customer. What they can never meet keeps the house's own words."""

from collections.abc import Iterable, Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from amends.cases.words import REASONS
from amends.rules.lifecycle import Reason

FOR_CUSTOMERS: Mapping[Reason, Promise] = {
    Reason.WRONG_STAGE: _(
        "Your complaint has moved on since you opened this page, so this can no longer be done."
    ),
    Reason.NOTHING_WRITTEN: _("Please write a few words first."),
    Reason.NOT_SAID_BACK: _("We have not written down yet how we understood the problem."),
    Reason.NOT_THIS_PLAN: _("Our offer has changed since you opened this page. Read the new one first."),
    Reason.NOT_THIS_TEXT: _(
        "The text has changed since you opened this page. Read it again before you sign."
    ),
    Reason.NO_WITHDRAWAL: _("There is no right to withdraw from this agreement, or its time is over."),
    Reason.OFFER_EXPIRED: _("This offer has run out. Write to us if you would like a new one."),
    Reason.NOT_SIGNED: _(
        "The code is wrong or too old, so nothing is signed. Check the newest message from us, or ask for"
        " a new code."
    ),
    Reason.MAY_NOT_SIGN: _(
        "You speak for somebody else, and we have no written authority from them that lets you sign. Send it"
        " to us with a message, and then you can sign."
    ),
    Reason.NO_WRITTEN_ANSWER: _(
        "We still owe you our answer in writing, and do not close your complaint before you have it."
    ),
    Reason.HIGHEST_LEVEL: _("Your complaint is already with the highest level of our house."),
    Reason.ALREADY_DONE: _("This was already done."),
}


def sentences(reasons: Iterable[Reason]) -> list[str]:
    """Every reason as a sentence, in the language that holds now."""
    return [str(FOR_CUSTOMERS.get(reason, REASONS[reason])) for reason in reasons]
