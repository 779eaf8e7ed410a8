"""How each source stands, on its row: when it last worked, and since when and why it does not."""

from collections.abc import Collection
from datetime import datetime

from amends.correspondence.models import MailSource

SAID_EVERY = 30  # seconds: a source that works says so at least this often


def row_of(name: str) -> MailSource:
    """The row of a source, made when it is first asked for."""
    return MailSource.objects.get_or_create(name=name)[0]


def works(name: str, at: datetime) -> None:
    """It works at ``at``; what was wrong is over."""
    MailSource.objects.filter(name=name).update(checked_at=at, failing_since=None, error="")


def fails(name: str, at: datetime, error: str) -> None:
    """It does not work, for the reason that ``error`` says. Since when is kept from the first time."""
    row_of(name)
    MailSource.objects.filter(name=name).update(error=error[:300])
    MailSource.objects.filter(name=name, failing_since=None).update(failing_since=at)


def only(names: Collection[str]) -> None:
    """These are the sources that the house has. Of others nothing is expected any more; how far they were
    read stays, should they come back."""
    gone = MailSource.objects.exclude(name__in=names)
    gone.update(checked_at=None, failing_since=None, error="")
