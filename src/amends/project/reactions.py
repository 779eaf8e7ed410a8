"""What follows from what: every event, and the jobs it sets off. Nothing else starts a job because of a case.

A job gets the event's id, is enqueued in the event's own transaction, and may run more than once: each
asks first whether there is still something to do. An empty tuple is on purpose: nothing follows.
"""

from collections.abc import Mapping

from django.tasks import Task

REACTIONS: Mapping[str, tuple[Task, ...]] = {}
