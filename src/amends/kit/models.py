from django.db import models


class Once(models.Model):
    """A request that was carried out, by the key its sender gave it: the same again changes nothing.

    Forms carry a fresh key each; programs send ``Idempotency-Key``. Written in the transaction of what it
    stands for, so that there is either both or neither.
    """

    scope = models.CharField(max_length=80)  # whose key: "desk:17", "api:3", "portal:<key>"
    key = models.CharField(max_length=120)
    request_sha256 = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(default=200)
    answer = models.JSONField(default=dict)
    at = models.DateTimeField(auto_now_add=True, db_index=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("scope", "key"), name="once_per_scope"),)


class WorkerSeen(models.Model):
    """When a worker last said that it lives; a job of one that fell silent is taken over."""

    worker_id = models.CharField(max_length=64, primary_key=True)
    seen_at = models.DateTimeField()


class Scheduled(models.Model):
    """When a line of the schedule runs next; who moves it on runs it."""

    name = models.CharField(max_length=64, primary_key=True)
    next_at = models.DateTimeField()
