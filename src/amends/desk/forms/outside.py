"""What happens outside the house: a body that has the complaint, goods on their way back."""

from datetime import date, datetime, time
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from amends.correspondence.bodies import bodies_for
from amends.desk.forms.fields import Line, PastDay
from amends.desk.forms.step import Day, StepForm, end_of
from amends.kit.clock import now
from amends.kit.forms import LongText

ANSWER, KNOW = "answer", "know"


def _on(day: date) -> datetime:
    """That day at noon, or now if it is not noon yet today."""
    return min(timezone.make_aware(datetime.combine(day, time(12))), now())


class WithABody(StepForm):
    """Which body has it, and whether it waits for our answer."""

    body = Line(label=_("Body outside"), max_length=200)
    wants_answer = forms.ChoiceField(
        label=_("What we know"),
        choices=[
            (ANSWER, _("It handed the complaint to us and waits for our answer")),
            (KNOW, _("The customer turned to it; it has asked us nothing")),
        ],
        widget=forms.RadioSelect,
        initial=ANSWER,
    )
    since = PastDay(label=_("On which day"))
    answer_by = Day(
        label=_("It wants the answer by"),
        required=False,
        help_text=_("Left empty, the law of the country counts, or our own promise."),
    )
    reference = Line(label=_("Its reference"), max_length=80, required=False)

    def prepare(self) -> None:
        """Today, and the bodies that the country has."""
        self.fields["since"].initial = timezone.localdate(now())
        names = [body.name for body in bodies_for(self.file.complaint)]
        if names:
            self.fields["body"].help_text = _("For example: %(names)s.") % {"names": ", ".join(names)}

    def values(self) -> dict[str, Any]:
        """As ``actions.go_outside`` takes it."""
        said = super().values()
        by = said["answer_by"]
        return said | {
            "wants_answer": said["wants_answer"] == ANSWER,
            "since": _on(said["since"]),
            "answer_by": end_of(by) if by else None,
        }


class OverWithABody(StepForm):
    """What we answered, or what it decided."""

    outcome = LongText(
        label=_("What came of it"), help_text=_("What we answered and when, or what the body decided.")
    )


class GoodsBack(StepForm):
    """The day on which what the customer sent back was here."""

    since = PastDay(label=_("Here on"))

    def prepare(self) -> None:
        """Today, unless it was earlier."""
        self.fields["since"].initial = timezone.localdate(now())

    def values(self) -> dict[str, Any]:
        """As ``actions.goods_back`` takes it."""
        return {"since": _on(super().values()["since"])}
