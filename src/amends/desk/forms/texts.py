"""Changing what a standard text says."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from amends.cases.models import Complaint
from amends.correspondence.house_texts.checks import faults
from amends.correspondence.house_texts.versions import tidy
from amends.desk.forms.fields import Line
from amends.kit.forms import LongText, OnceForm
from amends.people.models import StaffMember

LONGEST = 20_000  # characters: ten pages
NEW, SAME = "new", "same"
SAYS = [
    (NEW, _("It says something else now. The other languages have to follow.")),
    (SAME, _("It says the same in better words, or follows another language. The others stay right.")),
]


class TextForm(OnceForm):
    """One text in one language: the first line is the subject, the rest stands below it."""

    text = LongText(
        label=_("The text"),
        longest=LONGEST,
        rows=22,
        help_text=_(
            "The first line is the subject. Then paragraphs, an empty line between them. Greeting and close"
            " are added by themselves. A word that begins with $ is a blank, which the case fills."
        ),
    )
    says = forms.ChoiceField(label=_("What has changed"), choices=SAYS, widget=forms.RadioSelect)
    why = Line(label=_("Why"), required=False, max_length=200, help_text=_("For whoever reads the history."))
    shown_with = Line(
        label=_("Show it with"),
        required=False,
        max_length=40,
        help_text=_("The number of a real complaint. Left empty, it is a made-up one."),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(
        self,
        *args: Any,
        language: str,
        name: str,
        staff: StaffMember,
        looking: bool = False,
        **kwargs: Any,
    ) -> None:
        """``looking``: the text is only to be shown, not kept."""
        super().__init__(*args, **kwargs)
        self.language, self.name, self.staff, self.looking = language, name, staff, looking

    def clean_text(self) -> str:
        """The text as it is kept. All that is wrong with it is said at once, and is said now."""
        text = tidy(self.cleaned_data["text"])
        if found := faults(self.language, self.name, text):
            raise forms.ValidationError(found)
        return text

    def clean_shown_with(self) -> Complaint | None:
        """The complaint of this number, if the person may see it and it is in this language."""
        reference = self.cleaned_data["shown_with"].strip()
        if not reference or not self.looking:
            return None
        complaint = Complaint.objects.visible_to(self.staff).filter(reference=reference).first()
        if complaint is None:
            raise forms.ValidationError(_("No complaint has this number."), code="unknown")
        if complaint.language != self.language:
            said = {"language": complaint.get_language_display()}
            raise forms.ValidationError(
                _("This complaint is in %(language)s: its facts would not fit into this text."), params=said
            )
        return complaint


class StillRight(OnceForm):
    """That a text needs no change although another language said something new, and why."""

    why = Line(label=_("Why it is still right"), max_length=200)
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


class PackWords(OnceForm):
    """Back to the words that the program brings."""

    why = Line(label=_("Why"), required=False, max_length=200)
    says = forms.ChoiceField(label=_("What changes with that"), choices=SAYS, widget=forms.RadioSelect)
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
