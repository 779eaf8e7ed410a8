from django.db import models
from django.utils.translation import gettext_lazy as _

from amends.cases.models.complaint import Complaint
from amends.cases.words import CLOCKS
from amends.rules.deadlines import ClockKind


class Clock(models.Model):
    """One running or stopped promise. Started and stopped by the steps of ``rules.lifecycle`` alone."""

    complaint = models.ForeignKey(Complaint, models.CASCADE, related_name="clocks")
    kind = models.CharField(max_length=20, choices=[(k.value, k.value) for k in ClockKind])
    rule = models.CharField(_("rule"), max_length=80)
    started_at = models.DateTimeField()
    due_at = models.DateTimeField()
    # The law behind it, if any, also where the house promised to be faster: what silence costs, and when.
    law = models.CharField(max_length=80, blank=True)
    law_due_at = models.DateTimeField(null=True, blank=True)
    consequence = models.CharField(max_length=24, blank=True)  # of rules.statutes
    stopped_at = models.DateTimeField(null=True, blank=True)
    warn_at = models.DateTimeField(null=True, blank=True)  # when to say that it runs out soon
    warned_at = models.DateTimeField(null=True, blank=True)
    breached_at = models.DateTimeField(null=True, blank=True)  # when the breach was reported, once
    claimed_until = models.DateTimeField(null=True, blank=True)  # a worker is seeing to it (cases.clocks)
    rise_at = models.DateTimeField(null=True, blank=True)  # when the case goes one level higher for it
    paused_at = models.DateTimeField(null=True, blank=True)
    why_paused = models.TextField(blank=True)
    extended = models.PositiveSmallIntegerField(default=0)  # how often
    # A change of the rules never moves a running clock by itself: it is proposed, and somebody confirms it.
    proposed_due_at = models.DateTimeField(null=True, blank=True)
    proposed_rule = models.CharField(max_length=80, blank=True)

    class Meta:
        ordering = ("due_at", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("complaint", "kind"),
                condition=models.Q(stopped_at__isnull=True),
                name="one_clock_of_a_kind_runs",
            ),
        )
        indexes = (
            models.Index(
                # The first is always empty: a planner without figures takes this one, not all that run.
                fields=("breached_at", "due_at", "id"),
                condition=models.Q(stopped_at__isnull=True, breached_at__isnull=True),
                name="clocks_to_watch",
            ),
            models.Index(
                fields=("warn_at",),
                condition=models.Q(stopped_at__isnull=True, warned_at__isnull=True, warn_at__isnull=False),
                name="clocks_to_warn_of",
            ),
            models.Index(
                fields=("rise_at",),
                condition=models.Q(stopped_at__isnull=True, rise_at__isnull=False),
                name="clocks_to_rise_for",
            ),
            models.Index(
                fields=("complaint",),
                condition=models.Q(stopped_at__isnull=True, proposed_due_at__isnull=False),
                name="clocks_with_proposal",
            ),
            models.Index(
                fields=("due_at", "id"),
                condition=models.Q(stopped_at__isnull=True),
                name="clocks_running_by_day",
            ),
            models.Index(
                fields=("due_at", "id"),
                condition=models.Q(stopped_at__isnull=True, kind=ClockKind.REVIEW.value),
                name="clocks_to_review",
            ),
        )

    def __str__(self) -> str:
        return str(CLOCKS[self.kind])
