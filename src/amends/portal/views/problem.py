"""“This is how we understood it”: right, or not quite (mission E12)."""

from django.utils.translation import gettext_lazy as _

from amends.cases import actions
from amends.portal.forms import CorrectionForm, JustOnce
from amends.portal.steps import Given, StepPage, step_view
from amends.portal.visit import Visit


def _confirm(visit: Visit, given: Given) -> None:
    actions.confirm_problem(visit.complaint, by=visit.actor, at=visit.at)


def _correct(visit: Visit, given: Given) -> None:
    actions.correct_problem(visit.complaint, by=visit.actor, at=visit.at, words=given["words"])


CONFIRMATION = StepPage(
    name="problem-confirmation",
    step="confirm_problem",
    form=JustOnce,
    carry_out=_confirm,
    title=_("This is how we understood it"),
    intro=_("Is this your problem?"),
    button=_("Yes, that is right"),
    done=_("Thank you. Now we know that we are looking at the right thing."),
)
CORRECTION = StepPage(
    name="problem-correction",
    step="correct_problem",
    form=CorrectionForm,
    carry_out=_correct,
    title=_("Not quite right?"),
    intro=_("Tell us in your own words, and we will put it right."),
    button=_("Correct it"),
    done=_("Thank you. We will put it right, and show you how we understand it then."),
)

confirmation = step_view(CONFIRMATION)
correction = step_view(CORRECTION)
