"""Django made ready before anything of Amends is imported; a worker's process begins with this too."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "amends.project.settings")

import django

django.setup()

from amends.cases.actions import wording  # noqa: E402


def leave_the_coach_out() -> None:
    """Each text of the year is the same few words: reading them by the coach is measured by itself."""
    wording.Wording._missing = lambda self: ()  # type: ignore[method-assign]
