"""Where a satisfied customer can say so in public."""

from __future__ import annotations

from django.db import models

from amends.people.models import StaffMember


class ReviewPlaces(models.Model):
    """One version of where reviews are written, and of whether the program invites by itself. The newest
    holds; rows are never changed.

    ``places``: rows of ``country`` and ``language``, either of them empty for all, and ``url``.
    """

    version = models.PositiveIntegerField(unique=True)
    places = models.JSONField(default=list, blank=True)
    after_days = models.PositiveSmallIntegerField(default=0)  # after the customer said it is good; 0: nobody
    at = models.DateTimeField()
    by = models.ForeignKey(StaffMember, models.PROTECT)

    class Meta:
        ordering = ("-version",)

    def __str__(self) -> str:
        return str(self.version)
