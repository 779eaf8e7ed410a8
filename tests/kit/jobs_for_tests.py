"""Jobs that the tests of the worker enqueue."""

import time
from pathlib import Path

from django.tasks import task


@task
def write_line(path: str, text: str) -> None:
    """Append a line to a file."""
    with Path(path).open("a") as file:
        file.write(text + "\n")


@task
def fail(path: str) -> None:
    """Say that it was tried, and fail."""
    write_line.func(path, "tried")
    raise ValueError("it does not work")


@task
def hang(path: str) -> None:
    """At the first try: stay in the middle for ever. Later: finish."""
    first = not Path(path).exists()
    write_line.func(path, "begun")
    while first:
        time.sleep(0.05)
    write_line.func(path, "done")


@task
def be_told_to_end() -> None:
    """Somebody presses Ctrl-C a second time in the middle of it."""
    raise SystemExit(143)
