"""Doing things at the same time, each on a connection of its own."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from threading import Barrier

from django.db import connection


def at_the_same_time[T](count: int, do: Callable[[int], T]) -> list[T]:
    """Run ``do(0)`` … ``do(count - 1)`` in threads that start together; their answers in that order."""
    ready = Barrier(count)

    def one(number: int) -> T:
        try:
            ready.wait(timeout=10)
            return do(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(count) as pool:
        begun = [pool.submit(copy_context().run, one, number) for number in range(count)]
        return [each.result(timeout=30) for each in begun]
