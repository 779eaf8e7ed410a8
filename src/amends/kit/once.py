"""Doing a thing once, however often it is asked for."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction

from amends.kit.models import Once


class OtherRequest(Exception):
    """The key was used before for a different request: neither is repeated nor carried out."""


@dataclass(frozen=True)
class Done:
    """What came of it: an HTTP status, a JSON answer, and whether it had been done before."""

    status: int
    answer: dict[str, Any]
    repeated: bool


def once(scope: str, key: str, request_sha256: str, do: Callable[[], tuple[int, dict[str, Any]]]) -> Done:
    """Carry out ``do`` unless this scope and key already did; then answer as it was answered.

    Key and effect are written in one transaction. Two at the same time: the second waits, then repeats the
    first one's answer. Whatever ``do`` raises undoes the key too, so that it can be tried again. Without a
    key it is simply carried out. Raises OtherRequest when the key stands for another request.
    """
    if not key:
        return Done(*do(), repeated=False)
    if (earlier := _earlier(scope, key, request_sha256)) is not None:
        return earlier
    try:
        with transaction.atomic():
            row = Once.objects.create(scope=scope, key=key[:120], request_sha256=request_sha256)
            status, answer = do()
            row.status, row.answer = status, answer
            row.save(update_fields=("status", "answer"))
    except IntegrityError:
        earlier = _earlier(scope, key, request_sha256)
        if earlier is None:
            raise
        return earlier
    return Done(status, answer, repeated=False)


def _earlier(scope: str, key: str, request_sha256: str) -> Done | None:
    row = Once.objects.filter(scope=scope, key=key[:120]).first()
    if row is None:
        return None
    if row.request_sha256 != request_sha256:
        raise OtherRequest
    return Done(row.status, row.answer, repeated=True)
