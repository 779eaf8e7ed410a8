"""A talk at an appointed time: a call, a visit, a meeting."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from amends.cases.choices import MeetingKind
from amends.cases.models.complaint import Complaint
from amends.kit.keys import new_key
from amends.people.models import StaffMember


class Meeting(models.Model):
    """Booked, moved and cancelled with one ``uid`` (RFC 5545), so that calendars follow."""

    key = models.CharField(max_length=16, unique=True, default=new_key, editable=False)
    complaint = models.ForeignKey(Complaint, models.CASCADE, related_name="meetings")
    uid = models.CharField(max_length=120, unique=True)
    sequence = models.PositiveIntegerField(default=0)  # raised each time that it is moved or cancelled
    kind = models.CharField(_("what it is"), max_length=8, choices=MeetingKind.choices)
    starts_at = models.DateTimeField(_("begins"))
    ends_at = models.DateTimeField(_("ends"))
    place = models.CharField(_("where"), max_length=300, blank=True)  # a number, an address, a link
    about = models.TextField(_("what we would like to talk about"), blank=True)
    staff = models.ForeignKey(StaffMember, models.PROTECT, related_name="meetings")
    made_at = models.DateTimeField()
    cancelled_at = models.DateTimeField(null=True, blank=True)
    why_cancelled = models.TextField(blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("starts_at", "pk")
        indexes = (
            models.Index(
                fields=("starts_at",),
                condition=models.Q(cancelled_at__isnull=True, reminded_at__isnull=True),
                name="meetings_to_remind_of",
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.starts_at:%Y-%m-%d %H:%M}"
