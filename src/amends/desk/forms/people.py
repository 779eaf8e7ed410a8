"""Who works here, where, and how much each may approve."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from amends.cases.choices import CURRENCIES
from amends.desk.forms.fields import Sum
from amends.people.models import AuthorityLimit, Department, Role, StaffMember
from amends.rules.capabilities import Capability


class Person(forms.ModelForm[StaffMember]):
    """One member of staff."""

    class Meta:
        model = StaffMember
        fields: ClassVar[list[str]] = [
            "name",
            "email",
            "title",
            "department",
            "role",
            "language",
            "is_active",
        ]

    def __init__(self, *args: Any, by: StaffMember, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        self.by = by
        self.fields["role"].empty_label = None  # type: ignore[attr-defined]

    def clean_email(self) -> str:
        """One address, one person, whatever the case of its letters."""
        email: str = StaffMember.objects.normalize_email(self.cleaned_data["email"])
        if StaffMember.objects.filter(email__iexact=email).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(_("Somebody has this address already."), code="taken")
        return email

    def clean(self) -> dict[str, Any]:
        """Nobody locks themselves out: the house would be left without who looks after it."""
        values = super().clean() or self.cleaned_data
        role = values.get("role")
        stays = values.get("is_active") and role is not None and Capability.ADMINISTER in role.capabilities
        if self.instance.pk == self.by.pk and not stays and "role" not in self.errors:
            raise forms.ValidationError(
                _("You would lock yourself out. Let another administrator do it."), code="locked_out"
            )
        return values


class Part(forms.ModelForm[Department]):
    """One department."""

    class Meta:
        model = Department
        fields: ClassVar[list[str]] = ["name", "email"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""


class Limit(forms.Form):
    """Up to how much a role, or one person instead of their role, may approve."""

    who = forms.ChoiceField(label=_("Who"))
    currency = forms.ChoiceField(label=_("Currency"), choices=CURRENCIES)
    amount = Sum(label=_("Up to"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        self.roles = {f"role-{role.pk}": role for role in Role.objects.all()}
        people = StaffMember.objects.filter(is_active=True).select_related("role")
        self.people = {f"person-{person.key}": person for person in people}
        self.fields["who"].choices = [  # type: ignore[attr-defined]
            (_("Roles"), [(key, str(role)) for key, role in self.roles.items()]),
            (_("People"), [(key, f"{person.name} ({person.role})") for key, person in self.people.items()]),
        ]

    def save(self) -> AuthorityLimit:
        """Set the limit; one that stood before is replaced."""
        who = self.cleaned_data["who"]
        whose = {"role": self.roles[who]} if who in self.roles else {"staff": self.people[who]}
        limit, _made = AuthorityLimit.objects.update_or_create(
            currency=self.cleaned_data["currency"],
            **whose,
            defaults={"amount": self.cleaned_data["amount"]},
        )
        return limit
