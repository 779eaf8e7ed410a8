"""What those fill in who were asked, or who carry something out."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from amends.cases.models import Duty, Message
from amends.cases.proof_form import ProofForm
from amends.kit.forms import LongText, OnceForm


class Statement(OnceForm):
    """The answer to an inquiry."""

    statement = LongText(
        label=_("Your statement"),
        rows=4,
        help_text=_("What happened, as far as you know it. Once given, it stands."),
    )


class Done(ProofForm):
    """What shows that a duty was carried out."""

    def __init__(self, *args: Any, duty: Duty, letters: Sequence[Message] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ask_for(duty.proof_kind, letters)
