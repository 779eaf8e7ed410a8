"""Adding, pausing and waking the endpoints that are told things."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import F, QuerySet

from amends.correspondence.models import WebhookEndpoint
from amends.people.models import Department, StaffMember


def add(
    *, by: StaffMember, at: datetime, url: str, events: Sequence[str], department: Department | None = None
) -> WebhookEndpoint:
    """A new one, told things from now on."""
    return WebhookEndpoint.objects.create(
        url=url, events=list(events), department=department, made_at=at, made_by_name=by.name
    )


def pause(endpoint: WebhookEndpoint, *, at: datetime) -> None:
    """Tell it nothing for now. What happens meanwhile is not kept for it."""
    WebhookEndpoint.objects.filter(pk=endpoint.pk, paused_at__isnull=True).update(paused_at=at)


def resume(endpoint: WebhookEndpoint) -> None:
    """Tell it things again, whether a person paused it or its own failures did."""
    row = WebhookEndpoint.objects.filter(pk=endpoint.pk)
    row.update(paused_at=None, off_at=None, failing_since=None)


def renew_secret(endpoint: WebhookEndpoint) -> WebhookEndpoint:
    """Another secret from now on; the one before signs nothing any more."""
    row = WebhookEndpoint.objects.filter(pk=endpoint.pk)
    row.update(secret_generation=F("secret_generation") + 1)
    return row.get()


def switched_off() -> QuerySet[WebhookEndpoint]:
    """Those that failed for days and are told nothing any more, the longest first."""
    return WebhookEndpoint.objects.filter(off_at__isnull=False).order_by("off_at", "pk")
