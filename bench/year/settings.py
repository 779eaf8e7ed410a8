"""Django made ready before anything of Amends is imported; a worker's process begins with this too."""

import gc
import os

# Short-lived rows by the hundred thousand: looking through them finds nothing.
gc.set_threshold(50_000, 20, 20)
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "amends.project.settings")

import django  # noqa: E402

django.setup()

from amends.cases.actions import wording  # noqa: E402


def leave_the_coach_out() -> None:
    """Each text of the year is the same few words: reading them by the coach is measured by itself."""
    wording.Wording._missing = lambda self: ()  # type: ignore[method-assign]
