"""The addresses of the page of webhooks, for who keeps the house."""

from django.urls import URLPattern

from amends.desk.views import webhooks
from amends.people.access import View, route
from amends.rules.capabilities import Capability


def _of_one(noun: str, view: View, name: str) -> URLPattern:
    return route(f"webhooks/<str:key>{noun}", view, needs=Capability.ADMINISTER, name=name)


webhook_urls: list[URLPattern] = [
    route("webhooks", webhooks.webhooks, needs=Capability.ADMINISTER, name="webhooks"),
    _of_one("", webhooks.webhook, "webhook"),
    _of_one("/change", webhooks.webhook_change, "webhook-change"),
    _of_one("/test", webhooks.webhook_test, "webhook-test"),
    _of_one("/deliveries/<str:delivery>", webhooks.webhook_delivery, "webhook-delivery"),
]
