"""The house's own wording of a standard text."""

from django.db import models

from amends.people.languages import LANGUAGES
from amends.people.models import StaffMember


class HouseText(models.Model):
    """One version of one text in one language. The newest holds; an empty one gives back the pack's."""

    language = models.CharField(max_length=10, choices=LANGUAGES)
    name = models.CharField(max_length=40)
    version = models.PositiveIntegerField()
    text = models.TextField(blank=True)  # first line: the subject
    why = models.CharField(max_length=200, blank=True)
    new_meaning = models.BooleanField(default=False)  # the other languages must follow
    at = models.DateTimeField()
    by = models.ForeignKey(StaffMember, models.PROTECT, null=True, blank=True)

    class Meta:
        ordering = ("language", "name", "-version")
        constraints = (models.UniqueConstraint(fields=("language", "name", "version"), name="text_version"),)

    def __str__(self) -> str:
        return f"{self.language}/{self.name} {self.version}"
