"""Not too often: counting what one sender did within a span of time, in the cache that processes share."""

from datetime import timedelta

from django.core.cache import cache
from django.http import HttpRequest

from amends.kit.chain import digest
from amends.kit.clock import now


def too_often(what: str, who: str, *, limit: int, within: timedelta) -> bool:
    """Whether ``who`` did ``what`` as often as is allowed in this span already."""
    return int(cache.get(_key(what, who, within), 0)) >= limit


def count(what: str, who: str, *, within: timedelta) -> None:
    """Remember that ``who`` did ``what`` once more. Forgotten when the span is over."""
    key = _key(what, who, within)
    if not cache.add(key, 1, timeout=int(within.total_seconds())):
        try:
            cache.incr(key)
        except ValueError:  # it ran out between the two lines
            cache.set(key, 1, timeout=int(within.total_seconds()))


def sender_of(request: HttpRequest) -> str:
    """The network address that a request came from.

    Behind the house's own proxy that is the last one in X-Forwarded-For: the earlier ones are whatever the
    sender wrote there. The header counts only when the direct neighbour is this machine.
    """
    neighbour = str(request.META.get("REMOTE_ADDR", ""))
    forwarded = str(request.META.get("HTTP_X_FORWARDED_FOR", "")).rpartition(",")[2].strip()
    return forwarded if forwarded and neighbour in ("127.0.0.1", "::1", "") else neighbour


def _key(what: str, who: str, within: timedelta) -> str:
    span = int(now().timestamp() // within.total_seconds())
    return "throttle:" + digest(f"{what}:{who}:{span}")
