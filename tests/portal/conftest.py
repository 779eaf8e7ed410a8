"""The customer's browser, opened on their link on that Monday."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client

from amends.cases.links import link_secret
from amends.cases.models import Complaint
from amends.kit.clock import set_to
from tests.conftest import MONDAY, House
from tests.portal.way import Way, brought_to

NOON = MONDAY + timedelta(hours=3)


@pytest.fixture(autouse=True)
def own_cache(settings: object) -> Iterator[None]:
    """Counting per sender begins anew with each test."""
    backend = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    settings.CACHES = {"default": backend}  # type: ignore[attr-defined]
    cache.clear()
    yield
    cache.clear()


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    """It is noon on the Monday on which everything happened."""
    with set_to(NOON):
        yield


@pytest.fixture
def at(house: House) -> Callable[..., "Link"]:
    """at("offered") is the customer's link to a complaint at that stage."""
    return lambda stage, **changes: Link(brought_to(stage, house, **changes))


class Link:
    """Somebody with the link to a complaint."""

    def __init__(self, way: Way) -> None:
        self.way = way
        self.client = Client(headers={"accept-language": "en"})
        self.secret = link_secret(way.fresh())
        self.home = f"/c/{self.secret}/"

    def fresh(self) -> Complaint:
        return self.way.fresh()

    def get(self, noun: str = "") -> HttpResponse:
        return self.client.get(self.home + noun)  # type: ignore[return-value]

    def post(self, noun: str, **fields: object) -> HttpResponse:
        return self.client.post(self.home + noun, fields)  # type: ignore[return-value]

    def text(self, noun: str = "") -> str:
        return self.get(noun).content.decode()
