"""The secret of an endpoint and the signature of what is sent there (Standard Webhooks 1.0, v1)."""

import base64
import hmac
from datetime import datetime

from django.utils.crypto import salted_hmac

from amends.correspondence.models import WebhookEndpoint

PREFIX = "whsec_"


def secret_of(endpoint: WebhookEndpoint) -> str:
    """The shared secret, as it is given out: it changes with ``secret_generation``."""
    return PREFIX + base64.b64encode(_key(endpoint)).decode()


def headers_for(endpoint: WebhookEndpoint, webhook_id: str, at: datetime, body: bytes) -> dict[str, str]:
    """The three headers by which a program knows that it was us, and when."""
    seconds = str(int(at.timestamp()))
    signed = f"{webhook_id}.{seconds}.".encode() + body
    digest = hmac.digest(_key(endpoint), signed, "sha256")
    return {
        "webhook-id": webhook_id,
        "webhook-timestamp": seconds,
        "webhook-signature": f"v1,{base64.b64encode(digest).decode()}",
    }


def _key(endpoint: WebhookEndpoint) -> bytes:
    value = f"{endpoint.key}:{endpoint.secret_generation}"
    return salted_hmac("amends.webhook", value, algorithm="sha256").digest()
