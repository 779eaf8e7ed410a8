"""Keeping a message before anything of it is looked at."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.db import IntegrityError, connection, transaction

from amends.cases import documents
from amends.correspondence.models import Arrival

# Bytes. A larger message is kept like any other, but a person reads it and not the program. Who listens for
# mail may refuse it before: the sender's server then tells them.
LARGEST = 40 * 1024 * 1024


def arrive(raw: bytes, *, source: str, at: datetime) -> Arrival:
    """Keep a message: its bytes are on the disk and its row is committed when this returns.

    The same bytes twice are one row. Call it outside a transaction: whoever is told that the message was
    taken throws theirs away. Raises OSError and ``django.db.Error`` where it could not be kept.
    """
    sha256 = documents.put_away(raw)
    given: dict[str, Any] = {"size": len(raw), "source": source[:40], "arrived_at": at}
    try:
        with _on_the_disk(), transaction.atomic():
            return Arrival.objects.create(sha256=sha256, **given)
    except IntegrityError:
        return Arrival.objects.get(sha256=sha256)


def raw_of(arrival: Arrival) -> bytes:
    """The message as it came."""
    return documents.path_of(arrival.sha256).read_bytes()


@contextmanager
def _on_the_disk() -> Iterator[None]:
    """Within the block a commit outlives a power cut, also on SQLite, where the house's setting is faster.

    PostgreSQL does so by itself. Inside a transaction nothing can be changed about it, nor would it help.
    """
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous=FULL")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA synchronous=NORMAL")
