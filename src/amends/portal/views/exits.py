"""Somebody higher, taking it back, taking it up again."""

from django.utils.translation import gettext_lazy as _

from amends.cases import actions
from amends.portal.forms import EscalationForm, ReopeningForm, WithdrawalForm
from amends.portal.steps import Given, StepPage, step_view
from amends.portal.visit import Visit


def _escalate(visit: Visit, given: Given) -> None:
    words = given["words"]
    actions.escalate(visit.complaint, by=visit.actor, at=visit.at, why=words)
    if words.strip():  # the step keeps only that something was said; the words go into the conversation
        actions.hear(visit.complaint, by=visit.actor, at=visit.at, words=words)


def _withdraw(visit: Visit, given: Given) -> None:
    actions.withdraw(visit.complaint, by=visit.actor, at=visit.at, words=given["words"])


def _reopen(visit: Visit, given: Given) -> None:
    actions.reopen(visit.complaint, by=visit.actor, at=visit.at, why=given["words"])


ESCALATION = StepPage(
    name="escalation",
    step="escalate",
    form=EscalationForm,
    carry_out=_escalate,
    title=_("Ask for somebody more senior"),
    intro=_("Somebody at a higher level of our house takes over. What we promised you stays promised."),
    button=_("Ask for somebody more senior"),
    done=_("Somebody more senior takes over your complaint."),
)
WITHDRAWAL = StepPage(
    name="withdrawal",
    step="withdraw",
    form=WithdrawalForm,
    carry_out=_withdraw,
    title=_("Withdraw your complaint"),
    intro=_("Then we stop working on it. You can have it reopened later, and you lose none of your rights."),
    button=_("Withdraw"),
    done=_("Your complaint is withdrawn."),
)
REOPENING = StepPage(
    name="reopening",
    step="reopen",
    form=ReopeningForm,
    carry_out=_reopen,
    title=_("Reopen your complaint"),
    intro=_("It came back, or we missed something? Tell us, and we take it up again."),
    button=_("Reopen"),
    done=_("Your complaint is open again, and we look into it."),
)

escalation = step_view(ESCALATION)
withdrawal = step_view(WITHDRAWAL)
reopening = step_view(REOPENING)
