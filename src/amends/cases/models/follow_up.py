from django.db import models
from django.utils.translation import gettext_lazy as _

from amends.cases.choices import FollowUpAnswer
from amends.cases.models.complaint import Complaint


class FollowUp(models.Model):
    """One time of asking whether it was right, and what the customer said (mission C10, E11)."""

    complaint = models.ForeignKey(Complaint, models.CASCADE, related_name="follow_ups")
    asked_at = models.DateTimeField()
    times_asked = models.PositiveSmallIntegerField(default=0)
    answer = models.CharField(max_length=6, choices=FollowUpAnswer.choices, blank=True)
    words = models.TextField(_("in the customer’s words"), blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("pk",)
