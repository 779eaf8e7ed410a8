"""Is it good now? Yes, partly, or no (mission C10, E11)."""

from django.utils.translation import gettext_lazy as _

from amends.cases import actions
from amends.portal.forms import PARTLY, DissatisfactionForm, SatisfactionForm
from amends.portal.steps import Given, StepPage, step_view
from amends.portal.visit import Visit


def _satisfied(visit: Visit, given: Given) -> None:
    actions.confirm(visit.complaint, by=visit.actor, at=visit.at, words=given["words"])


def _not_satisfied(visit: Visit, given: Given) -> None:
    partly = given["how"] == PARTLY
    actions.not_satisfied(visit.complaint, by=visit.actor, at=visit.at, words=given["words"], partly=partly)


SATISFACTION = StepPage(
    name="satisfaction",
    step="confirm",
    form=SatisfactionForm,
    carry_out=_satisfied,
    title=_("Is it good now?"),
    intro=_("If it is, your complaint ends here."),
    button=_("Yes, it is good"),
    done=_("Thank you for telling us, and for staying with us."),
)
DISSATISFACTION = StepPage(
    name="dissatisfaction",
    step="not_satisfied",
    form=DissatisfactionForm,
    carry_out=_not_satisfied,
    title=_("It is not good yet"),
    intro=_("Tell us what is still wrong. Somebody more senior looks at it then."),
    button=_("It is not good yet"),
    done=_("Thank you for telling us. Somebody more senior takes it up again."),
)

satisfaction = step_view(SATISFACTION)
dissatisfaction = step_view(DISSATISFACTION)
