"""Is it good now? Yes, partly, or no (mission C10, E11)."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from amends.cases import actions
from amends.cases.models import Complaint
from amends.portal.forms import PARTLY, DissatisfactionForm, SatisfactionForm
from amends.portal.reading import Reading
from amends.portal.steps import Given, StepPage, step_view
from amends.portal.visit import Visit


def _satisfied(visit: Visit, given: Given) -> None:
    actions.confirm(visit.complaint, by=visit.actor, at=visit.at, words=given["words"])


def _not_satisfied(visit: Visit, given: Given) -> None:
    partly = given["how"] == PARTLY
    actions.not_satisfied(visit.complaint, by=visit.actor, at=visit.at, words=given["words"], partly=partly)


def _intro(visit: Visit, seen: Reading) -> dict[str, Any]:
    """Somebody more senior is promised only where there is one."""
    at_the_top = _(
        "Tell us what is still wrong. It is with the highest level of our house, and we take it up again."
    )
    return {} if "escalate" in seen.may else {"intro": at_the_top}


def _taken_up(visit: Visit) -> Promise:
    """Likewise, once it is done: ``visit`` still holds the complaint as it was before."""
    level = Complaint.objects.values_list("level", flat=True).get(pk=visit.complaint.pk)
    if level > visit.complaint.level:
        return _("Thank you for telling us. Somebody more senior takes it up again.")
    return _("Thank you for telling us. We take it up again.")


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
    more=_intro,
    button=_("It is not good yet"),
    done=_taken_up,
)

satisfaction = step_view(SATISFACTION)
dissatisfaction = step_view(DISSATISFACTION)
