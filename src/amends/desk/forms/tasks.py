"""What those fill in who were asked, or who carry something out."""

from django import forms
from django.utils.translation import gettext_lazy as _

from amends.desk.forms.fields import Line
from amends.kit.forms import LongText, OnceForm


class Statement(OnceForm):
    """The answer to an inquiry."""

    statement = LongText(
        label=_("Your statement"),
        rows=4,
        help_text=_("What happened, as far as you know it. Once given, it stands."),
    )


class Done(OnceForm):
    """What shows that a duty was carried out."""

    proof = Line(label=_("What shows it"), max_length=300)
    attachment = forms.FileField(
        label=_("File"),
        required=False,
        help_text=_("Photos, PDF, text, office files, sound or film, up to 20 MB each."),
    )
