"""The public form: the story first, then how to reach who told it, then whatever else helps."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from amends.cases.choices import Category
from amends.cases.models import Issue
from amends.kit.forms import LongText, OnceForm
from amends.people.models import Customer
from amends.portal.files import FilesField
from amends.portal.retyping import retype

DETAILS = ("product", "specification", "production_date", "batch", "used_when", "brand_before")


def _line(label: Any, model: Any, name: str, *, required: bool = False, **attrs: str) -> forms.CharField:
    longest = model._meta.get_field(name).max_length
    return forms.CharField(
        label=label, max_length=longest, required=required, widget=forms.TextInput(attrs=attrs)
    )


class ComplaintForm(OnceForm):
    """What went wrong, and who says so."""

    story = LongText(
        label=_("What happened?"),
        help_text=_("Tell it in your own words, as long or as short as you like. We keep it exactly so."),
        rows=9,
    )
    wish = LongText(label=_("What would put it right for you?"), rows=3, required=False)
    name = _line(_("Your name"), Customer, "name", required=True, autocomplete="name")
    email = forms.EmailField(
        label=_("E-mail"),
        required=False,
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    phone = _line(_("Phone"), Customer, "phone", autocomplete="tel")
    address = LongText(
        label=_("Postal address"),
        required=False,
        longest=1000,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "street-address"}),
    )
    category = forms.ChoiceField(
        label=_("What is it about?"),
        choices=[("", _("I am not sure")), *Category.choices],
        required=False,
    )
    invoice_number = _line(_("Invoice or order number"), Issue, "invoice_number")
    product = _line(_("Product"), Issue, "product")
    specification = _line(_("Model or specification"), Issue, "specification")
    production_date = _line(_("Production date, as printed on it"), Issue, "production_date")
    batch = _line(_("Batch number"), Issue, "batch")
    used_when = _line(_("When did you use it?"), Issue, "used_when")
    what_happens = LongText(label=_("What does it do, or not do?"), rows=3, required=False)
    brand_before = _line(_("Which brand did you use before?"), Issue, "brand_before")
    attachments = FilesField(required=False, label=_("Invoice, photos, letters"))
    anything_else = LongText(label=_("Is there anything else we should know?"), rows=3, required=False)
    # People never see this one; programs that fill in every field do.
    website = forms.CharField(
        label=_("Leave this empty"),
        required=False,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )

    def clean(self) -> dict[str, Any]:
        """There must be one way to reach them, and nothing in the field that people do not see."""
        given = super().clean() or self.cleaned_data
        reachable = any(str(given.get(way, "")).strip() for way in ("email", "phone", "address"))
        if not reachable and not {"email", "phone", "address"} & set(self.errors):
            self.add_error("email", _("Give us one way to reach you: e-mail, phone or postal address."))
        if given.get("website"):
            self.add_error(None, _("A field was filled in that stays empty. Please send it again."))
            retype(self, website="")
        return given

    def details(self) -> dict[str, str]:
        """What they said about the product (mission E6), for the first point."""
        names = (*DETAILS, "what_happens", "invoice_number")
        return {name: self.cleaned_data[name] for name in names if self.cleaned_data[name]}

    def says_product(self) -> bool:
        """Whether the folded fields hold something, right or wrong: then they must not stay folded."""
        names = (*DETAILS, "what_happens")
        return self.is_bound and any(self.data.get(name) or name in self.errors for name in names)

    def category_meant(self) -> str:
        """What it is about: as chosen, else guessed from whether a product was named."""
        chosen: str = self.cleaned_data["category"]
        return chosen or (Category.PRODUCT if self.cleaned_data["product"] else Category.SERVICE)
