from decimal import Decimal

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from amends.cases.choices import CURRENCIES, RemedyKind
from amends.cases.models.complaint import Complaint
from amends.cases.models.issue import Issue
from amends.cases.models.policy import PolicyVersion
from amends.people.models import Department, StaffMember


class Plan(models.Model):
    """One version of what is proposed. A version is never changed: a new one takes its place."""

    complaint = models.ForeignKey(Complaint, models.CASCADE, related_name="plans")
    version = models.PositiveSmallIntegerField()
    author = models.ForeignKey(StaffMember, models.PROTECT, related_name="plans")
    at = models.DateTimeField()
    proposal = models.TextField(_("the handler’s proposal"), blank=True)  # to the leadership, mission E8
    prevention = models.TextField(_("what keeps it from happening again"), blank=True)  # mission C7
    currency = models.CharField(_("currency"), max_length=3, choices=CURRENCIES)
    policy = models.ForeignKey(
        PolicyVersion, models.PROTECT, null=True, blank=True, related_name="plans"
    )  # the version that proposed something for it
    proposed = models.JSONField(default=dict)  # exactly what it proposed
    departs = models.BooleanField(default=False)
    departure = models.TextField(_("why it departs from the policy"), blank=True)
    approve_level = models.PositiveSmallIntegerField(default=0)  # the lowest that may approve, by the policy
    below_floor = models.JSONField(default=list)  # what the law gives and this plan does not, by its ids

    class Meta:
        ordering = ("version",)
        constraints = (models.UniqueConstraint(fields=("complaint", "version"), name="plan_version"),)

    def __str__(self) -> str:
        return f"{self.complaint.reference} plan {self.version}"


class Remedy(models.Model):
    """One thing that will be done. ``amount`` goes to the customer, ``cost`` is what the house bears.

    Both in the plan's currency; ``cost`` None means: not known yet, so the plan cannot go on.
    """

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="remedies")
    position = models.PositiveSmallIntegerField()
    issue = models.ForeignKey(Issue, models.PROTECT, null=True, blank=True, related_name="remedies")
    kind = models.CharField(_("kind"), max_length=14, choices=RemedyKind.choices)
    description = models.CharField(_("what exactly"), max_length=500)
    amount = models.DecimalField(_("sum"), max_digits=12, decimal_places=2, null=True, blank=True)
    cost = models.DecimalField(_("cost"), max_digits=12, decimal_places=2, null=True, blank=True)
    little_more = models.BooleanField(_("the little more"), default=False)  # mission E2
    department = models.ForeignKey(
        Department, models.PROTECT, null=True, blank=True, verbose_name=_("carried out by")
    )
    within_days = models.PositiveSmallIntegerField(_("within days"), default=7)
    after = models.PositiveSmallIntegerField(
        _("after number"), null=True, blank=True
    )  # position it waits for

    class Meta:
        ordering = ("position",)
        constraints = (
            models.UniqueConstraint(fields=("plan", "position"), name="remedy_position"),
            models.CheckConstraint(
                condition=models.Q(amount__isnull=True) | models.Q(amount__gte=Decimal(0)),
                name="remedy_amount_not_negative",
            ),
            models.CheckConstraint(
                condition=models.Q(cost__isnull=True) | models.Q(cost__gte=Decimal(0)),
                name="remedy_cost_not_negative",
            ),
        )

    def __str__(self) -> str:
        return self.description

    @property
    def named(self) -> str:
        """The kind and what exactly; the kind once where the words already begin with it, as proposals do."""
        kind = str(self.get_kind_display())
        if self.description.casefold().startswith(kind.casefold()):
            return self.description
        return gettext("%(kind)s: %(what)s") % {"kind": kind, "what": self.description}


class CustomerPart(models.Model):
    """What the customer does in return: sends the kettle back, lets the engineer in."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="customer_parts")
    position = models.PositiveSmallIntegerField()
    description = models.CharField(_("what the customer does"), max_length=500)
    within_days = models.PositiveSmallIntegerField(_("within days"), default=14)

    class Meta:
        ordering = ("position",)
        constraints = (models.UniqueConstraint(fields=("plan", "position"), name="customer_part_position"),)

    def __str__(self) -> str:
        return self.description


class Approval(models.Model):
    """The leadership's word on one version of a plan. ``first_of_two``: another one must look at it as
    well.
    """

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="approvals")
    approved = models.BooleanField()
    by = models.ForeignKey(StaffMember, models.PROTECT, related_name="approvals")
    at = models.DateTimeField()
    note = models.TextField(_("note"), blank=True)
    first_of_two = models.BooleanField(default=False)
    covers = models.BooleanField(default=True)  # whether who said it had the authority
    instead_of = models.ForeignKey(
        StaffMember, models.PROTECT, null=True, blank=True, related_name="approvals_in_their_place"
    )  # whose authority it was, where somebody stood in
    voided_at = models.DateTimeField(null=True, blank=True)  # the plan was changed

    class Meta:
        ordering = ("at", "pk")
        indexes = (models.Index(fields=("by", "at"), name="approvals_of_a_month"),)
