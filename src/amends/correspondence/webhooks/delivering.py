"""Deliveries: put down once for each endpoint and event, tried until they arrive or are given up.

At least once: a program that hears the same ``webhook-id`` again has heard it before.
"""

import http.client
import json
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import QuerySet

from amends.cases.models import Event
from amends.correspondence.models import WebhookDelivery, WebhookEndpoint
from amends.correspondence.models.webhook import DeliveryStatus
from amends.correspondence.webhooks.sending import NotLetThere, destination, post
from amends.correspondence.webhooks.signing import headers_for
from amends.correspondence.webhooks.telling import DUTY_DROPPED, TEST, Told, told_of
from amends.kit.keys import new_key

OFF_AFTER = timedelta(days=5)  # of nothing but failures
KEPT = timedelta(days=30)
GONE = 410  # “do not call again”


def listening() -> QuerySet[WebhookEndpoint]:
    """Endpoints that are told things now."""
    return WebhookEndpoint.objects.filter(paused_at__isnull=True, off_at__isnull=True)


def put_down(event: Event, at: datetime) -> None:
    """A row for each endpoint that wants to hear of it; put down twice, it is there once."""
    endpoints = list(listening())
    rows = [
        delivery_of(one, endpoint, event.at, event=event, made_at=at)
        for one in (told_of(event) if endpoints else ())
        for endpoint in endpoints
        if _wants(endpoint, one)
    ]
    WebhookDelivery.objects.bulk_create(rows, ignore_conflicts=True)


def delivery_of(
    told: Told,
    endpoint: WebhookEndpoint,
    happened: datetime,
    *,
    made_at: datetime,
    event: Event | None = None,
) -> WebhookDelivery:
    """The row, not saved yet, with the bytes that will be sent."""
    body = {"type": told.type, "timestamp": happened.isoformat(), "data": dict(told.data)}
    return WebhookDelivery(
        endpoint=endpoint,
        event=event,
        subject=told.subject,
        type=told.type,
        webhook_id=f"msg_{new_key()}",
        body=json.dumps(body, ensure_ascii=False),
        made_at=made_at,
    )


def deliver_now(delivery: WebhookDelivery, at: datetime, *, last: bool = False) -> bool:
    """Try it once; whether it arrived. ``last``: it is given up if not."""
    answer, error = _sent(delivery, at)
    arrived = answer is not None and 200 <= answer < 300
    delivery.attempts, delivery.tried_at = delivery.attempts + 1, at
    delivery.answer, delivery.error = answer, error[:200]
    if arrived:
        delivery.status = DeliveryStatus.DELIVERED
    elif last or answer == GONE:
        delivery.status = DeliveryStatus.FAILED
    delivery.save(update_fields=("attempts", "tried_at", "answer", "error", "status"))
    _note(delivery.endpoint, at, arrived=arrived, gone=answer == GONE)
    return arrived


def probe_of(endpoint: WebhookEndpoint, at: datetime) -> WebhookDelivery:
    """Something harmless, put down to be sent at once."""
    told = Told(TEST, {"endpoint": endpoint.key})
    row = delivery_of(told, endpoint, at, made_at=at)
    row.save()
    return row


def throw_away(at: datetime) -> int:
    """Deliveries that are old and done with; how many."""
    old = WebhookDelivery.objects.filter(made_at__lt=at - KEPT)
    return old.exclude(status=DeliveryStatus.WAITING).delete()[0]


def waiting_of(event: Event) -> Iterable[WebhookDelivery]:
    """What of this event has not arrived, where the endpoint still listens."""
    rows = WebhookDelivery.objects.filter(event=event, status=DeliveryStatus.WAITING)
    return rows.filter(endpoint__in=listening()).select_related("endpoint").order_by("pk")


def _wants(endpoint: WebhookEndpoint, told: Told) -> bool:
    if told.type not in endpoint.events:
        return False
    if endpoint.department_id is None or not told.of_duty or told.type == DUTY_DROPPED:
        return True  # whose a dropped one was is not known any more: its key says it to who has it
    return endpoint.department_id == told.department


def _sent(delivery: WebhookDelivery, at: datetime) -> tuple[int | None, str]:
    body = delivery.body.encode()
    try:
        to = destination(delivery.endpoint.url)
        headers = headers_for(delivery.endpoint, delivery.webhook_id, at, body)
        return post(to, body, headers | {"User-Agent": "Amends"}), ""
    except (NotLetThere, OSError, http.client.HTTPException) as problem:
        return None, str(problem) or type(problem).__name__


def _note(endpoint: WebhookEndpoint, at: datetime, *, arrived: bool, gone: bool) -> None:
    """Since when nothing arrives there; after days of it, it is switched off."""
    row = WebhookEndpoint.objects.filter(pk=endpoint.pk)
    if arrived:
        row.exclude(failing_since=None).update(failing_since=None)
        return
    row.filter(failing_since__isnull=True).update(failing_since=at)
    off = row.filter(off_at__isnull=True)
    (off if gone else off.filter(failing_since__lte=at - OFF_AFTER)).update(off_at=at)
