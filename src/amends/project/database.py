"""Whether the database fits this program: an empty one is filled in, one that is behind is said to be."""

from enum import StrEnum

from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _


class State(StrEnum):
    """How the database stands to this program."""

    EMPTY = "empty"  # no table of ours
    BEHIND = "behind"  # made by an older version
    READY = "ready"


def state() -> State:
    """How the database stands. Raises ``django.db.DatabaseError`` if it cannot be reached."""
    executor = MigrationExecutor(connection)
    if not executor.loader.applied_migrations:
        return State.EMPTY
    return State.BEHIND if executor.migration_plan(executor.loader.graph.leaf_nodes()) else State.READY


def ready_database() -> None:
    """Call this first in a command that reads or writes: it migrates an empty database by itself.

    Raises CommandError, which says what to do, if the database belongs to an older version: a house decides
    itself when its data is changed.
    """
    match state():
        case State.EMPTY:
            call_command("migrate", verbosity=0, interactive=False)
        case State.BEHIND:
            raise CommandError(
                _("The database was made by an older version. Take a backup, then run: amends migrate")
            )
