from datetime import UTC
from typing import Any

from django.db import models

from amends.cases.models.complaint import Complaint
from amends.kit.chain import link


class Event(models.Model):
    """Something that happened to a complaint. Append-only, and chained per complaint.

    The database itself refuses to change or delete a row (see the migration's triggers). ``data`` names
    rows and digests, never a person's words, so that a customer can be forgotten without breaking it.
    """

    complaint = models.ForeignKey(Complaint, models.PROTECT, related_name="events")
    number = models.PositiveIntegerField()
    name = models.CharField(max_length=40)
    at = models.DateTimeField()
    actor_kind = models.CharField(max_length=8)
    actor_id = models.BigIntegerField(null=True)
    data = models.JSONField(default=dict)
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ("complaint", "number")
        constraints = (models.UniqueConstraint(fields=("complaint", "number"), name="event_number"),)

    def content(self) -> dict[str, Any]:
        """What the digest covers."""
        return {
            "complaint": self.complaint_id,
            "number": self.number,
            "name": self.name,
            "at": self.at.astimezone(UTC).isoformat(),
            "actor": [self.actor_kind, self.actor_id],
            "data": self.data,
        }

    def seal(self) -> str:
        """The digest this event must have after ``previous``."""
        return link(self.previous, self.content())
