from django.db import models
from django.db.models.functions import Upper
from django.utils.translation import gettext_lazy as _

from amends.cases.choices import UPHELD, Category, Finding
from amends.cases.models.complaint import Complaint
from amends.people.models import StaffMember


class Issue(models.Model):
    """One point of a complaint, with the product it is about (mission E6) and what was found (C2)."""

    complaint = models.ForeignKey(Complaint, models.CASCADE, related_name="issues")
    position = models.PositiveSmallIntegerField()
    category = models.CharField(_("category"), max_length=20, choices=Category.choices)
    subcategory = models.CharField(_("sub-category"), max_length=120, blank=True)  # the house's own, below C1
    summary = models.CharField(_("the point"), max_length=300)

    product = models.CharField(_("product"), max_length=200, blank=True)
    specification = models.CharField(_("specification"), max_length=200, blank=True)
    production_date = models.CharField(_("production date"), max_length=40, blank=True)  # as printed on it
    batch = models.CharField(_("batch number"), max_length=80, blank=True)
    used_when = models.CharField(_("when used"), max_length=200, blank=True)
    what_happens = models.TextField(_("what happens"), blank=True)
    brand_before = models.CharField(_("brand used before"), max_length=120, blank=True)
    invoice_number = models.CharField(_("invoice number"), max_length=80, blank=True)

    finding = models.CharField(_("finding"), max_length=12, choices=Finding.choices, blank=True)
    reasons = models.TextField(_("reasons"), blank=True)
    cause = models.TextField(_("cause"), blank=True)
    found_by = models.ForeignKey(StaffMember, models.PROTECT, null=True, blank=True)
    found_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("position",)
        constraints = (models.UniqueConstraint(fields=("complaint", "position"), name="issue_position"),)
        indexes = (
            models.Index(Upper("product"), name="issues_by_product"),
            models.Index(Upper("batch"), name="issues_by_batch"),
        )

    def __str__(self) -> str:
        return self.summary

    @property
    def upheld(self) -> bool:
        """Whether the house answers for this point, wholly or in part."""
        return self.finding in UPHELD
