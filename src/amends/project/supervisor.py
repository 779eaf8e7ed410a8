"""Keeps the processes of one machine alive: started together, started again when one dies, ended together.

The program is loaded once, and its children are forks of it that share its memory. Where forks are not to be
had (macOS, Windows) each child loads the program itself.
"""

import ctypes
import logging
import multiprocessing
import os
import signal
import socket
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from multiprocessing.connection import wait
from multiprocessing.process import BaseProcess
from typing import Any

log = logging.getLogger("amends.processes")

FORKS = sys.platform == "linux"
GRACE = 20.0  # seconds that a child has to finish what it is doing
QUICK = 5.0  # a child that lived for less than this many seconds is started again more slowly each time
LONGEST_PAUSE = 30.0
_PR_SET_PDEATHSIG = 1


@dataclass
class Child:
    """One process: what it runs, since when, and how often it died young in a row."""

    name: str
    run: Callable[[], None]
    process: BaseProcess | None = None
    since: float = 0.0
    died_young: int = 0
    start_at: float = field(default_factory=time.monotonic)

    def start(self) -> None:
        """Start it, again or for the first time."""
        make = _forked if FORKS else multiprocessing.get_context("spawn").Process
        self.process = make(name=self.name, target=_child, args=(self.run,))
        self.process.start()
        self.since = time.monotonic()

    def is_due(self) -> bool:
        """Whether it does not run and its pause is over."""
        return self.process is None and time.monotonic() >= self.start_at

    def ended(self) -> None:
        """Note that it is dead, and when to start it again."""
        assert self.process is not None
        self.process.join()  # its pipe closes a moment before the system lets go of it
        log.warning("%s ended by itself (%s); it is started again", self.name, self.process.exitcode)
        self.process.close()
        self.process = None
        lived = time.monotonic() - self.since
        self.died_young = self.died_young + 1 if lived < QUICK else 0
        pause = min(LONGEST_PAUSE, 2.0 ** (self.died_young - 1)) if self.died_young > 1 else 0.0
        self.start_at = time.monotonic() + pause


def supervise(runs: Mapping[str, Callable[[], None]], started: Callable[[], None] = lambda: None) -> None:
    """Run these until SIGTERM or Ctrl-C; then ask all to finish, and return when they have.

    ``started`` is called once, after the first start. Must be called by a process without threads and without
    open database connections, for forks would share them.
    """
    children = [Child(name, run) for name, run in runs.items()]
    stop = _stop_requested()
    if FORKS:
        _children_end_with_their_parent()
    first = True
    while True:
        for child in children:
            if child.is_due():
                child.start()
        if first:
            first = False
            started()
        sentinels = {child.process.sentinel: child for child in children if child.process}
        ready = wait([*sentinels, stop], timeout=1.0)
        if stop in ready:
            break
        for sentinel in ready:
            sentinels[sentinel].ended()  # type: ignore[index]
    _end(children)


def _forked(**what: Any) -> BaseProcess:
    return multiprocessing.get_context("fork").Process(**what)


def _child(run: Callable[[], None]) -> None:
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.set_wakeup_fd(-1)
    try:
        run()
    except KeyboardInterrupt:
        sys.exit(130)


def _stop_requested() -> socket.socket:
    """A socket that can be read once somebody asked for the end."""
    readable, writable = socket.socketpair()
    writable.setblocking(False)
    signal.set_wakeup_fd(writable.detach(), warn_on_full_buffer=False)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: None)  # the byte in the socket is what counts
    return readable


def _end(children: list[Child]) -> None:
    deadline = time.monotonic() + GRACE
    running = [child.process for child in children if child.process]
    for process in running:
        process.terminate()
    for process in running:
        process.join(max(0.0, deadline - time.monotonic()))
        if process.is_alive():
            log.warning("%s did not finish within %d seconds and is killed", process.name, GRACE)
            process.kill()
            process.join()


def _children_end_with_their_parent() -> None:
    """If this process is killed outright, the system tells its children (and theirs) to end."""
    libc = ctypes.CDLL(None)
    os.register_at_fork(after_in_child=lambda: libc.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM))
