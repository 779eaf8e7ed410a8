"""Processes that tick at the same time over one database, of which one is killed now and then."""

import multiprocessing
import os
import random
import signal
import time
from collections import Counter
from datetime import datetime, timedelta
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess

from bench.year import settings  # noqa: F401  # first of all

from amends.cases.clocks import CLAIM  # isort: skip

_context = multiprocessing.get_context("forkserver")
_context.set_forkserver_preload(["bench.year.worker"])


class Workers:
    """``tick`` has all do what is due; amid one tick in ``kill_every`` one of them gets SIGKILL."""

    def __init__(self, count: int, *, kill_every: int, seed: int) -> None:
        self._chance = random.Random(seed)
        self._dying = 1 / kill_every
        self._workers = [_start() for _ in range(count)]
        self.done: Counter[str] = Counter()
        self.killed = self.killed_at_work = 0

    def tick(self, at: datetime) -> None:
        """All workers at the same time. The dead are replaced, and some minutes later what they had claimed
        is done by others.
        """
        victim = self._chance.randrange(len(self._workers)) if self._chance.random() < self._dying else None
        self._all(at, victim)
        if victim is not None:
            self._workers[victim] = _start()
            self._all(at + CLAIM + timedelta(seconds=1), None)

    def _all(self, at: datetime, victim: int | None) -> None:
        for _, line in self._workers:
            line.send(at)
        if victim is not None:
            self._kill(victim)
        for number, (_, line) in enumerate(self._workers):
            if number != victim:
                self.done += line.recv()

    def end(self) -> None:
        """Let all of them go."""
        for process, line in self._workers:
            line.send(None)
            process.join(10)

    def _kill(self, number: int) -> None:
        process, line = self._workers[number]
        time.sleep(self._chance.uniform(0, 0.05))
        assert process.pid is not None
        self.killed_at_work += not line.poll()
        os.kill(process.pid, signal.SIGKILL)
        process.join()
        self.killed += 1


def _start() -> tuple[BaseProcess, Connection]:
    from bench.year.worker import work

    ours, theirs = _context.Pipe()
    process = _context.Process(target=work, args=(theirs,), daemon=True)
    process.start()
    theirs.close()
    return process, ours
