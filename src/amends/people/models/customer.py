"""The customer, what they need, and who may speak for them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from amends.kit.keys import new_key
from amends.people.languages import LANGUAGES


class Customer(models.Model):
    """Somebody who was let down. Has no account: a link opens their own complaint."""

    key = models.CharField(max_length=16, unique=True, default=new_key, editable=False)
    name = models.CharField(_("name"), max_length=200, db_index=True)
    salutation = models.CharField(_("form of address"), max_length=100, blank=True)
    email = models.EmailField(_("e-mail"), blank=True, db_index=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True, db_index=True)
    address = models.TextField(_("postal address"), blank=True)
    country = models.CharField(_("country"), max_length=2, blank=True)
    language = models.CharField(_("language"), max_length=10, choices=LANGUAGES, default="en")
    number = models.CharField(_("customer number"), max_length=60, blank=True, db_index=True)
    needs = models.TextField(
        _("needs"), blank=True, help_text=_("Large print, an interpreter, calls in the evening only …")
    )
    no_invitations = models.BooleanField(
        _("wants no invitations"),
        default=False,
        help_text=_("Reviews and the like; letters about their complaint still come."),
    )
    since = models.DateField(_("customer since"), null=True, blank=True)
    purchases = models.PositiveIntegerField(_("purchases so far"), null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.name


class Representative(models.Model):
    """Who speaks for a customer: a daughter, a lawyer, a consumer office."""

    customer = models.ForeignKey(Customer, models.CASCADE, related_name="representatives")
    name = models.CharField(_("name"), max_length=200)
    relation = models.CharField(_("relation"), max_length=100, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    may_sign = models.BooleanField(
        _("may sign"), default=False, help_text=_("A written authority is on file.")
    )

    def __str__(self) -> str:
        return self.name
