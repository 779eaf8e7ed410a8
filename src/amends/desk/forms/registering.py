"""Taking a complaint in: the story first, the details after (mission C3, E5, E6)."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from amends.cases.choices import DETAILS, Category, Channel, Severity
from amends.desk.forms.fields import Files, Line, PastDay, PastMoment, Trade, countries
from amends.kit.forms import LongText, OnceForm
from amends.people.languages import LANGUAGES
from amends.people.models import Customer, StaffMember

CAME_BY = [(c.value, c.label) for c in Channel if c not in (Channel.PORTAL, Channel.FILE)]
LOOKED_UP = ("email", "phone", "number")


class Register(OnceForm):
    """One complaint, as told. Nothing but the story, a name and the sign-off has to be filled in."""

    story = LongText(label=_("The story, in the customer’s own words"), rows=10)
    wish = LongText(label=_("What the customer themselves want"), required=False, rows=2)
    title = Line(label=_("What it is about, in a few words"), required=False, max_length=200,
                 help_text=_("Left empty, it is the first line of the story."))  # fmt: skip

    customer = Line(required=False, widget=forms.HiddenInput, max_length=16)
    name = Line(label=_("Name"), max_length=200,
                error_messages={"required": _("Who is it? A name is needed.")})  # fmt: skip
    email = forms.EmailField(label=_("E-mail"), required=False, max_length=254)
    phone = Line(label=_("Phone"), required=False, max_length=40)
    number = Line(label=_("Customer number"), required=False, max_length=60)
    salutation = Line(label=_("Form of address"), required=False, max_length=100)
    address = Line(label=_("Postal address"), required=False, widget=forms.Textarea(attrs={"rows": 3}))
    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGES)
    country = forms.ChoiceField(label=_("Country"), choices=countries, required=False)
    needs = Line(label=_("Needs"), required=False,
                 help_text=_("Large print, an interpreter, calls in the evening only …"))  # fmt: skip

    speaker_name = Line(label=_("Name"), required=False, max_length=200)
    speaker_relation = Line(label=_("Relation"), required=False, max_length=100)
    speaker_email = forms.EmailField(label=_("E-mail"), required=False, max_length=254)
    speaker_phone = Line(label=_("Phone"), required=False, max_length=40)
    speaker_may_sign = forms.BooleanField(label=_("A written authority is on file"), required=False)

    channel = forms.ChoiceField(label=_("How it came"), choices=CAME_BY, initial=Channel.PHONE)
    received_at = PastMoment(label=_("Received on"), required=False, help_text=_("Left empty, it is now."))
    letter_date = PastDay(label=_("Date on the customer’s letter"), required=False)
    formal = forms.BooleanField(label=_("Formal: it is owed a written answer"), required=False,
                                help_text=_("A letter always is."))  # fmt: skip
    to_executive = forms.BooleanField(label=_("Addressed to the chief executive"), required=False)
    category = forms.ChoiceField(label=_("Category"), choices=[("", "—"), *Category.choices])
    severity = forms.TypedChoiceField(label=_("Severity"), choices=Severity.choices, coerce=int,
                                      initial=Severity.MEDIUM)  # fmt: skip
    risk_public = forms.BooleanField(label=_("The customer may go public"), required=False)
    sector = Trade(label=_("Trade"), required=False,
                   help_text=_("Whose rules and time limits hold for it."))  # fmt: skip
    complained_about = forms.ModelMultipleChoiceField(
        StaffMember.objects.filter(is_active=True), label=_("Who is complained about"), required=False,
        to_field_name="key", widget=forms.CheckboxSelectMultiple,
        help_text=_("They will not see the case, nor handle it."))  # fmt: skip

    product = Line(label=_("Product"), required=False, max_length=200)
    specification = Line(label=_("Specification"), required=False, max_length=200)
    production_date = Line(label=_("Production date"), required=False, max_length=40,
                           help_text=_("As printed on it."))  # fmt: skip
    batch = Line(label=_("Batch number"), required=False, max_length=80)
    used_when = Line(label=_("When used"), required=False, max_length=200)
    what_happens = LongText(label=_("What happens"), required=False, rows=2)
    brand_before = Line(label=_("Brand used before"), required=False, max_length=120)
    invoice_number = Line(label=_("Invoice number"), required=False, max_length=80)
    attachments = Files(
        label=_("Files"),
        required=False,
        help_text=_("Photos, PDF, text, office files, sound or film, up to 20 MB each."),
    )

    anything_else = LongText(label=_("Is there anything else we should know?"), required=False, rows=2)
    mine = forms.BooleanField(label=_("I take it myself"), required=False, initial=True)
    signed = forms.BooleanField(
        label=_("Recorded as told, and handed on now"),
        error_messages={"required": _("Put your name to it: tick that it is recorded as told.")})  # fmt: skip
    done = LongText(label=_("What was done"), required=False, rows=2)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].initial = settings.LANGUAGE_CODE
        # Who is known already has a name on file.
        self.fields["name"].required = not (self.data or self.initial).get("customer")

    def clean_customer(self) -> Customer | None:
        """The customer who was chosen among the known ones; nobody for a new one."""
        key = self.cleaned_data["customer"]
        chosen = Customer.objects.filter(key=key).first() if key else None
        if key and chosen is None:
            raise forms.ValidationError(_("This customer is not on file any more."), code="unknown")
        return chosen

    def clean(self) -> None:
        """Who presses “Register as solved” says what was done; who says what was done has solved it."""
        values = super().clean() or self.cleaned_data
        if self.solved and not values.get("done", "x").strip():
            self.add_error("done", forms.ValidationError(_("Say what was done."), code="required"))
        of_speaker = any(values.get(f"speaker_{name}") for name in ("relation", "email", "phone", "may_sign"))
        if of_speaker and not values.get("speaker_name") and "speaker_name" not in self.errors:
            self.add_error(
                "speaker_name", forms.ValidationError(_("Say who speaks for them."), code="required")
            )

    @property
    def solved(self) -> bool:
        """Whether it is to be registered as solved in this contact (mission C11)."""
        return "solve" in self.data or bool(str(self.data.get("done", "")).strip())

    @property
    def details_filled_in(self) -> bool:
        """Whether anything stands among the product details."""
        return any(self[name].value() or self[name].errors for name in DETAILS)

    @property
    def speaker_filled_in(self) -> bool:
        """Whether anything stands about a representative."""
        speaker = [self[name] for name in self.fields if name.startswith("speaker_")]
        return any(field.value() or field.errors for field in speaker)
