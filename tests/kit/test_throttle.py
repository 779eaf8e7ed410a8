from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.core.cache import cache
from django.test import RequestFactory

from amends.kit.clock import set_to
from amends.kit.throttle import count, sender_of, too_often

HOUR = timedelta(hours=1)
NINE = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def own_cache(settings: object) -> Iterator[None]:
    backend = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "throttle"}
    settings.CACHES = {"default": backend}  # type: ignore[attr-defined]
    cache.clear()
    yield
    cache.clear()


def test_as_often_as_allowed_and_not_more() -> None:
    with set_to(NINE):
        for _ in range(2):
            assert not too_often("write", "1.2.3.4", limit=2, within=HOUR)
            count("write", "1.2.3.4", within=HOUR)
        assert too_often("write", "1.2.3.4", limit=2, within=HOUR)
        assert not too_often("write", "5.6.7.8", limit=2, within=HOUR)
        assert not too_often("read", "1.2.3.4", limit=2, within=HOUR)
    with set_to(NINE + HOUR):
        assert not too_often("write", "1.2.3.4", limit=2, within=HOUR)


@pytest.mark.parametrize(
    ("neighbour", "forwarded", "sender"),
    [
        ("9.9.9.9", "", "9.9.9.9"),
        ("9.9.9.9", "1.1.1.1", "9.9.9.9"),
        ("127.0.0.1", "1.1.1.1, 2.2.2.2", "2.2.2.2"),
        ("127.0.0.1", "", "127.0.0.1"),
    ],
)
def test_the_sender_cannot_choose_an_address(neighbour: str, forwarded: str, sender: str) -> None:
    headers = {"x-forwarded-for": forwarded} if forwarded else {}
    assert sender_of(RequestFactory(headers=headers).get("/", REMOTE_ADDR=neighbour)) == sender
