"""Signing in, and what a person says about themselves."""

from typing import Any

from allauth.account.forms import LoginForm
from django import forms
from django.contrib.auth.forms import PasswordChangeForm, PasswordResetForm, SetPasswordForm
from django.utils.translation import gettext_lazy as _

from amends.people.languages import LANGUAGES
from amends.people.models import StaffMember


class SignIn(LoginForm):  # type: ignore[misc]
    """E-mail and password. The library checks them and counts the wrong tries."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        login, password = self.fields["login"], self.fields["password"]
        login.label, password.label = _("E-mail"), _("Password")
        login.widget.attrs = {"autocomplete": "username", "autofocus": True}
        password.widget.attrs = {"autocomplete": "current-password"}
        password.help_text = ""
        self.fields["remember"].label = _("Stay signed in on this device")

    def clean(self) -> dict[str, Any]:
        """A closed account is answered like a wrong password: nobody learns who works here."""
        cleaned: dict[str, Any] = super().clean()
        if self.user and not self.user.is_active:
            raise forms.ValidationError(
                _("E-mail and password do not belong together."), code="email_password_mismatch"
            )
        return cleaned

    @property
    def too_often(self) -> bool:
        """Whether it is refused because of the wrong tries before."""
        return bool(self.has_error("__all__", "too_many_login_attempts"))


class Forgotten(PasswordResetForm):
    """The address to which the link for a new password goes."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        self.fields["email"].label = _("E-mail")
        self.fields["email"].widget.attrs["autofocus"] = True

    def get_users(self, email: str) -> Any:
        """Whoever works here with this address, also who signed in by links alone so far."""
        return StaffMember.objects.filter(email__iexact=email, is_active=True)


PASSWORD = _("At least 10 characters, and not one that everybody uses.")


class NewPassword(SetPasswordForm[StaffMember]):
    """A first password, for who came in by a one-time link, or a new one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plainly(self)


class OtherPassword(PasswordChangeForm):
    """Another password, by who knows the present one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["old_password"].label = _("Your password now")
        self.fields["old_password"].widget.attrs.pop("autofocus", None)
        _plainly(self)


def _plainly(form: forms.Form) -> None:
    form.label_suffix = ""
    first, again = form.fields["new_password1"], form.fields["new_password2"]
    first.label, first.help_text = _("New password"), PASSWORD
    again.label, again.help_text = _("New password, once more"), ""


class OwnLanguage(forms.Form):
    """The language in which a person reads the desk."""

    language = forms.ChoiceField(choices=LANGUAGES)
