"""What people read for the codes of the language coach. ``tests/cases/test_coaching.py`` holds it."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

# A habit, as a heading over a place in a text; and what a whole text lacks.
CODES: Mapping[str, Promise] = {
    "blame": _("Puts it on the customer"),
    "conditional-apology": _("An apology with an if"),
    "excuse": _("An excuse"),
    "hurtful": _("Hurts"),
    "argue": _("Wants to be right"),
    "command": _("Orders about"),
    "stiff": _("Stiff"),
    "chummy": _("Too chummy"),
    "lazy": _("Sends away with a rule"),
    "vague": _("Vague"),
    "overpromise": _("Promises too much"),
    "admits-liability": _("A legal verdict on ourselves"),
    "faceless": _("Nobody did it"),
    "house-word": _("Not our house’s words"),
    "no-thanks": _("Thanks for writing"),
    "no-apology": _("An apology for what we did"),
    "no-regret": _("Regret"),
    "no-reason": _("The reason"),
    "no-remedy": _("What the customer gets"),
    "no-next-step": _("What happens next, and by when"),
    "no-prevention": _("What keeps it from happening again"),
    "no-signpost": _("Where the customer can turn"),
    "no-reference": _("The number of the case, or the date of their letter"),
    "issue-unanswered": _("An answer to every point"),
    "carp-control": _("Somebody takes it on"),
    "carp-acknowledge": _("What it meant for the customer"),
    "carp-refocus": _("What was looked into"),
    "carp-problem-solve": _("What is done about it"),
    "carp-order": _("First heard, then solved"),
    "wrong-language": _("The customer’s language"),
    "sum-not-in-plan": _("A sum that is not in the plan"),
    "date-not-in-plan": _("A day that is not in the plan"),
    "remedy-not-in-plan": _("A remedy that is not in the plan"),
    "paid-review": _("Something given for a review"),
    "unfilled-placeholder": _("A blank left open"),
    "long-sentence": _("A long sentence"),
    "long-text": _("A long text"),
}

OWED = frozenset(code for code in CODES if code.startswith(("no-", "carp-"))) | {
    "issue-unanswered",
    "wrong-language",
}


def habit(code: str) -> str:
    """A code as something that texts do: what they owe is said to be missing."""
    return gettext("Missing: %(what)s") % {"what": CODES[code]} if code in OWED else str(CODES[code])


STEPS: Mapping[str, Promise] = {
    "control": _("Take it on"),
    "acknowledge": _("Acknowledge"),
    "refocus": _("Find out"),
    "problem-solve": _("Put right"),
}

KINDS: Mapping[str, Promise] = {
    "acknowledgement": _("Acknowledgement"),
    "progress": _("Progress"),
    "decision": _("Decision, before every point has a finding"),
    "decision.upheld": _("Decision: upheld"),
    "decision.in-part": _("Decision: upheld in part"),
    "decision.rejected": _("Decision: not upheld"),
    "decision.elsewhere": _("Decision: somebody else is responsible"),
    "offer": _("Offer, before it is signed"),
    "agreement": _("Agreement"),
    "referral": _("Referral"),
    "closing": _("Thanks at the end"),
    "say-back": _("What we understood"),
    "details": _("Request for details"),
    "counter-answer": _("Answer to a counter-proposal"),
    "extension": _("Why it takes longer"),
    "apology": _("Apology from a higher level"),
    "notice": _("Notice of shipping or payment"),
    "follow-up": _("Is it good now?"),
    "resolved": _("Solved on the spot"),
    "meeting": _("Invitation to a talk"),
    "mass": _("Letter to everybody concerned"),
    "review": _("Invitation to review"),
    "other": _("Other"),
    "settlement": _("What the customer signs"),
    "inquiry": _("Question to a colleague"),
}
