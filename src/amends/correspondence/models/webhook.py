"""Programs of the house that are told what happens, and what they were told."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from amends.cases.models import Event
from amends.kit.keys import new_key
from amends.people.models import Department


class WebhookEndpoint(models.Model):
    """Where a program listens. Its secret is stored nowhere: it follows from the row and the house's own
    secret (``webhooks.signing``), so nobody who reads the database can speak in the house's name.
    """

    key = models.CharField(max_length=16, unique=True, default=new_key, editable=False)
    url = models.URLField(_("address"), max_length=500)
    events = models.JSONField(_("what it is told"), default=list)
    department = models.ForeignKey(
        Department, models.CASCADE, null=True, blank=True, related_name="webhooks", verbose_name=_("only of")
    )
    secret_generation = models.PositiveSmallIntegerField(default=1)
    made_at = models.DateTimeField()
    made_by_name = models.CharField(max_length=150)
    paused_at = models.DateTimeField(null=True, blank=True)
    failing_since = models.DateTimeField(null=True, blank=True)
    off_at = models.DateTimeField(null=True, blank=True)  # switched off because it failed for days

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.url


class DeliveryStatus(models.TextChoices):
    """How far a delivery is."""

    WAITING = "waiting", _("Waits to be tried again")
    DELIVERED = "delivered", _("Delivered")
    FAILED = "failed", _("Given up")


class WebhookDelivery(models.Model):
    """One thing that one program is told, with the very bytes, so that a second sending is the same."""

    endpoint = models.ForeignKey(WebhookEndpoint, models.CASCADE, related_name="deliveries")
    event = models.ForeignKey(Event, models.CASCADE, null=True, related_name="+")  # none: a test
    subject = models.CharField(max_length=16, blank=True)  # the duty's key, where one event is about several
    type = models.CharField(max_length=40)
    webhook_id = models.CharField(max_length=32, unique=True)
    body = models.TextField()
    status = models.CharField(max_length=9, choices=DeliveryStatus.choices, default=DeliveryStatus.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    answer = models.PositiveSmallIntegerField(null=True, blank=True)  # the HTTP status
    error = models.CharField(max_length=200, blank=True)
    made_at = models.DateTimeField()
    tried_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-pk",)
        constraints = (
            models.UniqueConstraint(fields=("endpoint", "event", "subject", "type"), name="told_once"),
        )
        indexes = (
            models.Index(fields=("endpoint", "-id"), name="webhook_newest"),
            models.Index(fields=("made_at",), name="webhook_oldest"),
        )

    def __str__(self) -> str:
        return f"{self.type} {self.webhook_id}"
