"""Who works here, where, and how much each may approve."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from amends.people.models import Department, StaffMember
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
