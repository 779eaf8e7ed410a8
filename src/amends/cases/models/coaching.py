"""What a house has the language coach ask for, and which habits it met with in what went out."""

from __future__ import annotations

from django.db import models

from amends.people.languages import LANGUAGES
from amends.people.models import StaffMember


class CoachRules(models.Model):
    """One version of the house's own rules for the coach. The newest holds; rows are never changed.

    ``levels``: kind of text → code → ``must``, ``advice`` or ``off`` where it differs from the packs.
    ``avoid``: language → rows of ``words``, ``why``, ``instead``. ``off``: codes that nobody is shown.
    """

    version = models.PositiveIntegerField(unique=True)
    levels = models.JSONField(default=dict, blank=True)
    avoid = models.JSONField(default=dict, blank=True)
    off = models.JSONField(default=list, blank=True)
    note = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(StaffMember, models.PROTECT)

    class Meta:
        ordering = ("-version",)

    def __str__(self) -> str:
        return str(self.version)


class CoachCount(models.Model):
    """How often the coach found a code in one text that went out; an empty code counts the text itself.

    No words, no person and no case: it shows which habits fade, never whose they are.
    """

    day = models.DateField()
    language = models.CharField(max_length=10, choices=LANGUAGES)
    code = models.CharField(max_length=30, blank=True)
    purpose = models.CharField(max_length=16)
    count = models.PositiveSmallIntegerField(default=1)

    class Meta:
        ordering = ("pk",)
        indexes = (models.Index(fields=("day", "code"), name="coach_counts_by_day"),)

    def __str__(self) -> str:
        return f"{self.day} {self.code or 'texts'}"
