from django.db import models
from django.utils.translation import gettext_lazy as _

from amends.cases.models.complaint import Complaint
from amends.rules.deadlines import ClockKind


class Clock(models.Model):
    """One running or stopped promise. Started and stopped by the steps of ``rules.lifecycle`` alone."""

    complaint = models.ForeignKey(Complaint, models.CASCADE, related_name="clocks")
    kind = models.CharField(max_length=20, choices=[(k.value, k.value) for k in ClockKind])
    rule = models.CharField(_("rule"), max_length=80)
    started_at = models.DateTimeField()
    due_at = models.DateTimeField()
    stopped_at = models.DateTimeField(null=True, blank=True)
    breached_at = models.DateTimeField(null=True, blank=True)  # when the breach was reported, once

    class Meta:
        ordering = ("due_at", "pk")
        indexes = (
            models.Index(
                fields=("due_at", "id"),
                condition=models.Q(stopped_at__isnull=True, breached_at__isnull=True),
                name="clocks_to_watch",
            ),
        )
