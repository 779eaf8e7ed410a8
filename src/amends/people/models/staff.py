"""The people of the house: departments, roles, staff and how much each may approve."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _

from amends.kit.keys import new_key
from amends.people.languages import LANGUAGES
from amends.rules.capabilities import HIGHEST_LEVEL, Capability


class Department(models.Model):
    """A part of the house that handles, answers or carries out: warehouse, finance, marketing …"""

    name = models.CharField(_("name"), max_length=100, unique=True)
    email = models.EmailField(_("e-mail"), blank=True)

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


ROLE_WORDS = {
    "recorder": _("Recorder"),
    "specialist": _("Specialist"),
    "handler": _("Handler"),
    "lead": _("Team lead"),
    "head": _("Head of department"),
    "executive": _("Executive"),
    "administrator": _("Administrator"),
}


class Role(models.Model):
    """What the people who hold it may do. New houses get the roles of ``rules.capabilities.ROLES``."""

    name = models.CharField(_("name"), max_length=50, unique=True)
    level = models.PositiveSmallIntegerField(_("level"), default=0)
    capabilities = models.JSONField(_("capabilities"), default=list)

    class Meta:
        ordering = ("level", "name")
        constraints = (
            models.CheckConstraint(condition=models.Q(level__lte=HIGHEST_LEVEL), name="role_level_known"),
        )

    def __str__(self) -> str:
        return str(ROLE_WORDS.get(self.name, self.name))


class StaffManager(BaseUserManager["StaffMember"]):
    """Makes staff as Django's sign-in expects it: by e-mail, with a hashed password or none."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "StaffMember":
        """A new member of staff. Without a password they sign in by a one-time link only."""
        staff = self.model(email=self.normalize_email(email), **fields)
        staff.set_password(password)
        staff.save(using=self._db)
        return staff

    def get_by_natural_key(self, username: str | None) -> "StaffMember":
        """Found whatever the case of the letters: nobody remembers how their address was typed."""
        return self.get(email__iexact=username or "")


class StaffMember(AbstractBaseUser):
    """Somebody who signs in to the desk."""

    key = models.CharField(max_length=16, unique=True, default=new_key, editable=False)
    email = models.EmailField(_("e-mail"), unique=True)
    name = models.CharField(_("name"), max_length=150)
    title = models.CharField(_("position"), max_length=150, blank=True)
    department = models.ForeignKey(
        Department, models.PROTECT, null=True, blank=True, related_name="staff", verbose_name=_("department")
    )
    role = models.ForeignKey(Role, models.PROTECT, related_name="staff", verbose_name=_("role"))
    language = models.CharField(_("language"), max_length=10, choices=LANGUAGES, default="en")
    is_active = models.BooleanField(_("works here"), default=True)
    joined_at = models.DateTimeField(auto_now_add=True)
    # Raised, every link to this person's calendar that was given out before stops working.
    calendar_generation = models.PositiveSmallIntegerField(default=1)

    objects: ClassVar[StaffManager] = StaffManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name

    @property
    def capabilities(self) -> frozenset[Capability]:
        """What this person's role lets them do."""
        return frozenset(Capability(c) for c in self.role.capabilities)


class LimitPer(models.TextChoices):
    """What a limit is counted over."""

    CASE = "case", _("in one case")
    MONTH = "month", _("in a calendar month")


class AuthorityLimit(models.Model):
    """The largest sum that a role, or one person instead of their role, may approve in a currency: in one
    case, in a month, or (``kind``) for one kind of remedy.
    """

    role = models.ForeignKey(Role, models.CASCADE, null=True, blank=True, related_name="limits")
    staff = models.ForeignKey(StaffMember, models.CASCADE, null=True, blank=True, related_name="limits")
    currency = models.CharField(_("currency"), max_length=3)
    per = models.CharField(_("counted"), max_length=5, choices=LimitPer.choices, default=LimitPer.CASE)
    kind = models.CharField(_("kind of remedy"), max_length=14, blank=True)  # empty: whatever it is
    amount = models.DecimalField(_("up to"), max_digits=12, decimal_places=2)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(role__isnull=True) ^ models.Q(staff__isnull=True),
                name="limit_of_a_role_or_a_person",
            ),
            models.CheckConstraint(condition=models.Q(amount__gte=0), name="limit_not_negative"),
            models.UniqueConstraint(
                fields=("role", "currency", "per", "kind"), name="one_limit_of_a_kind_per_role"
            ),
            models.UniqueConstraint(
                fields=("staff", "currency", "per", "kind"), name="one_limit_of_a_kind_per_person"
            ),
        )

    def __str__(self) -> str:
        return f"{self.role or self.staff}: {self.amount} {self.currency}"


class Deputy(models.Model):
    """Who stands in for somebody in approving, from one day to another (both included)."""

    absent = models.ForeignKey(
        StaffMember, models.CASCADE, related_name="deputies", verbose_name=_("who is away")
    )
    deputy = models.ForeignKey(
        StaffMember, models.CASCADE, related_name="stands_in", verbose_name=_("who stands in")
    )
    from_day = models.DateField(_("from"))
    until_day = models.DateField(_("until"))
    set_by_name = models.CharField(max_length=150, blank=True)

    class Meta:
        ordering = ("from_day", "pk")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(until_day__gte=models.F("from_day")), name="deputy_days_in_order"
            ),
            models.CheckConstraint(
                condition=~models.Q(absent=models.F("deputy")), name="deputy_is_somebody_else"
            ),
        )

    def __str__(self) -> str:
        return f"{self.deputy} for {self.absent}"


class SecondPair(models.Model):
    """Above which sum in a currency two people must have looked at a plan."""

    currency = models.CharField(_("currency"), max_length=3, unique=True)
    above = models.DecimalField(_("above"), max_digits=12, decimal_places=2)

    class Meta:
        ordering = ("currency",)
        constraints = (
            models.CheckConstraint(condition=models.Q(above__gte=0), name="second_pair_not_negative"),
        )

    def __str__(self) -> str:
        return f"{self.above} {self.currency}"
