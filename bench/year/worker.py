"""What runs in a worker's process."""

from multiprocessing.connection import Connection

from bench.year import settings  # noqa: F401  # first of all

from amends.cases.events import quietly  # isort: skip
from amends.project.schedule import tick_by_kind  # isort: skip


def work(line: Connection) -> None:
    """Tick at each time that comes, and say what was done; until None comes."""
    with quietly():
        while (at := line.recv()) is not None:
            line.send(+tick_by_kind(at))
