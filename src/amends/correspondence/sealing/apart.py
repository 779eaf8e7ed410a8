"""Calling a library that starts an event loop of its own, wherever one may run already."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor


def apart[T](do: Callable[[], T]) -> T:
    """What ``do`` gives or raises, from a thread of its own: a thread has at most one event loop."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(do).result()
