from django.db import models
from django.utils.translation import gettext_lazy as _

from amends.people.models import StaffMember


class PolicyVersion(models.Model):
    """One version of the house's policy: what is proposed in which case (``rules.policy``). A version that
    was ever in force is never changed; without ``in_force_from`` it is a draft that can be tried on the past.
    """

    version = models.PositiveIntegerField(unique=True)
    name = models.CharField(_("name"), max_length=100, blank=True)
    table = models.JSONField()
    note = models.TextField(_("note"), blank=True)
    made_by = models.ForeignKey(StaffMember, models.PROTECT, null=True, blank=True, related_name="policies")
    made_at = models.DateTimeField()
    in_force_from = models.DateTimeField(null=True, blank=True, db_index=True)
    switched_on_by = models.ForeignKey(StaffMember, models.PROTECT, null=True, blank=True, related_name="+")
    replaced_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("version",)

    def __str__(self) -> str:
        return f"{self.version} {self.name}".strip()
