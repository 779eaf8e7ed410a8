"""All sources of a house, side by side: a thread each, in one process."""

from collections.abc import Iterable
from threading import Event, Thread
from time import monotonic

from amends.correspondence.mailroom import standing
from amends.correspondence.mailroom.door import keep_open
from amends.correspondence.mailroom.fetching import Fetching
from amends.correspondence.mailroom.sources import Mailbox, Source

FAREWELL = 1.5  # seconds that all have to finish the message at hand; whoever is later loses nothing


def start(sources: Iterable[Source], stop: Event) -> list[Thread]:
    """Begin with all of them. They end when ``stop`` is set; see ``join``."""
    sources = list(sources)
    for source in sources:
        standing.row_of(source.name)
    standing.only([source.name for source in sources])
    threads = [Thread(target=_run, args=(one, stop), name=one.name, daemon=True) for one in sources]
    for thread in threads:
        thread.start()
    return threads


def join(threads: Iterable[Thread]) -> None:
    """Wait for them to end, but not for long: what is under way then was not marked as taken."""
    until = monotonic() + FAREWELL
    for thread in threads:
        thread.join(max(0.0, until - monotonic()))


def _run(source: Source, stop: Event) -> None:
    if isinstance(source, Mailbox):
        Fetching(source, stop).run()
    else:
        keep_open(source, stop)
